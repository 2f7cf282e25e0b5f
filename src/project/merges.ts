/** Which applications were merged into which. Pure. */
import { byStamp, type FoldEvent, stampOfEvent } from './fold-event.ts';

export interface Merges {
  /** Where an application's people are now. */
  targetOf(id: string): string;
  /** When it was merged: the payload's time, else arrival; null for one that was not. */
  mergedAt(id: string): string | null;
  /** Applications whose people are in this one now, the first merged first. */
  sourcesOf(id: string): string[];
  /** The events that merged others into this one. */
  eventsInto(id: string): FoldEvent[];
}

export function mergesIn(events: readonly FoldEvent[]): Merges {
  const target = new Map<string, { to: string; at: string }>();
  const into = new Map<string, FoldEvent[]>();
  for (const item of byStamp(events)) {
    const merge = item.event.merge;
    if (!merge) continue;
    into.set(merge.targetId, [...(into.get(merge.targetId) ?? []), item]);
    for (const id of merge.mergedIds) {
      // A repetition does not make it later.
      if (id === merge.targetId || target.get(id)?.to === merge.targetId) continue;
      target.set(id, { to: merge.targetId, at: stampOfEvent(item) });
    }
  }
  const targetOf = (id: string): string => {
    const seen = new Set([id]);
    let at = id;
    for (let next = target.get(at); next && !seen.has(next.to); next = target.get(at)) {
      at = next.to;
      seen.add(at);
    }
    return at;
  };
  return {
    targetOf,
    mergedAt: (id) => target.get(id)?.at ?? null,
    sourcesOf: (id) => [...target.keys()].filter((source) => source !== id && targetOf(source) === id),
    eventsInto: (id) => into.get(id) ?? [],
  };
}
