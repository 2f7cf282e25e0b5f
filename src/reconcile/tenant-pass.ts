/** One tenant in one connection: every record it should have, and what becomes of those it should not. */
import type { Connection } from '../connect/connection.ts';
import { asPushError, type PushError } from '../http/push-error.ts';
import type { MadeAttempt } from '../store/attempts.ts';
import type { PassOutcome, SyncState } from '../store/sync.ts';
import type { TenantRow } from '../store/tenants.ts';
import { fateOf } from './fate.ts';
import { freshState } from './fresh-state.ts';
import type { PassTools } from './pass-tools.ts';
import { passRecord } from './record-pass.ts';
import { RecordWork } from './record-work.ts';
import { parked } from './verdict.ts';
import { type WantedRecord, wantedRecords } from './wanted.ts';

export interface TenantPass extends PassOutcome {
  /** A failure of the connection, or a wait that it asked for. */
  failure: PushError | null;
  /** Errors that are our own fault, for the log. */
  faults: unknown[];
}

/**
 * The state of each record: by place, else the only one of its kind whose place is no longer spoken of (a unit turned
 * out to be one that was known under another event): the one that has a record over there, or that a person spoke of.
 */
function matchStates(
  records: WantedRecord[],
  states: SyncState[],
): { of: Map<WantedRecord, SyncState>; left: SyncState[] } {
  const of = new Map<WantedRecord, SyncState>();
  const left = new Set(states);
  for (const record of records) {
    const own = states.find((s) => s.kind === record.kind && s.place === record.place);
    if (own) {
      of.set(record, own);
      left.delete(own);
    }
  }
  for (const record of records) {
    if (of.has(record)) continue;
    const kind = [...left].filter((s) => s.kind === record.kind);
    const there = kind.filter((s) => s.remoteId !== null);
    const spare = there.length > 0 ? there : kind.filter((s) => s.answers !== null);
    const [only] = spare;
    if (spare.length === 1 && only) {
      of.set(record, only);
      left.delete(only);
    }
  }
  return { of, left: [...left] };
}

/** Level-triggered: reads where things stand and brings them in line. Throws nothing that a PMS could cause. */
export async function passTenant(
  { revision, record: tenant }: TenantRow,
  connection: Connection,
  known: SyncState[],
  tools: PassTools & { random: () => number },
): Promise<TenantPass> {
  const result: TenantPass = {
    tenantId: tenant.id,
    pass: null,
    states: [],
    gone: [],
    attempts: [],
    failure: null,
    faults: [],
  };
  const at = () => tools.now().toISOString();
  const records = await wantedRecords(tenant, connection, {
    timezone: tools.timezone,
    installation: await tools.installation(),
  });
  const matched = matchStates(records, known);
  let nextAttempt = Number.POSITIVE_INFINITY;

  for (const record of records) {
    const before = matched.of.get(record);
    const state: SyncState = before
      ? { ...before, tenantId: tenant.id, place: record.place }
      : freshState({ ...record, tenantId: tenant.id, connection: connection.name }, at());
    if (before && before.place !== record.place) result.gone.push(before);
    const pass = new RecordWork(record, state, connection, tools);
    try {
      await passRecord(pass);
      if (pass.lookAgainInMs !== null)
        nextAttempt = Math.min(nextAttempt, tools.now().getTime() + pass.lookAgainInMs);
      result.states.push(pass.state);
      result.attempts.push(...pass.attempts);
    } catch (thrown) {
      const error = asPushError(thrown);
      if (error !== thrown) result.faults.push(thrown);
      const fate = fateOf(error, pass.state, tools.random);
      result.states.push({ ...fate.state, updatedAt: at() });
      result.attempts.push(...attemptsWith(error, pass, at()));
      if (error.concernsConnection || error.kind === 'rate_limited') {
        result.failure = error;
        return result;
      }
      if (fate.retryInMs !== null)
        nextAttempt = Math.min(nextAttempt, tools.now().getTime() + fate.retryInMs);
    }
  }

  for (const state of matched.left) {
    if (state.remoteId === null) {
      result.gone.push(state);
    } else if (state.heldAt !== null || (connection.mode !== 'live' && connection.connector.retire)) {
      result.states.push(state);
    } else if (connection.connector.retire) {
      await connection.connector.retire(state.kind, state.remoteId);
      result.gone.push(state);
    } else {
      result.states.push({ ...state, ...SUPERSEDED, updatedAt: at() });
    }
  }
  result.pass = {
    tenantId: tenant.id,
    connection: connection.name,
    tenantRevision: revision,
    connectionRevision: connection.revision,
    nextAttemptAt: Number.isFinite(nextAttempt) ? new Date(nextAttempt).toISOString() : null,
  };
  return result;
}

/** A record that nobody speaks of any more stays in the PMS, and a person decides what becomes of it. */
const SUPERSEDED = {
  ...parked(
    'superseded',
    'This person has two records there: another one stands for this unit now',
    'Leave one of them in the PMS.',
  ),
};

/** What failed is what was under way; where nothing was sent yet, it was the look. */
function attemptsWith(error: PushError, { attempts, state }: RecordWork, at: string): MadeAttempt[] {
  const { kind: outcome, message } = error;
  const [open] = attempts.filter((attempt) => attempt.outcome === 'sent');
  if (open !== undefined) {
    return attempts.map((attempt) =>
      attempt.outcome === 'sent' ? { ...attempt, outcome, message } : attempt,
    );
  }
  const { tenantId, connection, kind, place, remoteId } = state;
  const what = { action: 'look' as const, outcome, message, before: null, changes: null, remoteId, at };
  return [...attempts, { id: null, tenantId, connection, kind, place, ...what }];
}
