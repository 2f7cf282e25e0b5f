/** The other people of an application, as far as one tenant's events show them. Pure. */
import type { EventPerson } from '../boom/event.ts';
import { DECISIONS, isRead } from './effects.ts';
import { bySaid, type FoldEvent, isOfAnother, named } from './fold-event.ts';
import { settleLeasing } from './leasing.ts';
import type { Leasing } from './tenant.ts';

/** `own`: the application's events. Those that name one person are silent about the others. */
export function othersIn(own: readonly FoldEvent[]): number {
  const everyone = bySaid(own).filter(
    (item) =>
      named(item).length > 0 && (item.event.people.length > 1 || item.event.name === 'application_read'),
  );
  const last = everyone.at(-1);
  return last ? last.event.people.length - last.positions.length : 0;
}

/** One of them in all of their events; a name says it where the ids differ from event to event. */
function keyOf(person: EventPerson | undefined): string {
  const name = [person?.firstName, person?.lastName].filter(Boolean).join(' ').toLowerCase();
  return name || (person?.applicantId ?? person?.leadId ?? person?.externalId ?? person?.email ?? '');
}

/** Whether Boom decided otherwise about another person of this application. `events`: all of the tenant's. */
export function isContradicted(
  application: { id: string | null; leasing: Leasing | null; left: boolean },
  events: readonly FoldEvent[],
): boolean {
  const { id, leasing, left } = application;
  if (id === null || left || leasing === null || !DECISIONS.has(leasing)) return false;
  const byPerson = new Map<string, FoldEvent[]>();
  const others = events.filter(
    (one) => one.event.application?.id === id && isOfAnother(one) && !isRead(one.event),
  );
  for (const item of others) {
    const key = keyOf(item.event.people[0]);
    byPerson.set(key, [...(byPerson.get(key) ?? []), item]);
  }
  return [...byPerson.values()].some((own) => {
    const other = settleLeasing(own)?.value.leasing;
    return other !== undefined && DECISIONS.has(other) && other !== leasing;
  });
}
