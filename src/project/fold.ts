/** All events of one person, in the inbox's order, into the one record. Pure: the same events give the same record. */
import { foldApplications } from './applications.ts';
import { clustersOf } from './clusters.ts';
import { EFFECTS } from './effects.ts';
import { foldEnrollments } from './enrollments.ts';
import { byStamp, type FoldEvent, named, write } from './fold-event.ts';
import { settle, stampOf } from './register.ts';
import { foldResidencies } from './residencies.ts';
import { stageOf } from './stage.ts';
import type { Person, Tenant } from './tenant.ts';

/** Later steps of an identity verification's life; an unknown status ranks with the first. */
const VERIFICATION_RANK: Readonly<Record<string, number>> = {
  pending: 0,
  active: 1,
  review_required: 2,
  canceled: 3,
  failed: 4,
  finished: 5,
  expired: 6,
};

/** Keeps every timeline short enough to read and the record small. */
const TIMELINE_LIMIT = 200;

function personOf(ordered: readonly FoldEvent[]): Person {
  const person: Person = { firstName: null, lastName: null, email: null, phone: null };
  for (const item of ordered) {
    for (const said of named(item)) {
      if (said.firstName !== null || said.lastName !== null) {
        person.firstName = said.firstName ?? person.firstName;
        person.lastName = said.lastName ?? person.lastName;
      }
      person.email = said.email ?? person.email;
      person.phone = said.phone ?? person.phone;
    }
  }
  return person;
}

function idsOf(events: readonly FoldEvent[]): Tenant['ids'] {
  const people = events.flatMap(named);
  const distinct = (values: (string | null | undefined)[]) =>
    [...new Set(values.filter((value) => value != null))].sort();
  return {
    applicant: distinct(people.map((p) => p.applicantId)),
    lead: distinct(people.map((p) => p.leadId)),
    customer: distinct(people.map((p) => p.customerId)),
    enrollment: distinct(
      events.map((item) => (item.positions.length > 0 ? item.event.enrollment?.id : null)),
    ),
    external: distinct(people.flatMap((p) => [p.externalId, p.customerExternalId])),
  };
}

export function fold(identity: { id: string; account: string }, events: readonly FoldEvent[]): Tenant {
  const ordered = byStamp(events);
  const clusters = clustersOf(events);
  const applications = foldApplications(events, clusters);
  const enrollments = foldEnrollments(events, clusters);
  const residencies = foldResidencies(events, applications);
  const person = personOf(ordered);

  const verification = settle(
    events.flatMap((item) => {
      const found = item.event.identityVerification;
      return found ? [write(item, found, VERIFICATION_RANK[found.status ?? ''] ?? 0)] : [];
    }),
  );
  const pushed = settle(events.flatMap((item) => (item.event.push ? [write(item, item.event.push, 0)] : [])));
  const timeline = ordered
    .filter((item) => EFFECTS[item.event.name].timeline)
    .map((item) => ({ eventId: item.id, at: item.event.updatedAt ?? item.arrival, event: item.event.name }));

  return {
    id: identity.id,
    account: identity.account,
    person,
    ids: idsOf(events),
    knownOnlyById: person.firstName === null && person.lastName === null && person.email === null,
    weaklyJoined: applications.some((a) => a.weak) || enrollments.some((e) => e.weak),
    stage: stageOf(applications, residencies),
    applications,
    enrollments,
    residencies,
    identityVerification: verification?.value ?? null,
    boomPush: pushed ? { ...pushed.value, at: stampOf(pushed) } : null,
    timeline: timeline.slice(-TIMELINE_LIMIT),
  };
}
