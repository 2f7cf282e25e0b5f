/** One place decides what becomes of a record after an error. */
import type { PushError } from '../http/push-error.ts';
import type { SyncState } from '../store/sync.ts';
import { MAX_ATTEMPTS, retryWait } from './schedule.ts';

export interface Fate {
  state: SyncState;
  /** When to try again, in milliseconds; null: only a change or a person brings it back. */
  retryInMs: number | null;
}

const LISTED = 5;

function messageOf(message: string, ids: readonly string[]): string {
  if (ids.length === 0) return message;
  const more = ids.length > LISTED ? ', …' : '';
  return `${message.replace(/\.$/, '')} (there: ${ids.slice(0, LISTED).join(', ')}${more})`;
}

/** A failure of the connection, or a wait that it asks for, is nobody's own and uses up no attempt. */
export function fateOf(error: PushError, state: SyncState, random: () => number): Fate {
  const { kind: cause, message, remedy } = error;
  const others = state.answers?.others ?? [];
  const candidates = [...new Set(error.candidates)].filter((id) => !others.includes(id));
  const failed = { ...state, cause, message: messageOf(message, candidates), remedy, candidates };
  if (error.concernsConnection || error.kind === 'rate_limited') {
    return { state: { ...failed, state: state.state === 'creating' ? 'creating' : 'waiting' }, retryInMs: 0 };
  }
  switch (error.kind) {
    case 'transient':
    case 'unknown_outcome':
    case 'conflict': {
      const attempts = state.attempts + 1;
      if (attempts > MAX_ATTEMPTS)
        return { state: { ...failed, state: 'parked', attempts }, retryInMs: null };
      const wait = Math.max(error.retryAfterMs ?? 0, retryWait(attempts, random));
      const name = state.state === 'creating' ? 'creating' : 'retrying';
      return { state: { ...failed, state: name, attempts }, retryInMs: wait };
    }
    case 'unauthorized':
    case 'maintenance':
    case 'forbidden':
    case 'invalid':
    case 'not_found':
    case 'ambiguous':
    case 'unmapped_unit':
      return { state: { ...failed, state: 'parked' }, retryInMs: null };
    default:
      return error.kind satisfies never;
  }
}
