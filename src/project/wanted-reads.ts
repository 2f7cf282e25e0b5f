/** What a delivery leaves unsaid and Boom's API can say: the objects to read. Pure. */
import type { BoomEvent } from '../boom/event.ts';
import { EFFECTS, isOutcome, isRead } from './effects.ts';
import type { Tenant } from './tenant.ts';

export interface WantedBy extends WantedRead {
  account: string;
  /** The event that speaks of it. */
  eventId: number;
}

export interface WantedRead {
  /** `application:77`, `lead:5`, `customer:8`, `enrollment:9`, `issues:8` (of a customer), `applications-on:2026-11-03`. */
  object: string;
  /** Read again although an event has told of it before. */
  anew: boolean;
}

/** What the events of a batch want read. */
export function wantedBy(
  events: readonly { id: number; account: string; receivedAt: string; event: BoomEvent }[],
): WantedBy[] {
  return events.flatMap(({ id, account, receivedAt, event }) => {
    const wanted = isRead(event) ? readsWantedByRead(event) : readsWantedBy(event, receivedAt);
    return wanted.map((one) => ({ ...one, account, eventId: id }));
  });
}

/** What a delivery wants read. `arrival`: UTC ISO 8601. */
function readsWantedBy(event: BoomEvent, arrival: string): WantedRead[] {
  const wanted = new Map<string, boolean>();
  const want = (object: string, anew: boolean) => wanted.set(object, anew || wanted.get(object) === true);

  const { application, merge, enrollment, people } = event;
  if (application?.id) want(`application:${application.id}`, true);
  // Boom's basic deliveries name no application, and the API lists by the day of the last change.
  else if (application !== null) want(`applications-on:${(event.updatedAt ?? arrival).slice(0, 10)}`, true);
  if (merge) for (const id of [merge.targetId, ...merge.mergedIds]) want(`application:${id}`, true);

  for (const { leadId, applicantId, customerId } of people) {
    if (leadId !== null && (applicantId === null || event.identityVerification !== null))
      want(`lead:${leadId}`, true);
    if (customerId === null) continue;
    want(`customer:${customerId}`, event.name === 'customer_registered');
    if (event.issue !== null) want(`issues:${customerId}`, true);
  }
  const { reporting, own } = EFFECTS[event.name];
  if (enrollment) want(`enrollment:${enrollment.id}`, reporting !== undefined || own === 'verification');
  return [...wanted].map(([object, anew]) => ({ object, anew }));
}

/** What a read wants read: other objects that it names, unless they have been; never its own again. */
function readsWantedByRead({ name, application, people }: BoomEvent): WantedRead[] {
  if (name === 'lead_read')
    return application?.id ? [{ object: `application:${application.id}`, anew: false }] : [];
  if (name !== 'enrollment_read' && name !== 'issues_read') return [];
  return people.flatMap(({ customerId }) =>
    customerId === null ? [] : [{ object: `customer:${customerId}`, anew: false }],
  );
}

/**
 * What a message that names no application wants read once it is known whom it is about: each application of theirs
 * that has an outcome now. Otherwise whoever leaves out the id would be believed without Boom having been asked.
 */
export function wantedByOutcome(
  { id: eventId, account, event }: { id: number; account: string; event: BoomEvent },
  { applications }: Pick<Tenant, 'applications'>,
): WantedBy[] {
  if (isRead(event) || event.application === null || event.application.id !== null) return [];
  return applications.flatMap(({ id, leasing }) =>
    id === null || leasing === null || !isOutcome(leasing)
      ? []
      : [{ object: `application:${id}`, anew: true, account, eventId }],
  );
}

/** What could be read about a tenant: before a record is made of it, all of it should have been. */
export function objectsOf({ ids, applications }: Tenant): string[] {
  return [
    ...applications.map(({ id, updatedAt }) =>
      id === null ? `applications-on:${updatedAt?.slice(0, 10)}` : `application:${id}`,
    ),
    ...ids.lead.map((id) => `lead:${id}`),
    ...ids.customer.map((id) => `customer:${id}`),
    ...ids.enrollment.map((id) => `enrollment:${id}`),
  ];
}
