/** One register: the rule for which of several writes counts. Pure; docs/ordering.md says why. */

/**
 * How far apart Boom's own retries may bring two deliveries: two retries a minute apart, and ten seconds of slack.
 * Within it arrival says nothing about order.
 */
export const RETRY_WINDOW_MS = 130_000;

export interface Write<V> {
  value: V;
  /** The payload's own time, UTC ISO 8601; null where it has none. */
  time: string | null;
  /** When we received it, UTC ISO 8601. */
  arrival: string;
  /** The place in the inbox. */
  eventId: number;
  rank: number;
  /** Raises the register and never lowers it. */
  atLeast?: boolean;
}

/** Whether `next` replaces `current`; `next` stands later in the inbox. */
export function supersedes<V>(next: Write<V>, current: Write<V>): boolean {
  if (next.atLeast) return next.rank > current.rank;
  if (current.atLeast) return next.rank >= current.rank;
  if (next.time !== null && current.time !== null && next.time !== current.time)
    return next.time > current.time;
  const apart = Math.abs(Date.parse(next.arrival) - Date.parse(current.arrival));
  const sameTime = next.time !== null && next.time === current.time;
  if (sameTime || apart <= RETRY_WINDOW_MS) return next.rank >= current.rank;
  return next.arrival > current.arrival;
}

/** The write that counts, of writes in the inbox's order. */
export function settle<V>(writes: readonly Write<V>[]): Write<V> | null {
  let current: Write<V> | null = null;
  for (const next of writes) {
    if (current === null || supersedes(next, current)) current = next;
  }
  return current;
}

/** The time a write stands for: the payload's own, else arrival. */
export function stampOf(write: Write<unknown>): string {
  return write.time ?? write.arrival;
}
