/**
 * Fills a database with as many tenants and events as are asked for, by copying what the demo left in it: SQLite
 * copies some hundred thousand rows a second, while the pipeline would take hours for a million.
 */
import type { Knex } from 'knex';

export interface Size {
  tenants: number;
  events: number;
}

/** Ids of the demo's events are below this, and ordinals of its tenants below its square. */
const BLOCK = 1_000;
const ONE_IN_PARKED = 50;
const ONE_IN_RETRYING = 200;
/** Over which the events are spread, the oldest first. */
const DAYS = 700;
/** Longer transactions would make the log as large as the database. */
const COPIES_AT_ONCE = 5_000;

const TENANT_COLUMNS = ['tenants', 'identities', 'sync_states', 'passes', 'tenant_words'] as const;

/**
 * The database must hold a demo of which all was projected and pushed, and no server may run on it. Of every person of
 * the demo there will be as many more as are asked for, under other ids; one record in fifty needs somebody. Where
 * there are fewer events than such people would have, each has an even part of them.
 */
export async function populate(knex: Knex, { tenants, events }: Size): Promise<void> {
  const people = await count(knex, 'tenants');
  const story = await count(knex, 'inbox');
  if (people === 0 || story >= BLOCK) throw new Error('There is no demo to copy');
  const copies = Math.ceil(tenants / people);
  const rounds = Math.max(1, Math.round(events / (copies * story)));
  const oneIn = Math.max(1, Math.round((copies * story) / events));
  await knex.raw('pragma synchronous = off');
  await knex.raw('create temp table copied (k integer primary key, round integer not null)');
  for (const table of ['inbox', 'subjects', 'attempts', ...TENANT_COLUMNS])
    await knex.raw(`create temp table of_${table} as select * from ${table}`);
  for (let from = 1; from <= copies * rounds; from += COPIES_AT_ONCE) {
    const to = Math.min(from + COPIES_AT_ONCE - 1, copies * rounds);
    await knex.transaction(async (trx) => {
      await trx.raw('delete from copied');
      // Bound numbers are floating ones, and would not divide as whole ones do.
      await trx.raw(
        `with recursive n (i) as (select ${from} union all select i + 1 from n where i < ${to})
         insert into copied select i, (i - 1) / ${copies} from n`,
      );
      if (from <= copies) await copyTenants(trx);
      await copyEvents(trx, copies, copies * rounds, oneIn);
    });
  }
  await knex('inbox')
    .where('id', '<', BLOCK)
    .update({ received_at: knex.raw(daysAgo(`${DAYS}`)) });
  if ((await count(knex, 'tenants')) < tenants) throw new Error('Not all tenants were copied');
  await knex('sqlite_sequence')
    .where({ name: 'inbox' })
    .update({ seq: knex.raw('(select max(id) from inbox)') });
  await knex('days_counted').update({ upto: knex.raw('(select max(id) from inbox)') });
  await knex.raw('pragma wal_checkpoint(truncate)');
  await knex.raw('pragma synchronous = full');
}

async function copyTenants(trx: Knex): Promise<void> {
  const first = 'from copied join';
  const only = 'where round = 0';
  const id = tenantId('s.id', 'k');
  await copy(trx, 'tenants', `${first} of_tenants s ${only}`, {
    id,
    ordinal: `s.ordinal + k * ${BLOCK * BLOCK}`,
    record: `json_set(${renamed('s.record')}, '$.id', ${id})`,
    known: renamed('s.known'),
  });
  const tenant_id = tenantId('s.tenant_id', 'k');
  await copy(trx, 'identities', `${first} of_identities s ${only} and s.key like '%demo-%'`, {
    tenant_id,
    key: renamed('s.key'),
  });
  await copy(trx, 'passes', `${first} of_passes s ${only}`, { tenant_id });
  await copy(trx, 'tenant_words', `${first} of_tenant_words s ${only}`, { tenant_id });
  const parked = `(k % ${ONE_IN_PARKED} = 0)`;
  const retrying = `(k % ${ONE_IN_RETRYING} = 1)`;
  await copy(trx, 'sync_states', `${first} of_sync_states s ${only}`, {
    tenant_id,
    remote_id: `${tenant_id} || substr(s.remote_id, instr(s.remote_id, '/'))`,
    state: `case when ${parked} then 'parked' when ${retrying} then 'retrying' else s.state end`,
    cause: `case when ${parked} then 'value_refused' else s.cause end`,
    message: `case when ${parked} then 'It was refused' else s.message end`,
    needs_since: `case when ${parked} then s.updated_at end`,
  });
}

async function copyEvents(trx: Knex, copies: number, all: number, oneIn: number): Promise<void> {
  const about = `((k - 1) % ${copies} + 1)`;
  const tenant_id = tenantId('s.tenant_id', about);
  const some = (column: string) => (oneIn === 1 ? '' : `where (${column} + k) % ${oneIn} = 0`);
  await copy(trx, 'inbox', `from copied join of_inbox s ${some('s.id')}`, {
    id: `s.id + k * ${BLOCK}`,
    request_id: `s.request_id || '-' || k`,
    body_hash: `substr(s.body_hash, 1, 56) || printf('%08x', k)`,
    body: renamed('s.body', about),
    normalised: renamed('s.normalised', about),
    tenant_id,
    received_at: daysAgo(`(${all} - k) * ${DAYS}.0 / ${all}`),
  });
  await copy(trx, 'subjects', `from copied join of_subjects s ${some('s.event_id')}`, {
    event_id: `s.event_id + k * ${BLOCK}`,
    tenant_id,
    application: renamed('s.application', about),
  });
  await copy(trx, 'attempts', `from copied join of_attempts s ${some('s.id')}`, {
    id: `s.id + k * ${BLOCK}`,
    tenant_id,
  });
}

/** All columns as they are but those named, which are given as SQL. */
async function copy(trx: Knex, table: string, from: string, other: Record<string, string>): Promise<void> {
  const columns = Object.keys(await trx(table).columnInfo());
  const values = columns.map((name) => other[name] ?? `s."${name}"`);
  await trx.raw(`insert into "${table}" (${columns.map((name) => `"${name}"`)}) select ${values} ${from}`);
}

function daysAgo(days: string): string {
  return `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', printf('-%.6f days', ${days}))`;
}

/** Every id in the demo begins with `demo-`. */
function renamed(column: string, k = 'k'): string {
  return `replace(${column}, 'demo-', 'demo' || ${k} || '-')`;
}

/** `t5` and `t5-1` of the seventh copy are `t7005` and `t7005-1`. */
function tenantId(column: string, k: string): string {
  const number = `cast(substr(${column}, 2) as integer)`;
  return `case when ${column} is not null then 't' || (${number} + ${k} * ${BLOCK}) || substr(${column}, 2 + length(${number})) end`;
}

async function count(knex: Knex, table: string): Promise<number> {
  return Number((await knex(table).count({ n: '*' }).first())?.n);
}
