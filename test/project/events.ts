/** Short ways to write events and histories. */
import type { BoomEvent, EventEnrollment, EventPerson } from '../../src/boom/event.ts';
import type { RecordName } from '../../src/boom/events.ts';
import { fold } from '../../src/project/fold.ts';
import type { FoldEvent } from '../../src/project/fold-event.ts';
import type { Tenant } from '../../src/project/tenant.ts';

export function person(changes: Partial<EventPerson> = {}): EventPerson {
  return {
    applicantId: null,
    leadId: null,
    customerId: null,
    externalId: null,
    customerExternalId: null,
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    role: null,
    status: null,
    ...changes,
  };
}

export const ANA = person({
  externalId: 'ana',
  firstName: 'Ana',
  lastName: 'Ruiz',
  email: 'ana@example.com',
  phone: '+15125550143',
});

type Changes = Partial<Omit<BoomEvent, 'name' | 'application'>> & {
  application?: Partial<NonNullable<BoomEvent['application']>> | null;
};

export function event(name: RecordName, changes: Changes = {}): BoomEvent {
  const { application, ...rest } = changes;
  return {
    name,
    requestId: null,
    updatedAt: null,
    people: [],
    merge: null,
    identityVerification: null,
    enrollment: null,
    reasons: [],
    verification: null,
    issue: null,
    openIssues: null,
    correction: null,
    furnishment: null,
    payment: null,
    push: null,
    invitedLead: false,
    notUnderstood: [],
    ...rest,
    application: application
      ? {
          id: null,
          status: null,
          unit: null,
          rent: null,
          moveInOn: null,
          createdAt: null,
          decidedAt: null,
          ...application,
        }
      : null,
  };
}

export function enrollmentOf(id: string, changes: Partial<EventEnrollment> = {}): EventEnrollment {
  return { id, status: null, address: null, rent: null, moveInOn: null, months: null, ...changes };
}

export function unit(title: string, property = 'Oak Street'): NonNullable<BoomEvent['application']>['unit'] {
  return {
    id: null,
    externalId: null,
    title,
    property: { id: null, externalId: null, name: property },
    address: null,
  };
}

/** Minutes after noon on 1 October 2026. */
export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 9, 1, 12, minutes)).toISOString();
}

/** One person's history; each entry arrives at the minute given, and the person is the first one named. */
export function history(entries: [minute: number, event: BoomEvent][]): FoldEvent[] {
  return entries.map(([minute, item], index) => ({
    id: index + 1,
    arrival: at(minute),
    event: item,
    positions: item.people.length > 0 ? [0] : [],
  }));
}

export function foldHistory(entries: [minute: number, event: BoomEvent][]): Tenant {
  return fold({ id: 't1', account: 'main' }, history(entries));
}
