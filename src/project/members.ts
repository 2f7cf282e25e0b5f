/**
 * When a person left an application. Boom has no message for a split, and only a read of the application names everyone
 * in it: a read without a person who was named by an applicant's id ends the membership, and whatever names them later
 * begins it anew. Pure.
 */
import { type FoldEvent, named, stampOfEvent, write } from './fold-event.ts';
import type { Merges } from './merges.ts';
import { MEMBERSHIP_RANK } from './ordering.ts';
import { settle } from './register.ts';

/** `entered`: what puts the person into the application; reads from `until` on say nothing of it. */
function outSince(
  id: string,
  events: readonly FoldEvent[],
  entered: readonly FoldEvent[],
  until: string | null,
): string | null {
  const ids = new Set(entered.flatMap((item) => named(item).flatMap((person) => person.applicantId ?? [])));
  if (ids.size === 0) return null;
  const without = events.filter(
    (item) =>
      item.event.name === 'application_read' &&
      item.event.application?.id === id &&
      item.positions.length === 0 &&
      item.event.people.length > 0 &&
      item.event.people.every(
        ({ applicantId, forgotten }) => forgotten || (applicantId !== null && !ids.has(applicantId)),
      ) &&
      (until === null || stampOfEvent(item) < until),
  );
  const settled = settle([
    ...entered.map((item) => write(item, true, MEMBERSHIP_RANK)),
    ...without.map((item) => write(item, false, MEMBERSHIP_RANK)),
  ]);
  return settled?.value === false ? settled.since : null;
}

const naming = (id: string, events: readonly FoldEvent[]): FoldEvent[] =>
  events.filter((item) => item.event.application?.id === id && item.positions.length > 0);

/**
 * The stamp of the first read that no longer names the person; null for somebody who is in it. `events`: all of the
 * person's. A merge carries into its target whoever was in the source by then.
 */
export function leftAt(id: string, events: readonly FoldEvent[], merges: Merges): string | null {
  const own = naming(id, events);
  if (merges.targetOf(id) !== id) return outSince(id, events, own, merges.mergedAt(id));
  const carried = merges.sourcesOf(id).flatMap((source) => {
    const entered = naming(source, events);
    return outSince(source, events, entered, merges.mergedAt(source)) === null ? entered : [];
  });
  const brought = carried.length > 0 ? merges.eventsInto(id) : [];
  return outSince(id, events, [...own, ...carried, ...brought], null);
}

/** Whether an event reaches somebody who left: it names them, or is from before. */
export function reaches(item: FoldEvent, left: string | null): boolean {
  return left === null || item.positions.length > 0 || stampOfEvent(item) < left;
}
