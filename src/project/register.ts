/** One register: which of several writes counts, by the rules of ordering.ts, whatever their order here. Pure. */
import { RULES, type Stamped } from './ordering.ts';

export interface Write<V> extends Stamped {
  value: V;
  /** The place in the inbox. */
  eventId: number;
  /** Raises the register and never lowers it. */
  atLeast?: boolean;
}

export interface Settled<V> {
  value: V;
  /** The write that said `value` last. */
  counts: Write<V>;
  /** When the register came to be what it is: the first of an unbroken run of the same value. */
  since: string;
}

/** What a register's values mean to each other. */
export interface ValueRules<V> {
  /** What two writes of the same value come to; null where the values differ. */
  join?: (next: V, known: V) => V | null;
  /** Whether what a fresh read says leaves the known value as it is, because the API has no finer word. */
  confirms?: (said: V, known: V) => boolean;
}

/** Whether `next` counts and not `current`. */
function supersedes(next: Stamped, current: Stamped): boolean {
  const rule = RULES.find(({ applies }) => applies(next, current));
  return rule !== undefined && rule.compare(next, current) >= 0;
}

/** The time a write stands for: the payload's own, else arrival. */
export function stampOf(write: Stamped): string {
  return write.time ?? write.arrival;
}

/** Oldest first; of one time the one that counts last. It does not depend on the order in which writes came. */
function inTime<V>(a: Write<V>, b: Write<V>): number {
  const [x, y] = [stampOf(a), stampOf(b)];
  if (x !== y) return x < y ? -1 : 1;
  return Number(supersedes(a, b)) - Number(supersedes(b, a)) || a.eventId - b.eventId;
}

/** What stands while the writes are gone through in time. */
interface Standing<V> extends Settled<V> {
  /** What `value` rests on last: `counts`, or a read that only confirmed it. */
  authority: Write<V>;
}

const same = <V>(next: V, known: V): V | null => (Object.is(next, known) ? next : null);

function after<V>(
  known: Standing<V> | null,
  next: Write<V>,
  { join = same, confirms }: ValueRules<V>,
): Standing<V> {
  const fresh = { value: next.value, counts: next, authority: next, since: stampOf(next) };
  if (known === null) return fresh;
  const { authority } = known;
  if (supersedes(next, authority)) {
    const joined = join(next.value, known.value);
    if (joined !== null) return { ...fresh, value: joined, since: known.since };
    if (next.read && confirms?.(next.value, known.value)) return { ...known, authority: next };
    return fresh;
  }
  // Sent before the read, for all that we can tell, and finer than what the read could say.
  const refines = authority.read && confirms?.(authority.value, next.value);
  if (refines && (known.counts === authority || next.rank >= known.counts.rank))
    return { ...fresh, authority };
  return known;
}

/** The value that counts, of writes in any order; null for none. */
export function settle<V>(writes: readonly Write<V>[], rules: ValueRules<V> = {}): Settled<V> | null {
  if (writes.length === 0) return null;
  const known = writes
    .filter((write) => !write.atLeast)
    .sort(inTime)
    .reduce<Standing<V> | null>((so, next) => after(so, next, rules), null);
  const [raise] = writes
    .filter((write) => write.atLeast && (known === null || raises(write, known)))
    .sort((a, b) => b.rank - a.rank || inTime(a, b));
  if (raise) return { value: raise.value, counts: raise, since: stampOf(raise) };
  return known && { value: known.value, counts: known.counts, since: known.since };
}

/** A read is the truth at its stamp: what was said before it raises nothing any more. */
function raises<V>(raise: Write<V>, { counts, authority }: Standing<V>): boolean {
  return raise.rank > counts.rank && (!authority.read || supersedes(raise, authority));
}
