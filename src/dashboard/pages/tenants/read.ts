/** A page of the list of tenants, and what the page of one tenant says of each record in the same words. */
import { z } from 'zod';
import { STANDING_WORDS, type StandingWord, standingOf, worstOf } from '../../../operate/record-standing.ts';
import { unitText } from '../../../operate/tenant-words.ts';
import { leadingApplication, leadingResidency } from '../../../project/stage.ts';
import { LEASING, REPORTING, RESIDENCY, type Tenant } from '../../../project/tenant.ts';
import type { SyncState } from '../../../store/sync.ts';
import { type LastPass, STANDINGS } from '../../../store/tenant-search.ts';
import type { TenantRow } from '../../../store/tenants.ts';
import type { At } from '../../contract.ts';
import { optional } from '../../forms.ts';
import { nameOf } from '../../names.ts';
import { searchOf } from '../../searches.ts';

export const PAGE = 50;

export const STAGES = [...LEASING, ...RESIDENCY.filter((one) => one !== 'unknown')] as const;
const standingWord = z.enum(Object.keys(STANDING_WORDS) as [StandingWord, ...StandingWord[]]);

const oneOf = <T extends string>(values: readonly [T, ...T[]]) =>
  z.enum(values).or(z.literal('')).default('').catch('');

export const tenantsQuery = z.object({
  found: optional.optional().describe('The key that the action find_people gave'),
  stage: oneOf(STAGES as unknown as readonly [(typeof STAGES)[number], ...(typeof STAGES)[number][]]),
  connection: optional.optional().describe('Only people with a record in this connection'),
  standing: oneOf(STANDINGS),
  after: optional.optional().describe('`next` of the page before'),
});

export const tenantRow = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string().nullable(),
  stage: z.enum(STAGES).or(z.literal('unknown')).nullable(),
  reporting: z.array(z.enum(REPORTING)),
  weaklyJoined: z.boolean(),
  /** By connection; null: no record there. */
  records: z.record(z.string(), standingWord.nullable()),
});
export type TenantRowView = z.output<typeof tenantRow>;

export const tenantsView = z.object({
  q: z.string(),
  found: z.string(),
  stage: z.string(),
  connection: z.string(),
  standing: z.string(),
  connections: z.array(z.object({ name: z.string(), label: z.string() })),
  /** On record in all. */
  total: z.number(),
  tenants: z.array(tenantRow),
  next: z.string().nullable(),
  /** The page ended before it was full: there may be more further on. */
  broken: z.boolean(),
  first: z.boolean(),
});
export type TenantsView = z.output<typeof tenantsView>;

export async function readTenants(query: z.output<typeof tenantsQuery>, at: At): Promise<TenantsView> {
  const { stores, connections, status } = at;
  const { stage, standing } = query;
  const text = searchOf(at.who, query.found, at.now());
  const found = await stores.tenantSearch.find({
    text,
    stage: stage || null,
    connection: query.connection ?? null,
    standing: standing || null,
    after: query.after ?? null,
    limit: PAGE,
    now: at.now().toISOString(),
  });
  const rows = await stores.tenantSearch.rows(found.ids);
  const words = await standings(rows, at);
  const names = connections().map(({ name }) => name);
  return {
    q: text,
    found: text === '' ? '' : (query.found ?? ''),
    stage,
    connection: query.connection ?? '',
    standing,
    connections: connections().map(({ name, label }) => ({ name, label })),
    total: (await status()).tenants.total,
    tenants: rows.map((row) => rowOf(row, names, words.get(row.record.id) ?? [], at)),
    next: found.next,
    broken: found.broken,
    first: query.after == null,
  };
}

/** A record, and how it stands. */
export interface StandingRecord {
  state: SyncState;
  word: StandingWord;
}

/** Of each of these tenants every record in a connection that there still is. */
export async function standings(
  rows: readonly TenantRow[],
  { stores, connections, now }: At,
): Promise<Map<string, StandingRecord[]>> {
  const ids = rows.map(({ record }) => record.id);
  const states = await stores.sync.states(ids);
  const passes = await stores.tenantSearch.passes(ids);
  const health = new Map((await stores.connections.all()).map((one) => [one.name, one]));
  const lastPass = new Map(passes.map((pass) => [`${pass.tenantId} ${pass.connection}`, pass]));
  const revisions = new Map(rows.map(({ record, revision }) => [record.id, revision]));
  const standing = new Map<string, StandingRecord[]>(ids.map((id) => [id, []]));
  for (const state of states) {
    const connection = connections().find(({ name }) => name === state.connection);
    if (connection === undefined) continue;
    const pass = lastPass.get(`${state.tenantId} ${connection.name}`);
    const behind = isBehind(pass, revisions.get(state.tenantId), connection.revision);
    const around = { behind, health: health.get(connection.name) ?? null, now: now().toISOString() };
    standing.get(state.tenantId)?.push({ state, word: standingOf(state, around) });
  }
  return standing;
}

function isBehind(pass: LastPass | undefined, revision: number | undefined, connection: string): boolean {
  return pass?.tenantRevision !== revision || pass?.connectionRevision !== connection;
}

function rowOf(
  { record }: TenantRow,
  names: readonly string[],
  standing: readonly StandingRecord[],
  { words }: At,
): TenantRowView {
  const wordsIn = (name: string) =>
    standing.filter(({ state }) => state.connection === name).map(({ word }) => word);
  return {
    id: record.id,
    name: nameOf(record.person, words),
    unit: unitOf(record),
    stage: record.stage,
    reporting: record.enrollments.flatMap(({ reporting }) => reporting ?? []),
    weaklyJoined: record.weaklyJoined,
    records: Object.fromEntries(names.map((name) => [name, worstOf(wordsIn(name))])),
  };
}

/** Where somebody lives, else what they apply for. */
export function unitOf({ residencies, applications }: Tenant): string | null {
  const unit =
    leadingResidency(residencies)?.unit ??
    leadingApplication(applications)?.unit ??
    residencies.at(-1)?.unit ??
    null;
  return unitText(unit);
}
