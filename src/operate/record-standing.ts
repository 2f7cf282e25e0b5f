/** How one record stands, in one word: what lists, pages and counts of them agree on. Pure. */
import type { ConnectionHealth } from '../store/connections.ts';
import type { SyncState } from '../store/sync.ts';
import { isQuiet } from '../store/sync-answers.ts';
import type { Verdict } from './verdict.ts';

/** The worst first; each with the verdict whose shape and colour it has. */
export const STANDING_WORDS = {
  needs_you: 'needs_you',
  stopped: 'stopped',
  catching_up: 'catching_up',
  settling: 'catching_up',
  waits_for_boom: 'catching_up',
  paused: 'paused',
  held: 'paused',
  put_off: 'paused',
  preview: 'not_set_up',
  in_line: 'in_line',
  nothing_to_write: 'in_line',
} as const satisfies Record<string, Verdict>;
export type StandingWord = keyof typeof STANDING_WORDS;

const WORST_FIRST = Object.keys(STANDING_WORDS) as StandingWord[];

const FOR_BOOM: ReadonlySet<string> = new Set(['unknown_person', 'unit_unknown', 'awaits_read']);

export interface Around {
  /** What Boom said since was not looked at there yet. */
  behind: boolean;
  health: Pick<ConnectionHealth, 'state' | 'pausedAt'> | null;
  /** UTC ISO 8601. */
  now: string;
}

export function standingOf(state: SyncState, { behind, health, now }: Around): StandingWord {
  if (state.heldAt !== null) return 'held';
  if (state.state === 'parked') return isQuiet(state, now) ? 'put_off' : 'needs_you';
  const calm = state.state === 'synced' || state.state === 'skipped';
  if (calm && !behind) return state.state === 'synced' ? 'in_line' : 'nothing_to_write';
  if (health?.pausedAt) return 'paused';
  if (health?.state === 'broken') return 'stopped';
  if (state.state !== 'waiting') return 'catching_up';
  if (state.cause === 'preview') return 'preview';
  if (state.cause === 'settling') return 'settling';
  return FOR_BOOM.has(state.cause ?? '') ? 'waits_for_boom' : 'catching_up';
}

/** Of several records of one person; null where there are none. */
export function worstOf(words: readonly StandingWord[]): StandingWord | null {
  return WORST_FIRST.find((word) => words.includes(word)) ?? null;
}
