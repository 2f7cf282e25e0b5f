/**
 * What a person asked to see in the clear. The asking is a form, so that no link can do it, and is written to the
 * people log first; what it opens is one thing, for whoever asked, for a few minutes.
 */
import type { Who } from './contract.ts';
import { KeptForWho } from './kept.ts';

/** Nobody looks at more at a time. */
const grants = new KeptForWho<string>(5 * 60_000, 1_000);

/** `what`: `event 12`. Returns what the page's address has to hold. */
export function reveal(who: Who, what: string, now: Date): string {
  return grants.keep(who, what, now);
}

export function isRevealed(who: Who, what: string, key: string | null, now: Date): boolean {
  return key !== null && grants.get(who, key, now) === what;
}
