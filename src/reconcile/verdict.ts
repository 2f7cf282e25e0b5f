/** What a pass over one record ends with when nothing went wrong. */
import type { RemoteId } from '../connect/contract.ts';
import type { SyncStateName } from '../store/sync.ts';
import type { ParkedCause } from './causes.ts';

export interface Verdict {
  state: SyncStateName;
  /** A word for filters; null when all is well. */
  cause: string | null;
  message: string | null;
  remedy: string | null;
  /** Records over there of which one may be this one; absent where a person is not asked that. */
  candidates?: RemoteId[];
}

export const SYNCED: Verdict = { state: 'synced', cause: null, message: null, remedy: null };

/** `candidates`: the records over there that a person is asked about. */
export function parked(
  cause: ParkedCause,
  message: string,
  remedy: string,
  candidates: RemoteId[] = [],
): Verdict {
  return { state: 'parked', cause, message, remedy, candidates };
}
