/** An event as the fold of one tenant sees it, and small things that every part of the fold asks of it. */
import type { BoomEvent, EventPerson } from '../boom/event.ts';
import { EFFECTS, isRead } from './effects.ts';
import { RETRY_WINDOW_MS } from './ordering.ts';
import type { Write } from './register.ts';

export interface FoldEvent {
  /** The place in the inbox. */
  id: number;
  /** When we received it, UTC ISO 8601. */
  arrival: string;
  event: BoomEvent;
  /** Which of the event's people are this tenant; empty where it only concerns the tenant's application. */
  positions: number[];
}

export function write<V>(from: FoldEvent, value: V, rank: number): Write<V> {
  const { updatedAt: time } = from.event;
  const said = { value, rank, time, arrival: from.arrival, eventId: from.id };
  return isRead(from.event) ? { ...said, read: true } : said;
}

/** The tenant among the people that the event names. */
export function named(from: FoldEvent): EventPerson[] {
  return from.positions.flatMap((position) => from.event.people[position] ?? []);
}

/** Says something of one person of the application who is somebody else. */
export function isOfAnother(item: FoldEvent): boolean {
  const effect = EFFECTS[item.event.name].leasing;
  return effect?.whom === 'person' && item.positions.length === 0 && item.event.people.length > 0;
}

/** The payload's own time, else arrival. */
export function stampOfEvent(item: FoldEvent): string {
  return item.event.updatedAt ?? item.arrival;
}

function sorted(events: readonly FoldEvent[], stamp: (item: FoldEvent) => string): FoldEvent[] {
  return events
    .map((item) => ({ item, at: stamp(item), read: Number(isRead(item.event)) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.read - b.read || a.item.id - b.item.id))
    .map(({ item }) => item);
}

/** Oldest first by the payload's own time, else arrival; of one time a fresh read last. */
export function byStamp(events: readonly FoldEvent[]): FoldEvent[] {
  return sorted(events, stampOfEvent);
}

/**
 * The order in which plain fields overwrite each other. What has no time may have been sent a retry window before it
 * came: within the window it does not overwrite what has one.
 */
export function bySaid(events: readonly FoldEvent[]): FoldEvent[] {
  return sorted(
    events,
    ({ event, arrival }) => event.updatedAt ?? new Date(Date.parse(arrival) - RETRY_WINDOW_MS).toISOString(),
  );
}
