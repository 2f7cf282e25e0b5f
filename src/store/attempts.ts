/** Every try that wrote, or failed to, kept as history with what was there before. */
import type { Knex } from 'knex';
import type { Fields, Kind } from '../connect/contract.ts';

export interface Attempt {
  tenantId: string;
  connection: string;
  kind: Kind;
  place: string;
  action: 'create' | 'adopt' | 'update' | 'decide' | 'note' | 'retire' | 'look';
  /** `done`, or the kind of the error. */
  outcome: string;
  message: string | null;
  before: Fields | null;
  changes: Fields | null;
  at: string;
}

export interface AttemptStore {
  add(attempts: Attempt[]): Promise<void>;
  of(tenantId: string, limit: number): Promise<(Attempt & { id: number })[]>;
}

export function createAttemptStore(knex: Knex): AttemptStore {
  return {
    async add(attempts) {
      for (const attempt of attempts) {
        await knex('attempts').insert({
          tenant_id: attempt.tenantId,
          connection: attempt.connection,
          kind: attempt.kind,
          place: attempt.place,
          action: attempt.action,
          outcome: attempt.outcome,
          message: attempt.message,
          before: attempt.before === null ? null : JSON.stringify(attempt.before),
          changes: attempt.changes === null ? null : JSON.stringify(attempt.changes),
          at: attempt.at,
        });
      }
    },

    async of(tenantId, limit) {
      const rows = await knex('attempts')
        .where({ tenant_id: tenantId })
        .orderBy('id', 'desc')
        .limit(limit)
        .select();
      return rows.map((row) => ({
        id: row.id,
        tenantId: row.tenant_id,
        connection: row.connection,
        kind: row.kind,
        place: row.place,
        action: row.action,
        outcome: row.outcome,
        message: row.message,
        before: row.before === null ? null : (JSON.parse(row.before) as Fields),
        changes: row.changes === null ? null : (JSON.parse(row.changes) as Fields),
        at: row.at,
      }));
    },
  };
}
