/** Which of a tenant's events belong together beyond doubt, and which go along when the landlord splits it. Pure. */
import type { BoomEvent } from '../boom/event.ts';
import type { FoldEvent } from './fold-event.ts';
import { keysOf } from './identity.ts';

/** One person as one event names it. */
export interface Mention {
  eventId: number;
  position: number;
  event: BoomEvent;
}

export type Reference = Pick<Mention, 'eventId' | 'position'>;

export function isSame(a: Reference, b: Reference): boolean {
  return a.eventId === b.eventId && a.position === b.position;
}

/** People whom the tenant's events name, in the order of the events. */
export function mentionsIn(events: readonly FoldEvent[]): Mention[] {
  return events.flatMap(({ id, event, positions }) =>
    positions.map((position) => ({ eventId: id, position, event })),
  );
}

/**
 * What joins each mention to others for certain: its strong keys, and where a delivery carries none its unit key, which
 * it shares with the first that has ids.
 */
export function certainJoins(mentions: readonly Mention[]): Map<Mention, string[]> {
  const joins = new Map<Mention, string[]>();
  const unitsWithIds = new Set<string>();
  for (const mention of mentions) {
    const { strong, unit } = keysOf(mention.event, mention.position);
    const own = [...strong];
    if (unit !== null && (strong.length === 0 || !unitsWithIds.has(unit))) own.push(unit);
    if (unit !== null && strong.length > 0) unitsWithIds.add(unit);
    joins.set(mention, own);
  }
  return joins;
}

function reached(
  from: readonly Mention[],
  among: readonly Mention[],
  joins: Map<Mention, string[]>,
): Set<Mention> {
  const byKey = new Map<string, Mention[]>();
  for (const mention of among) {
    for (const key of joins.get(mention) ?? []) byKey.set(key, [...(byKey.get(key) ?? []), mention]);
  }
  const found = new Set(from);
  for (const mention of found) {
    for (const key of joins.get(mention) ?? []) {
      for (const other of byKey.get(key) ?? []) found.add(other);
      byKey.delete(key);
    }
  }
  return found;
}

/** Groups that only contact keys or the landlord join to each other, each in the inbox's order. */
export function strandsOf(mentions: readonly Mention[]): Mention[][] {
  const joins = certainJoins(mentions);
  const strands: Mention[][] = [];
  const done = new Set<Mention>();
  for (const mention of mentions) {
    if (done.has(mention)) continue;
    const strand = reached([mention], mentions, joins);
    for (const one of strand) done.add(one);
    strands.push(mentions.filter((one) => strand.has(one)));
  }
  return strands;
}

/** What leaves with `others`: all that strong keys join to them, but for what they join to `first`. */
export function leaving(
  mentions: readonly Mention[],
  first: Reference,
  others: readonly Reference[],
): Mention[] {
  const joins = certainJoins(mentions);
  const named = (mention: Mention) => others.some((other) => isSame(other, mention));
  const rest = mentions.filter((mention) => !named(mention));
  const staying = reached(
    rest.filter((mention) => isSame(mention, first)),
    rest,
    joins,
  );
  const free = mentions.filter((mention) => !staying.has(mention));
  const gone = reached(mentions.filter(named), free, joins);
  return mentions.filter((mention) => gone.has(mention));
}
