/** Tenants as lists and pages read them. */
import type { Knex } from 'knex';
import type { Tenant } from '../project/tenant.ts';

export interface TenantRow {
  revision: number;
  record: Tenant;
}

export interface TenantStore {
  /** Follows an id that turned out to be another tenant's. */
  get(id: string): Promise<TenantRow | null>;
  /** Null where no tenant has this id any more. */
  revisionOf(id: string): Promise<number | null>;
  list(options: { limit?: number; stage?: string }): Promise<TenantRow[]>;
  count(stage?: string): Promise<number>;
  /** Whom Boom itself failed to put into a PMS, but for failures that the landlord has put aside. */
  pushFailures(options?: { limit: number }): Promise<TenantRow[]>;
  countPushFailures(): Promise<number>;
  /** The landlord has seen to it: only a later failure is told again. Returns how many there were. */
  ignorePushFailure(id: string): Promise<number>;
}

/** A record that an earlier version made lacks what came later, until its next event or a replay makes it anew. */
function ofThisVersion(record: Tenant): Tenant {
  for (const enrollment of record.enrollments) enrollment.unconfirmed ??= [];
  return record;
}

export function readTenant(row: { revision: number; record: string }): TenantRow {
  return { revision: row.revision, record: ofThisVersion(JSON.parse(row.record) as Tenant) };
}

export function createTenantStore(knex: Knex): TenantStore {
  // As the index of these has it, so that SQLite knows that it is meant.
  const pushFailed = () =>
    knex('tenants')
      .whereNotNull('push_failed_at')
      .whereRaw('(push_seen_at is null or push_seen_at < push_failed_at)');
  return {
    async get(id) {
      const row = await knex('tenants').where({ id }).first('revision', 'record');
      if (row) return readTenant(row);
      const moved = await knex('identities')
        .where({ key: `tenant:${id}` })
        .first('tenant_id');
      const now = moved && (await knex('tenants').where({ id: moved.tenant_id }).first('revision', 'record'));
      return now ? readTenant(now) : null;
    },
    async revisionOf(id) {
      const row = await knex('tenants').where({ id }).first('revision');
      return row?.revision ?? null;
    },
    async list({ limit, stage }) {
      const rows = await knex('tenants')
        .modify((query) => {
          if (stage !== undefined) query.where({ stage });
          if (limit !== undefined) query.limit(limit);
        })
        .orderBy('ordinal')
        .select('revision', 'record');
      return rows.map(readTenant);
    },
    async pushFailures({ limit } = { limit: Number.MAX_SAFE_INTEGER }) {
      const rows = await pushFailed().orderBy('ordinal').limit(limit).select('revision', 'record');
      return rows.map(readTenant);
    },
    async countPushFailures() {
      const row = await pushFailed().count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
    async ignorePushFailure(id) {
      return await pushFailed()
        .where({ id })
        .update({ push_seen_at: knex.ref('push_failed_at') });
    },
    async count(stage) {
      const row = await knex('tenants')
        .modify((query) => {
          if (stage !== undefined) query.where({ stage });
        })
        .count({ n: '*' })
        .first();
      return Number(row?.n ?? 0);
    },
  };
}
