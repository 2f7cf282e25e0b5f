/** Every try that wrote, or failed to, kept as history with what was there before: what undoing reads. */
import type { Knex } from 'knex';
import type { Fields, Kind } from '../connect/contract.ts';
import { placeholders } from './sql.ts';
import type { Steps } from './sqlite-client.ts';
import type { Quota } from './sync.ts';
import { writeTogether } from './write-together.ts';

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
  /** Newest first; `beforeId` continues after the last one of the page before. */
  of(tenantId: string, limit: number, beforeId?: number): Promise<StoredAttempt[]>;
  get(id: number): Promise<StoredAttempt | null>;
  /** What was found or written of anybody, newest first. */
  lastDone(limit: number): Promise<StoredAttempt[]>;
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

const COLUMNS = [
  'tenant_id',
  'connection',
  'kind',
  'place',
  'action',
  'outcome',
  'message',
  'before',
  'changes',
  'remote_id',
  'at',
];
const INSERT = `insert into attempts (${COLUMNS.join(', ')}) values (${COLUMNS.map(() => '?').join(', ')})`;

/** Returns its id. */
export function* insertingAttempt(attempt: Attempt): Steps<number> {
  const { tenantId, connection, kind, place, action, outcome, message, remoteId, at } = attempt;
  const [before, changes] = [toJson(attempt.before), toJson(attempt.changes)];
  const [row] = yield {
    sql: INSERT,
    bindings: [tenantId, connection, kind, place, action, outcome, message, before, changes, remoteId, at],
  };
  return Number((row as { lastId: number }).lastId);
}

/** Written together with what the pass ended with; those saved before are completed. */
export function* keepingAttempts(attempts: readonly MadeAttempt[]): Steps<void> {
  for (const { id, ...attempt } of attempts) {
    if (id === null) yield* insertingAttempt(attempt);
    else {
      const { outcome, message, remoteId } = attempt;
      yield {
        sql: 'update attempts set outcome = ?, message = ?, remote_id = ? where id = ?',
        bindings: [outcome, message, remoteId, id],
      };
    }
  }
}

/**
 * By the record that was made, and where its id is not known by the try: tenants that were merged have one place. The
 * second half's condition is that of its index, word for word.
 */
const otherCreates = (refusals: readonly string[]) => `select count(*) as n from (
  select distinct a.kind, coalesce('record ' || a.remote_id, 'try ' || a.id) as made from attempts a
  left join sync_states s on s.tenant_id = a.tenant_id and s.connection = a.connection
    and s.kind = a.kind and s.place = a.place
  where a.connection = ? and a.action = 'create' and a.at > ? and s.approved_at is null
    and (a.remote_id is not null or (
      a.outcome not in ${placeholders(refusals)}
      and not (a.tenant_id = ? and a.kind = ? and a.place = ?)))
  union all
  select i.kind, i.place from sync_states i
  where connection = ? and intent is not null and remote_id is null and approved_at is null
    and not (i.tenant_id = ? and i.kind = ? and i.place = ?)
    and not exists (select 1 from attempts a where a.tenant_id = i.tenant_id and a.connection = i.connection
      and a.kind = i.kind and a.place = i.place and a.action = 'create' and a.at > ? and a.remote_id is null)
) as others`;

/** Never fewer than `otherCreates`, and read from indexes alone. */
const AT_MOST = `select (select count(*) from attempts where connection = ? and action = 'create' and at > ?)
  + (select count(*) from sync_states
  where connection = ? and intent is not null and remote_id is null and approved_at is null) as n`;

/**
 * Whether so many other records were made since then, or may have been, without a person's having let them; those of
 * which nobody knows yet whether they were made count however old they are.
 */
export function* isUsedUp({ most, since, refusals }: Quota, own: Attempt): Steps<boolean> {
  const { connection } = own;
  const [atMost] = yield { sql: AT_MOST, bindings: [connection, since, connection] };
  if (Number((atMost as { n: number }).n) < most) return false;
  const place = [own.tenantId, own.kind, own.place];
  const [row] = yield {
    sql: otherCreates(refusals),
    bindings: [connection, since, ...refusals, ...place, connection, ...place, since],
  };
  return Number((row as { n: number }).n) >= most;
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
    async of(tenantId, limit, beforeId) {
      const rows: Row[] = await knex('attempts')
        .where({ tenant_id: tenantId })
        .modify((query) => {
          if (beforeId !== undefined) query.where('id', '<', beforeId);
        })
        .orderBy('id', 'desc')
        .limit(limit)
        .select();
      return rows.map(fromRow);
    },
    async get(id) {
      const row: Row | undefined = await knex('attempts').where({ id }).first();
      return row ? fromRow(row) : null;
    },
    async lastDone(limit) {
      const rows: Row[] = await knex('attempts')
        .where({ outcome: 'done' })
        .whereIn('action', ['create', 'adopt', 'update', 'decide', 'note'])
        .orderBy('id', 'desc')
        .limit(limit)
        .select();
      return rows.map(fromRow);
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
    save: (attempt) => writeTogether(knex, () => insertingAttempt(attempt)),
    async finish(id, { outcome, message }) {
      await knex('attempts').where({ id }).update({ outcome, message });
    },
    async markUndone(id, at) {
      await knex('attempts').where({ id }).update({ undone_at: at });
    },
  };
}
