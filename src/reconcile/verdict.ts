/** What a pass over one record ends with when nothing went wrong. */
import type { SyncStateName } from '../store/sync.ts';

export interface Verdict {
  state: SyncStateName;
  /** A word for filters; null when all is well. */
  cause: string | null;
  message: string | null;
  remedy: string | null;
}

export const SYNCED: Verdict = { state: 'synced', cause: null, message: null, remedy: null };

export function parked(cause: string, message: string, remedy: string): Verdict {
  return { state: 'parked', cause, message, remedy };
}
