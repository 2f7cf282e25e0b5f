/**
 * What a person asked to see in the clear. The asking is a form, so that no link can do it, and is written to the
 * people log first; what it opens is one thing, for whoever asked, for a few minutes.
 */
import { randomBytes } from 'node:crypto';
import type { Who } from './contract.ts';

const OPEN_MS = 5 * 60_000;
/** Nobody looks at more at a time. */
const MOST = 1_000;

interface Grant {
  who: string;
  what: string;
  until: number;
}

const grants = new Map<string, Grant>();
const nameOf = (who: Who) => who.session?.id ?? `script ${who.name}`;

/** `what`: `event 12`. Returns what the page's address has to hold. */
export function reveal(who: Who, what: string, now: Date): string {
  const key = randomBytes(16).toString('base64url');
  grants.set(key, { who: nameOf(who), what, until: now.getTime() + OPEN_MS });
  for (const [old, { until }] of grants) if (until < now.getTime() || grants.size > MOST) grants.delete(old);
  return key;
}

export function isRevealed(who: Who, what: string, key: string | null, now: Date): boolean {
  const grant = key === null ? undefined : grants.get(key);
  return (
    grant !== undefined && grant.what === what && grant.who === nameOf(who) && grant.until >= now.getTime()
  );
}
