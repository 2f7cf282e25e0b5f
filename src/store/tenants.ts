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
  list(options: { limit?: number; stage?: string }): Promise<TenantRow[]>;
  count(stage?: string): Promise<number>;
}

export function createTenantStore(knex: Knex): TenantStore {
  const read = (row: { revision: number; record: string }): TenantRow => ({
    revision: row.revision,
    record: JSON.parse(row.record) as Tenant,
  });
  return {
    async get(id) {
      const row = await knex('tenants').where({ id }).first('revision', 'record');
      if (row) return read(row);
      const moved = await knex('identities')
        .where({ key: `tenant:${id}` })
        .first('tenant_id');
      const now = moved && (await knex('tenants').where({ id: moved.tenant_id }).first('revision', 'record'));
      return now ? read(now) : null;
    },
    async list({ limit, stage }) {
      const rows = await knex('tenants')
        .modify((query) => {
          if (stage !== undefined) query.where({ stage });
          if (limit !== undefined) query.limit(limit);
        })
        .orderBy('ordinal')
        .select('revision', 'record');
      return rows.map(read);
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
