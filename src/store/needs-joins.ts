/** People whom only name, e-mail and phone join, until somebody says whether they are one or two. */
import type { Knex } from 'knex';
import type { Tenant } from '../project/tenant.ts';
import { placeholders } from './sql.ts';
import { readTenant } from './tenants.ts';

export interface WeakJoin {
  record: Tenant;
  /** Since when the record says so, or the last time that it changed. UTC ISO 8601. */
  since: string;
}

/**
 * Where a decision waits for the same answer, the record of it asks already: whoever has such a record in one of these
 * connections is left out, so that nobody is asked twice.
 */
export interface WeakJoinStore {
  /** In the order in which the people came. */
  open(options: { connections: readonly string[]; limit: number }): Promise<WeakJoin[]>;
  count(connections: readonly string[]): Promise<number>;
}

export function createWeakJoinStore(knex: Knex): WeakJoinStore {
  // Written out: with a parameter SQLite would not know that its index of these is meant.
  const unasked = (connections: readonly string[]) =>
    knex('tenants')
      .whereRaw('weakly_joined = 1')
      .modify((query) => {
        if (connections.length > 0)
          query.whereRaw(
            `id not in (select tenant_id from sync_states
               where state = 'parked' and connection in ${placeholders(connections)} and cause = 'weak_match')`,
            [...connections],
          );
      });
  return {
    async open({ connections, limit }) {
      const rows: { revision: number; record: string; updated_at: string }[] = await unasked(connections)
        .orderBy('ordinal')
        .limit(limit)
        .select('revision', 'record', 'updated_at');
      return rows.map((row) => {
        const { record } = readTenant(row);
        return { record, since: sinceOf(record) ?? row.updated_at };
      });
    },
    async count(connections) {
      const row = await unasked(connections).count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
  };
}

function sinceOf({ applications, enrollments }: Tenant): string | null {
  const times = [...applications, ...enrollments].flatMap(({ weak, since }) => (weak ? (since ?? []) : []));
  return times.sort().at(0) ?? null;
}
