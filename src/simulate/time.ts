/** Milliseconds, and how Boom writes them. */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

/** `YYYY-MM-DD`, UTC. */
export function dayOf(at: number): string {
  return iso(at).slice(0, 10);
}

/** The first moment of the month that is `months` after the one of `at`, UTC. */
export function monthStart(at: number, months: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}
