/** From when on an account is read, and what of it counts as read from then on. Pure. */
import type { NewResync } from '../store/resyncs.ts';

export interface ResyncAsked {
  /** UTC ISO 8601; null: since the last time. */
  since: string | null;
  /** Everything, whenever it changed. */
  all: boolean;
}

export interface AccountSoFar {
  /** Up to when nothing was left out; null where the account was never read. */
  coveredUntil: string | null;
  /** Null where nothing has been received. */
  firstEventAt: string | null;
}

/** `at`: now. All are UTC ISO 8601. */
export function intervalOf(
  { since, all }: ResyncAsked,
  { coveredUntil, firstEventAt }: AccountSoFar,
  at: string,
): Pick<NewResync, 'since' | 'until' | 'baseline' | 'covers'> {
  const sinceLast = coveredUntil ?? firstEventAt ?? at;
  const begin = all ? null : (since ?? sinceLast);
  return {
    since: begin,
    until: at,
    baseline: !all && coveredUntil === null,
    // One that begins later leaves out what changed between.
    covers: begin === null || begin <= sinceLast,
  };
}
