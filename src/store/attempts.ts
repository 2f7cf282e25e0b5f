/** Every try that wrote, or failed to, kept as history with what was there before: what undoing reads. */
import type { Knex } from 'knex';
import type { Fields, Kind } from '../connect/contract.ts';

export interface Attempt {
  tenantId: string;
  connection: string;
  kind: Kind;
  place: string;
  /** `undo`: something of ours was taken back; its `before` is what we had written. */
  action: 'create' | 'adopt' | 'update' | 'decide' | 'note' | 'look' | 'undo';
  /** `sent` where we do not know more, `done` once it was seen, or the kind of the error. */
  outcome: string;
  message: string | null;
  before: Fields | null;
  changes: Fields | null;
  /** The record over there; null where there is none yet. */
  remoteId: string | null;
  at: string;
}

/** As a pass has it: `id` is null until it was saved. */
export interface MadeAttempt extends Attempt {
  id: number | null;
}

export interface StoredAttempt extends Attempt {
  id: number;
  /** When a person took it back; null: it stands. */
  undoneAt: string | null;
}

export interface AttemptStore {
  /** Newest first. */
  of(tenantId: string, limit: number): Promise<StoredAttempt[]>;
  get(id: number): Promise<StoredAttempt | null>;
  /** What was sent since then and was not taken back, newest first; looks are left out. */
  writesSince(at: string, connection?: string): Promise<StoredAttempt[]>;
  /** Written at once and by itself, before the request that it is about. Returns its id. */
  save(attempt: Attempt): Promise<number>;
  finish(id: number, how: Pick<Attempt, 'outcome' | 'message'>): Promise<void>;
  markUndone(id: number, at: string): Promise<void>;
}

interface Row {
  id: number;
  tenant_id: string;
  connection: string;
  kind: Kind;
  place: string;
  action: Attempt['action'];
  outcome: string;
  message: string | null;
  before: string | null;
  changes: string | null;
  remote_id: string | null;
  undone_at: string | null;
  at: string;
}

const toJson = (fields: Fields | null) => (fields === null ? null : JSON.stringify(fields));
const fromJson = (text: string | null) => (text === null ? null : (JSON.parse(text) as Fields));

/** Returns its id. */
export async function insertAttempt(knex: Knex, attempt: Attempt): Promise<number> {
  const [row] = await knex('attempts')
    .insert({
      tenant_id: attempt.tenantId,
      connection: attempt.connection,
      kind: attempt.kind,
      place: attempt.place,
      action: attempt.action,
      outcome: attempt.outcome,
      message: attempt.message,
      before: toJson(attempt.before),
      changes: toJson(attempt.changes),
      remote_id: attempt.remoteId,
      at: attempt.at,
    })
    .returning('id');
  return Number(row.id);
}

/** Written together with what the pass ended with; those saved before are completed. */
export async function keepAttempts(trx: Knex.Transaction, attempts: readonly MadeAttempt[]): Promise<void> {
  for (const { id, ...attempt } of attempts) {
    if (id === null) await insertAttempt(trx, attempt);
    else {
      const { outcome, message, remoteId } = attempt;
      await trx('attempts').where({ id }).update({ outcome, message, remote_id: remoteId });
    }
  }
}

/** Refused, so that nothing was made. */
const NOT_MADE = ['invalid', 'forbidden', 'unauthorized', 'rate_limited', 'not_found', 'unmapped_unit'];

/**
 * How many other records were made since then, or may have been, without a person's having let them; those of which
 * nobody knows yet whether they were made count however old they are.
 */
export async function countOtherCreates(trx: Knex.Transaction, own: Attempt, since: string): Promise<number> {
  const { connection } = own;
  const made: RecordKey[] = await trx('attempts as a')
    .leftJoin('sync_states as s', (join) =>
      join
        .on('s.tenant_id', 'a.tenant_id')
        .andOn('s.connection', 'a.connection')
        .andOn('s.kind', 'a.kind')
        .andOn('s.place', 'a.place'),
    )
    .where({ 'a.connection': connection, 'a.action': 'create' })
    .where('a.at', '>', since)
    .whereNotIn('a.outcome', NOT_MADE)
    .whereNull('s.approved_at')
    .distinct('a.tenant_id', 'a.kind', 'a.place');
  const unknown: RecordKey[] = await trx('sync_states')
    .where({ connection })
    .whereNotNull('intent')
    .whereNull('remote_id')
    .whereNull('approved_at')
    .select('tenant_id', 'kind', 'place');
  const keyOf = ({ tenant_id, kind, place }: RecordKey) => JSON.stringify([tenant_id, kind, place]);
  const others = new Set([...made, ...unknown].map(keyOf));
  others.delete(keyOf({ ...own, tenant_id: own.tenantId }));
  return others.size;
}

interface RecordKey {
  tenant_id: string;
  kind: Kind;
  place: string;
}

function fromRow({ tenant_id, remote_id, undone_at, before, changes, ...row }: Row): StoredAttempt {
  return {
    ...row,
    tenantId: tenant_id,
    before: fromJson(before),
    changes: fromJson(changes),
    remoteId: remote_id,
    undoneAt: undone_at,
  };
}

export function createAttemptStore(knex: Knex): AttemptStore {
  return {
    async of(tenantId, limit) {
      const rows: Row[] = await knex('attempts')
        .where({ tenant_id: tenantId })
        .orderBy('id', 'desc')
        .limit(limit)
        .select();
      return rows.map(fromRow);
    },
    async get(id) {
      const row: Row | undefined = await knex('attempts').where({ id }).first();
      return row ? fromRow(row) : null;
    },
    async writesSince(at, connection) {
      const rows: Row[] = await knex('attempts')
        .where('at', '>=', at)
        .whereIn('action', ['create', 'update', 'decide', 'note'])
        .whereNull('undone_at')
        .modify((query) => {
          if (connection !== undefined) query.where({ connection });
        })
        .orderBy('id', 'desc')
        .select();
      return rows.map(fromRow);
    },
    save: (attempt) => insertAttempt(knex, attempt),
    async finish(id, { outcome, message }) {
      await knex('attempts').where({ id }).update({ outcome, message });
    },
    async markUndone(id, at) {
      await knex('attempts').where({ id }).update({ undone_at: at });
    },
  };
}
