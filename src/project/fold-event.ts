/** An event as the fold of one tenant sees it, and small things that every part of the fold asks of it. */
import type { BoomEvent, EventPerson } from '../boom/event.ts';
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
  return { value, rank, time: from.event.updatedAt, arrival: from.arrival, eventId: from.id };
}

/** The tenant among the people that the event names. */
export function named(from: FoldEvent): EventPerson[] {
  return from.positions.flatMap((position) => from.event.people[position] ?? []);
}

/** Oldest first by the payload's own time, else arrival: the order in which plain fields overwrite each other. */
export function byStamp(events: readonly FoldEvent[]): FoldEvent[] {
  const stamp = (e: FoldEvent) => e.event.updatedAt ?? e.arrival;
  return [...events].sort((a, b) => (stamp(a) < stamp(b) ? -1 : stamp(a) > stamp(b) ? 1 : a.id - b.id));
}
