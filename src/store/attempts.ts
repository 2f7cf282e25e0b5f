/** Every try that wrote, or failed to, kept as history with what was there before. */
import type { Knex } from 'knex';
import type { Fields, Kind } from '../connect/contract.ts';

export interface Attempt {
  tenantId: string;
  connection: string;
  kind: Kind;
  place: string;
  action: 'create' | 'adopt' | 'update' | 'decide' | 'note' | 'look';
  /** `sent` where we do not know more, `done` once it was seen, or the kind of the error. */
  outcome: string;
  message: string | null;
  before: Fields | null;
  changes: Fields | null;
  /** The record over there; null where there is none yet. */
  remoteId: string | null;
  at: string;
}

export interface AttemptStore {
  of(tenantId: string, limit: number): Promise<(Attempt & { id: number })[]>;
}

/** Written together with what the pass ended with. */
export async function addAttempts(trx: Knex.Transaction, attempts: readonly Attempt[]): Promise<void> {
  for (const attempt of attempts) {
    await trx('attempts').insert({
      tenant_id: attempt.tenantId,
      connection: attempt.connection,
      kind: attempt.kind,
      place: attempt.place,
      action: attempt.action,
      outcome: attempt.outcome,
      message: attempt.message,
      before: attempt.before === null ? null : JSON.stringify(attempt.before),
      changes: attempt.changes === null ? null : JSON.stringify(attempt.changes),
      remote_id: attempt.remoteId,
      at: attempt.at,
    });
  }
}

export function createAttemptStore(knex: Knex): AttemptStore {
  return {
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
        remoteId: row.remote_id,
        at: row.at,
      }));
    },
  };
}
