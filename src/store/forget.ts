/**
 * What the database holds of one person, and how it goes: stripped where it stays as a ledger, overwritten where it is
 * removed (`secure_delete`). A page of rows at a time, so that nobody waits for a statement.
 */
import type { Knex } from 'knex';
import type { Tenant } from '../project/tenant.ts';
import { removeTenant } from './absorb.ts';
import { eachChunk, inChunks } from './chunks.ts';
import { chunks } from './sql.ts';
import { type Steps, writeAtOnce } from './sqlite-client.ts';
import type { Tombstone } from './tombstone-files.ts';

/** Rows of each table that are about this tenant. */
export type ForgetCounts = Record<(typeof COUNTED)[number], number>;

const COUNTED = [
  'subjects',
  'identities',
  'sync_states',
  'passes',
  'attempts',
  'tenant_words',
  'unconfirmed',
] as const;

export interface Traces {
  /** Keys of Boom's and of the person's, as they are stored; those of tenants that are this one too. */
  keys: string[];
  /** Where events name the person; a position below 0 is a correction's. */
  named: { eventId: number; position: number }[];
  /** `account/id`. */
  applications: string[];
  /** Events about those applications that name nobody, or somebody else. */
  beside: number[];
  counts: ForgetCounts;
}

/** An event as it stays. */
export interface Stripped {
  id: number;
  normalised: string | null;
  detail: string | null;
}

export interface Forgotten extends Omit<Tombstone, 'hashes' | 'keyMark'> {
  tenantId: string;
  /** JSON of ids, outcomes and times; null where it is no longer kept. */
  ledger: string | null;
}

export interface ForgetStore {
  traces(tenantId: string): Promise<Traces>;
  /** Of these events, how many still have a body. */
  countBodies(ids: readonly number[]): Promise<number>;
  /** Bodies of the events after `after`, of at most `limit` ids; `last` null: there are no more. */
  bodies(page: {
    after: number;
    limit: number;
  }): Promise<{ last: number | null; rows: { id: number; body: string }[] }>;
  /** The body goes, and what was understood of it is replaced. */
  strip(events: readonly Stripped[], tenantId: string): Promise<void>;
  clearBodies(ids: readonly number[]): Promise<void>;
  /** What was written somewhere: what, where and when stays, what stood there goes. */
  stripAttempts(tenantId: string, at: string): Promise<void>;
  /** What was read of Boom's objects counts as never read, and is not read again. */
  forgetReads(account: string, objects: readonly string[]): Promise<void>;
  /** Everything that is left of the tenant, and the entry that says that they were. */
  remove(tenantId: string, tombstone: Tombstone, ledger: string): Promise<void>;
  /** Enters one that was forgotten before the backup of which this database is. */
  enter(tombstone: Tombstone): Promise<void>;
  all(): Promise<(Tombstone & { tenantId: string })[]>;
  /** Keys after `after`, in order, and whose they are. */
  keys(page: { after: string; limit: number }): Promise<{ key: string; tenantId: string }[]>;
  /** Tenants after `after` by their ordinal; `record`: null of those with a part in rent reporting, or changed since `before`. */
  unchanged(page: {
    after: number;
    limit: number;
    before: string;
  }): Promise<{ ordinal: number; record: Tenant | null }[]>;
  /** Whether somebody is found by all of these words. */
  isSomebody(words: readonly string[]): Promise<boolean>;
  /** Ledgers of those who were forgotten before then. Returns how many. */
  clearLedgers(before: string): Promise<number>;
}

