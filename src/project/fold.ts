/** All events of one person into the one record. Pure: the same events give the same record. */
import { foldApplications } from './applications.ts';
import { boomPushOf } from './boom-push.ts';
import { clustersOf } from './clusters.ts';
import { dossiersOf } from './dossiers.ts';
import { EFFECTS } from './effects.ts';
import { foldEnrollments } from './enrollments.ts';
import { bySaid, byStamp, type FoldEvent, named, stampOfEvent, write } from './fold-event.ts';
import { mergesIn } from './merges.ts';
import { IDENTITY_RANK, RETRY_WINDOW_MS } from './ordering.ts';
import { settle } from './register.ts';
import { foldResidencies } from './residencies.ts';
import { stageOf } from './stage.ts';
import type { Person, Tenant } from './tenant.ts';

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

function verificationOf(events: readonly FoldEvent[]): Tenant['identityVerification'] {
  const writes = events.flatMap((item) => {
    const found = item.event.identityVerification;
    return found ? [write(item, found, IDENTITY_RANK[found.status ?? ''] ?? 0)] : [];
  });
  return settle(writes)?.value ?? null;
}

/** What was delivered twice is one entry. */
function isRepeated(a: FoldEvent, b: FoldEvent): boolean {
  if (a.event.name !== b.event.name) return false;
  if (a.event.requestId !== null || b.event.requestId !== null)
    return a.event.requestId === b.event.requestId;
  if (a.event.updatedAt !== null || b.event.updatedAt !== null)
    return a.event.updatedAt === b.event.updatedAt;
  return Date.parse(b.arrival) - Date.parse(a.arrival) <= RETRY_WINDOW_MS;
}

function timelineOf(events: readonly FoldEvent[]): Tenant['timeline'] {
  const shown: FoldEvent[] = [];
  for (const item of byStamp(events)) {
    if (!EFFECTS[item.event.name].timeline) continue;
    const before = shown.findLast((other) => other.event.name === item.event.name);
    if (before === undefined || !isRepeated(before, item)) shown.push(item);
  }
  return shown
    .slice(-TIMELINE_LIMIT)
    .map((item) => ({ eventId: item.id, at: stampOfEvent(item), event: item.event.name }));
}

export function fold(identity: { id: string; account: string }, events: readonly FoldEvent[]): Tenant {
  const clusters = clustersOf(events);
  const merges = mergesIn(events);
  const dossiers = dossiersOf(events, merges);
  const applications = foldApplications(events, dossiers, merges, clusters);
  const enrollments = foldEnrollments(events, clusters);
  const residencies = foldResidencies(events, applications);
  const person = personOf(bySaid(events));

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
    identityVerification: verificationOf(events),
    boomPush: boomPushOf(dossiers, merges),
    timeline: timelineOf(events),
  };
}
