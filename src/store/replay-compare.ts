/** What a replay tells differently from what is in use. Reads page by page and changes nothing. */
import type { Knex } from 'knex';
import type { Tenant } from '../project/tenant.ts';
import { inChunks } from './chunks.ts';

const PAGE = 200;

/** Names the registers in which two records differ. */
export type Registers = (before: Tenant, after: Tenant) => string[];

export type Row = Record<string, string | number | null>;

export interface Differences {
  /** Tenants whose record differs; their revision rises. */
  changed: { id: string; registers: string[] }[];
  added: string[];
  /** Tenants that the replay does not make: they are another one now, or nobody. */
  gone: { id: string; into: string | null }[];
  /** Tenants with the same record of whom something else is known. */
  known: string[];
  /** Ids that lead to another tenant; null: to nobody. */
  aliases: { id: string; tenantId: string | null }[];
  rows: { table: string; deleted: Row[]; inserted: Row[] }[];
  /** Events of which something else became. */
  events: number[];
}

/** Tables that hold nothing but what the projection made, with their columns, the first ones being the key. */
const TABLES = [
  { table: 'identities', columns: ['key', 'tenant_id'], key: 2 },
  { table: 'subjects', columns: ['event_id', 'position', 'tenant_id', 'application'], key: 2 },
  { table: 'application_events', columns: ['application', 'event_id'], key: 2 },
] as const;
type TableOf = (typeof TABLES)[number];

export async function compare(main: Knex, scratch: Knex, registers: Registers): Promise<Differences> {
  const differences: Differences = {
    changed: [],
    added: [],
    gone: [],
    known: [],
    aliases: [],
    rows: [],
    events: [],
  };
  await compareTenants(main, scratch, registers, differences);
  const former = await formerIds(main, scratch);
  for (const id of former) {
    const tenantId = await whoIs(main, scratch, id);
    differences.aliases.push({ id, tenantId });
    if (await main('tenants').where({ id }).first('id')) differences.gone.push({ id, into: tenantId });
  }
  for (const table of TABLES) {
    const isAlias = (row: Row) => table.table === 'identities' && String(row.key).startsWith('tenant:');
    const deleted = (await missing(main, scratch, table)).filter((row) => !isAlias(row));
    const inserted = (await missing(scratch, main, table)).filter((row) => !isAlias(row));
    differences.rows.push({ table: table.table, deleted, inserted });
  }
  differences.events = await changedEvents(main, scratch);
  return differences;
}

async function compareTenants(
  main: Knex,
  scratch: Knex,
  registers: Registers,
  differences: Differences,
): Promise<void> {
  for (let after = -1; ; ) {
    const page = await scratch('tenants')
      .where('ordinal', '>', after)
      .orderBy('ordinal')
      .limit(PAGE)
      .select('id', 'ordinal', 'record', 'known');
    const last = page.at(-1);
    if (last === undefined) return;
    after = Number(last.ordinal);
    const ids = page.map((row) => row.id as string);
    const rows = await inChunks(ids, (some) =>
      main('tenants').whereIn('id', some).select('id', 'record', 'known'),
    );
    const before = new Map(rows.map((row) => [row.id as string, row]));
    for (const { id, record, known } of page) {
      const old = before.get(id);
      if (old === undefined) differences.added.push(id);
      else if (old.record !== record) {
        const parse = (text: string) => JSON.parse(text) as Tenant;
        differences.changed.push({ id, registers: registers(parse(old.record), parse(record)) });
      } else if (old.known !== known) differences.known.push(id);
    }
  }
}

/** Ids of tenants, now or once, that are no tenant's after the replay. */
async function formerIds(main: Knex, scratch: Knex): Promise<string[]> {
  const tenants = await main('tenants').orderBy('ordinal').select('id');
  const aliases = await main('identities').where('key', 'like', 'tenant:%').orderBy('key').select('key');
  const made = await scratch('identities').where('key', 'like', 'tenant:%').orderBy('key').select('key');
  const ids = [
    ...tenants.map((row) => row.id as string),
    ...[...aliases, ...made].map((row) => (row.key as string).slice('tenant:'.length)),
  ];
  const kept = await inChunks([...new Set(ids)], (some) =>
    scratch('tenants').whereIn('id', some).select('id'),
  );
  const still = new Set(kept.map((row) => row.id as string));
  return [...new Set(ids)].filter((id) => !still.has(id));
}

/** Who is after the replay whoever had this id: whom its first event is about, else another one of its events. */
async function whoIs(main: Knex, scratch: Knex, id: string): Promise<string | null> {
  const alias = await scratch('identities')
    .where({ key: `tenant:${id}` })
    .first('tenant_id');
  if (alias) return alias.tenant_id as string;
  const [event = 0, position = 1] = id.slice(1).split('-').map(Number);
  const own = await main('subjects').where({ tenant_id: id }).orderBy(['event_id', 'position']);
  for (const row of [{ event_id: event, position: position - 1 }, ...own]) {
    const now = await scratch('subjects')
      .where({ event_id: row.event_id, position: row.position })
      .first('tenant_id');
    if (now) return now.tenant_id as string;
  }
  return null;
}

/** Rows of `from` that `other` does not have. */
async function missing(from: Knex, other: Knex, { table, columns, key }: TableOf): Promise<Row[]> {
  const found: Row[] = [];
  const keys = columns.slice(0, key);
  const [first] = columns;
  const tuple = (row: Row) => JSON.stringify(columns.map((column) => row[column]));
  for (let last: Row | undefined; ; ) {
    const after = last;
    const page: Row[] = await from(table)
      .modify((query) => {
        if (after) {
          const marks = keys.map(() => '?').join(', ');
          const names = keys.map((column) => `"${column}"`).join(', ');
          query.whereRaw(
            `(${names}) > (${marks})`,
            keys.map((column) => after[column] ?? null),
          );
        }
      })
      .orderBy(keys.map((column) => ({ column })))
      .limit(PAGE)
      .select(columns);
    last = page.at(-1);
    if (last === undefined) return found;
    const values = [...new Set(page.map((row) => row[first] ?? null))];
    const rows: Row[] = await inChunks(values, (some) => other(table).whereIn(first, some).select(columns));
    const held = new Set(rows.map(tuple));
    for (const row of page) if (!held.has(tuple(row))) found.push(row);
  }
}

async function changedEvents(main: Knex, scratch: Knex): Promise<number[]> {
  const columns = ['id', 'status', 'detail', 'tenant_id', 'normalised'];
  const changed: number[] = [];
  for (let after = 0; ; ) {
    const page: Row[] = await scratch('inbox')
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .select(columns);
    const last = page.at(-1);
    if (last === undefined) return changed;
    after = Number(last.id);
    const ids = page.map((row) => Number(row.id));
    const rows: Row[] = await inChunks(ids, (some) => main('inbox').whereIn('id', some).select(columns));
    const held = new Map(rows.map((row) => [row.id, row]));
    for (const row of page) {
      if (JSON.stringify(held.get(row.id)) !== JSON.stringify(row)) changed.push(Number(row.id));
    }
  }
}