export function createForgetStore(knex: Knex): ForgetStore {
  return {
    async traces(tenantId) {
      const of = (table: string) => knex(table).where({ tenant_id: tenantId });
      const keys = await of('identities').select('key');
      const subjects = await of('subjects').select('event_id', 'position', 'application');
      const applications = [...new Set(subjects.flatMap((row) => (row.application as string | null) ?? []))];
      const about = await inChunks(applications, (some) =>
        knex('application_events').whereIn('application', some).select('event_id'),
      );
      const named = subjects.map((row) => ({
        eventId: Number(row.event_id),
        position: row.position as number,
      }));
      const own = new Set(named.map(({ eventId }) => eventId));
      const beside = [...new Set(about.map((row) => Number(row.event_id)))].filter((id) => !own.has(id));
      const counts = {} as ForgetCounts;
      for (const table of COUNTED) {
        const [row] = await of(table).count({ n: '*' });
        counts[table] = Number(row?.n ?? 0);
      }
      return { keys: keys.map(({ key }) => key as string), named, applications, beside, counts };
    },
    async countBodies(ids) {
      const rows = await inChunks(ids, (some) =>
        knex('inbox').whereIn('id', some).whereNotNull('body').select('id'),
      );
      return rows.length;
    },
    async bodies({ after, limit }) {
      const newest = await knex('inbox').max({ id: 'id' }).first();
      if (after >= Number(newest?.id ?? 0)) return { last: null, rows: [] };
      const rows = await knex('inbox')
        .where('id', '>', after)
        .where('id', '<=', after + limit)
        .whereNotNull('body')
        .select('id', 'body');
      return { last: after + limit, rows: rows.map(({ id, body }) => ({ id: Number(id), body })) };
    },
    async strip(events, tenantId) {
      await writeAtOnce(knex, function* (): Steps<void> {
        for (const { id, normalised, detail } of events) {
          const [other] = yield {
            sql: `select tenant_id from subjects where event_id = ? and tenant_id <> ? and position >= 0
                  order by position limit 1`,
            bindings: [id, tenantId],
          };
          const about = (other as { tenant_id: string } | undefined)?.tenant_id ?? null;
          yield {
            sql: `update inbox set body = null, normalised = ?, detail = ?,
                  tenant_id = case when tenant_id = ? then ? else tenant_id end where id = ?`,
            bindings: [normalised, detail, tenantId, about, id],
          };
        }
      });
    },
    async clearBodies(ids) {
      for (const some of chunks(ids)) await knex('inbox').whereIn('id', some).update({ body: null });
    },
    async stripAttempts(tenantId, at) {
      const rows = await knex('attempts').where({ tenant_id: tenantId }).select('id');
      await eachChunk(
        rows.map(({ id }) => Number(id)),
        (some) =>
          knex('attempts')
            .whereIn('id', some)
            // Nothing of it can be taken back any more.
            .update({
              message: null,
              before: null,
              changes: null,
              undone_at: knex.raw('coalesce(undone_at, ?)', [at]),
            }),
      );
    },
    async forgetReads(account, objects) {
      await eachChunk(objects, (some) =>
        knex('reads')
          .where({ account })
          .whereIn('object', some)
          .update({ hash: null, read_upto: knex.raw('max(read_upto, wanted_by)'), next_attempt_at: null }),
      );
    },
    async remove(tenantId, tombstone, ledger) {
      await knex.transaction(async (trx) => {
        await trx('remote_index')
          .whereIn(
            ['connection', 'kind', 'remote_id'],
            trx('sync_states').where({ tenant_id: tenantId }).select('connection', 'kind', 'remote_id'),
          )
          .delete();
        await removeTenant(trx, tenantId);
        for (const table of ['subjects', 'identities', 'unconfirmed'])
          await trx(table).where({ tenant_id: tenantId }).delete();
        await trx('legal_holds')
          .where({ tenant_id: tenantId })
          .update({ reason: null, release_reason: null });
        await enter(trx, tombstone, tenantId, ledger);
      });
    },
    enter: (tombstone) => enter(knex, tombstone, '', null),
    async all() {
      const rows = await knex('forgotten').orderBy('at').select();
      return rows.map(({ id, tenant_id, account, at, why, key_mark, hashes }) => ({
        id,
        tenantId: tenant_id,
        account,
        at,
        why,
        keyMark: key_mark,
        hashes: JSON.parse(hashes) as string[],
      }));
    },
    async keys({ after, limit }) {
      return await knex('identities')
        .where('key', '>', after)
        .orderBy('key')
        .limit(limit)
        .select('key', { tenantId: 'tenant_id' });
    },
    async unchanged({ after, limit, before }) {
      const rows = await knex('tenants')
        .where('ordinal', '>', after)
        .orderBy('ordinal')
        .limit(limit)
        .select('ordinal', 'reporting', 'updated_at', 'record');
      return rows.flatMap(({ ordinal, reporting, updated_at, record }) => {
        const old = reporting === null && updated_at < before;
        return [{ ordinal: Number(ordinal), record: old ? (JSON.parse(record) as Tenant) : null }];
      });
    },
    async isSomebody(words) {
      const row = await knex('tenant_words')
        .whereIn('word', [...words])
        .groupBy('tenant_id')
        .havingRaw('count(*) = ?', [new Set(words).size])
        .first('tenant_id');
      return row !== undefined;
    },
    async clearLedgers(before) {
      return await knex('forgotten').where('at', '<', before).whereNotNull('ledger').update({ ledger: null });
    },
  };
}

async function enter(
  trx: Knex,
  tombstone: Tombstone,
  tenantId: string,
  ledger: string | null,
): Promise<void> {
  const { id, at, account, why, keyMark, hashes } = tombstone;
  await trx('forgotten')
    .insert({
      id,
      tenant_id: tenantId,
      account,
      at,
      why,
      key_mark: keyMark,
      hashes: JSON.stringify(hashes),
      ledger,
    })
    .onConflict('id')
    .ignore();
}

/** By which decisions can be told of for as long as they may be asked about, and no person. */
export function ledgerOf({ stage, ids, applications, enrollments, residencies }: Tenant): string {
  return JSON.stringify({
    stage,
    ids: { ...ids, external: [] },
    applications: applications.map(({ id, leasing, since, decidedAt, approvedAt, createdAt }) => ({
      id,
      leasing,
      since,
      decidedAt,
      approvedAt,
      createdAt,
    })),
    enrollments: enrollments.map(({ id, reporting, since }) => ({ id, reporting, since })),
    residencies: residencies.map(({ status, since }) => ({ status, since })),
  });
}
