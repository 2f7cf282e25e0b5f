/**
 * What passes write, past knex and together: three times a record that is made, so that knex's own transactions would
 * cost as much as the requests.
 */
import type { Knex } from 'knex';
import { besidePlace, SUPERSEDED } from './absorb.ts';
import { type Attempt, insertingAttempt, isUsedUp, keepingAttempts, type MadeAttempt } from './attempts.ts';
import { SET_NEEDS } from './needs-since.ts';
import { chunks } from './sql.ts';
import type { Steps } from './sqlite-client.ts';
import type { PassOutcome, Quota, SyncState } from './sync.ts';
import { troubleOf } from './sync-answers.ts';
import { STATE_COLUMNS, STATE_KEY, type StateRow, toRow, WRITTEN_BY_PASSES } from './sync-rows.ts';
import { writeTogether } from './write-together.ts';

const PUT_STATE = `insert into sync_states (${STATE_COLUMNS.join(', ')})
  values (${STATE_COLUMNS.map(() => '?').join(', ')})
  on conflict (${STATE_KEY.join(', ')}) do update set
  ${WRITTEN_BY_PASSES.map((column) => `${column} = excluded.${column}`).join(', ')},${SET_NEEDS},
  quiet_until = case when coalesce(?, sync_states.quiet_trouble) = sync_states.quiet_trouble
    then sync_states.quiet_until else null end`;

/** What a quiet record must still be about; null where it is only under way, which says nothing of that. */
function troubleNow(state: SyncState): string | null {
  if (state.state === 'parked') return troubleOf(state);
  return state.state === 'synced' || state.state === 'skipped' ? '' : null;
}

const PUT_PASS = `insert into passes
  (tenant_id, connection, tenant_revision, connection_revision, next_attempt_at) values (?, ?, ?, ?, ?)
  on conflict (tenant_id, connection) do update set tenant_revision = excluded.tenant_revision,
  connection_revision = excluded.connection_revision, next_attempt_at = excluded.next_attempt_at`;

/** The tenant itself, or who it turned out to be; null when nobody stands for it. */
function* survivorOf(tenantId: string): Steps<string | null> {
  const own = yield { sql: 'select 1 from tenants where id = ?', bindings: [tenantId] };
  if (own.length > 0) return tenantId;
  const [moved] = yield {
    sql: 'select tenant_id from identities where key = ?',
    bindings: [`tenant:${tenantId}`],
  };
  return (moved as { tenant_id: string } | undefined)?.tenant_id ?? null;
}

function* putState(state: SyncState): Steps<void> {
  const trouble = troubleNow(state);
  const isOver = trouble !== null && state.quiet?.trouble !== trouble;
  const row = toRow(isOver ? { ...state, quiet: null } : state);
  yield { sql: PUT_STATE, bindings: [...STATE_COLUMNS.map((column) => row[column]), trouble] };
}

/** Of a tenant that was absorbed during the pass: what the survivor has for that place is not written over. */
function* putStateOf(state: SyncState, tenantId: string): Steps<void> {
  if (tenantId === state.tenantId) return yield* putState(state);
  const { connection, kind, place, remoteId } = state;
  const [row] = yield {
    sql: 'select remote_id from sync_states where tenant_id = ? and connection = ? and kind = ? and place = ?',
    bindings: [tenantId, connection, kind, place],
  };
  const kept = (row as Pick<StateRow, 'remote_id'> | undefined)?.remote_id ?? null;
  if (kept === null || kept === remoteId) return yield* putState({ ...state, tenantId });
  if (remoteId !== null)
    yield* putState({ ...state, ...SUPERSEDED, tenantId, place: besidePlace(place, state.tenantId) });
}

const SAID = ['approved_at', 'held_at', 'named_at', 'answers'] as const satisfies (keyof StateRow)[];

/** Whether a person said something of a record while the pass was under way: it has not seen that. */
function* saidMeanwhile(tenantId: string, connection: string, states: readonly SyncState[]): Steps<boolean> {
  const rows = (yield {
    sql: `select kind, place, ${SAID.join(', ')} from sync_states where tenant_id = ? and connection = ?`,
    bindings: [tenantId, connection],
  }) as StateRow[];
  return rows.some((row) => {
    const seen = states.find((state) => state.kind === row.kind && state.place === row.place);
    if (seen === undefined) return false;
    const was = toRow(seen);
    return SAID.some((column) => was[column] !== row[column]);
  });
}

function* saving(outcome: PassOutcome): Steps<void> {
  const { pass, states, gone, attempts } = outcome;
  const tenantId = yield* survivorOf(outcome.tenantId);
  if (tenantId === null) return;
  // The survivor has what it stands for by now: its next pass says what is gone of that.
  for (const { connection, kind, place } of tenantId === outcome.tenantId ? gone : [])
    yield {
      sql: 'delete from sync_states where tenant_id = ? and connection = ? and kind = ? and place = ?',
      bindings: [tenantId, connection, kind, place],
    };
  const said = pass !== null && (yield* saidMeanwhile(tenantId, pass.connection, states));
  for (const state of states) yield* putStateOf(state, tenantId);
  yield* keepingAttempts(attempts.map((attempt) => ({ ...attempt, tenantId })));
  // Absorbed during the pass: the survivor has one of its own before it.
  if (pass === null || said || tenantId !== outcome.tenantId) return;
  const { connection, tenantRevision, connectionRevision, nextAttemptAt } = pass;
  yield {
    sql: PUT_PASS,
    bindings: [tenantId, connection, tenantRevision, connectionRevision, nextAttemptAt],
  };
}

export async function savePasses(knex: Knex, outcomes: readonly PassOutcome[]): Promise<void> {
  for (const some of chunks(outcomes)) {
    await writeTogether(knex, function* () {
      for (const outcome of some) yield* saving(outcome);
    });
  }
}

export async function saveState(
  knex: Knex,
  state: SyncState,
  attempts: readonly MadeAttempt[],
): Promise<void> {
  await writeTogether(knex, function* () {
    const tenantId = yield* survivorOf(state.tenantId);
    if (tenantId === null) return;
    yield* putStateOf(state, tenantId);
    yield* keepingAttempts(attempts);
  });
}

/** Returns the attempt's id; null where the quota is used up, and then nothing is kept. */
export async function saveIntent(
  knex: Knex,
  state: SyncState,
  attempt: Attempt,
  quota: Quota | null,
): Promise<number | null> {
  return await writeTogether(knex, function* () {
    if (quota !== null && (yield* isUsedUp(quota, attempt))) return null;
    const tenantId = (yield* survivorOf(state.tenantId)) ?? state.tenantId;
    yield* putState({ ...state, tenantId });
    return yield* insertingAttempt({ ...attempt, tenantId });
  });
}
