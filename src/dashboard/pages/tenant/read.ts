/** One tenant as its page and the API show it. */
import { z } from 'zod';
import { desiredFields } from '../../../operate/tenant-fields.ts';
import { historyOf } from '../../../operate/tenant-history.ts';
import { unitText } from '../../../operate/tenant-words.ts';
import { LEASING, REPORTING, RESIDENCY } from '../../../project/tenant.ts';
import { dueOf } from '../../../project/unconfirmed.ts';
import type { TenantRow } from '../../../store/tenants.ts';
import type { At } from '../../contract.ts';
import { optional, ticked } from '../../forms.ts';
import { nameOf } from '../../names.ts';
import { STAGES, standings, unitOf } from '../tenants/read.ts';
import { historyEntry, historyView } from './history.ts';
import { lookNow } from './look.ts';
import { recordView, viewOfRecord } from './record.ts';

/** Entries of the timeline on a page. */
const HISTORY = 15;

export const tenantQuery = z.object({
  id: z.string(),
  look: ticked.describe('Ask every connection what it shows now; nothing is written'),
  before: optional.optional().describe('`history.next` of the page before'),
});

const shownUnit = z.string().nullable();

export const tenantView = z.object({
  id: z.string(),
  name: z.string(),
  unit: shownUnit,
  email: z.string().nullable(),
  phone: z.string().nullable(),
  stage: z.enum(STAGES).or(z.literal('unknown')).nullable(),
  knownOnlyById: z.boolean(),
  weaklyJoined: z.boolean(),
  applications: z.array(
    z.object({
      unit: shownUnit,
      leasing: z.enum(LEASING).nullable(),
      onHold: z.boolean(),
      left: z.boolean(),
      others: z.number(),
      contradicted: z.boolean(),
      since: z.string().nullable(),
    }),
  ),
  enrollments: z.array(
    z.object({
      reporting: z.enum(REPORTING).nullable(),
      since: z.string().nullable(),
      /** Something of it could not be confirmed. */
      unconfirmed: z.boolean(),
    }),
  ),
  residencies: z.array(
    z.object({ unit: shownUnit, status: z.enum(RESIDENCY), since: z.string().nullable() }),
  ),
  boomPush: z.object({ error: z.string().nullable(), at: z.string() }).nullable(),
  /** What Boom may have said while it could not reach us. */
  unconfirmed: z.array(z.object({ what: z.string(), since: z.string() })),
  /** The worst of the records. */
  held: z.boolean(),
  records: z.array(recordView),
  /** Of `look`; null where it was not asked for. */
  looked: z
    .object({
      at: z.string(),
      failures: z.array(z.object({ label: z.string(), why: z.string().nullable() })),
    })
    .nullable(),
  history: z.object({ entries: z.array(historyEntry), next: z.string().nullable(), first: z.boolean() }),
});
export type TenantView = z.output<typeof tenantView>;

export async function readTenant(
  { id, look, before }: z.output<typeof tenantQuery>,
  at: At,
): Promise<TenantView | null> {
  const row = await at.stores.tenants.get(id);
  if (row === null) return null;
  const { record } = row;
  const { records, looked } = await recordsOf(row, look, at);
  const history = await historyOf(at.stores, record, { after: before ?? null, limit: HISTORY });
  return {
    id: record.id,
    name: nameOf(record.person, at.words),
    unit: unitOf(record),
    email: record.person.email,
    phone: record.person.phone,
    stage: record.stage,
    knownOnlyById: record.knownOnlyById,
    weaklyJoined: record.weaklyJoined,
    ...registersOf(row, at.now()),
    boomPush: record.boomPush?.failed ? { error: record.boomPush.error, at: record.boomPush.at } : null,
    unconfirmed: await unconfirmedOf(record.id, at),
    held: records.some(({ word }) => word === 'held'),
    records,
    looked,
    history: { ...historyView(history, at.connections()), first: before == null },
  };
}

function registersOf({ record }: TenantRow, now: Date) {
  return {
    applications: record.applications.map((one) => ({
      unit: unitText(one.unit),
      leasing: one.leasing,
      onHold: one.onHold,
      left: one.left,
      others: one.others,
      contradicted: one.contradicted,
      since: one.since,
    })),
    enrollments: record.enrollments.map((one) => ({
      reporting: one.reporting,
      since: one.since,
      unconfirmed: dueOf(one, now).length > 0,
    })),
    residencies: record.residencies.map(({ unit, status, since }) => ({
      unit: unitText(unit),
      status,
      since,
    })),
  };
}

async function recordsOf(
  row: TenantRow,
  look: boolean,
  at: At,
): Promise<Pick<TenantView, 'records' | 'looked'>> {
  const { stores, connections, config } = at;
  const here = { timezone: config.timezone, installation: await stores.installation() };
  const desired = await desiredFields(row.record, connections(), here);
  const found = look ? await lookNow(row.record.id, at) : null;
  const standing = (await standings([row], at)).get(row.record.id) ?? [];
  const records = standing.flatMap((one) => {
    const connection = connections().find(({ name }) => name === one.state.connection);
    return connection === undefined
      ? []
      : [viewOfRecord(one, { tenant: row.record, connection, desired, found, words: at.words })];
  });
  return {
    records,
    looked: found === null ? null : { at: found.at, failures: found.failures },
  };
}

async function unconfirmedOf(tenantId: string, { stores }: At): Promise<TenantView['unconfirmed']> {
  const rows = await stores.uptime.unconfirmed({ tenantId });
  if (rows.length === 0) return [];
  const gaps = new Map((await stores.uptime.gaps()).map((gap) => [gap.id, gap.from]));
  return rows.map(({ gapId, what }) => ({ what, since: gaps.get(gapId) ?? '' }));
}
