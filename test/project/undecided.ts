/** Histories that nothing in the deliveries can decide: what happens, and what the rule makes of it in any order. */
import type { BoomEvent } from '../../src/boom/event.ts';
import type { RecordName } from '../../src/boom/events.ts';
import type { Tenant } from '../../src/project/tenant.ts';
import { ANA, at, enrollmentOf, event, person, unit } from './events.ts';

export interface Undecided {
  /** As docs/ordering.md tells it. */
  history: string;
  rule: string;
  why: string;
  /** All that happens within one retry window. */
  events: BoomEvent[];
  /** What the rule is about, of the record; by the order of arrival where that decides. */
  found(tenant: Tenant): unknown;
  expected: unknown | ((arrived: readonly BoomEvent[]) => unknown);
}

const CUSTOMER = person({ customerId: 'c1' });
const application = { id: 'a1', unit: unit('4B') };

const reported = (name: RecordName, changes: Partial<BoomEvent> = {}): BoomEvent =>
  event(name, {
    people: [CUSTOMER],
    enrollment: enrollmentOf('e1'),
    ...changes,
  } as Parameters<typeof event>[1]);
const screened = (name: RecordName, minute: number | null, changes: Partial<BoomEvent> = {}): BoomEvent =>
  event(name, {
    people: [ANA],
    updatedAt: minute === null ? null : at(minute),
    application,
    ...changes,
  } as Parameters<typeof event>[1]);
const issue = { issue: { slug: 'bank', title: null, description: null } };
const checked = (outcome: 'verified' | 'rejected') =>
  reported(`enrollment_verification_${outcome}`, { verification: { id: 'v', kind: 'lease', outcome } });
const pushed = (error: string | null) =>
  screened('push_applicants_to_property_management_system', 1, { push: { status: 'sent', error } });
const furnished = (status: string) =>
  reported('furnishment_finished', {
    furnishment: { bureau: 'equifax', rentalVerificationId: 'r', month: '2026-10', status },
  });
const named = (firstName: string): BoomEvent =>
  screened('application_updated', 1, { people: [{ ...ANA, firstName }] });
const nameOf = (item: BoomEvent | undefined) => item?.people[0]?.firstName;

export const UNDECIDED: readonly Undecided[] = [
  {
    history: 'An enrollment ends and is approved again',
    rule: 'ended; a later event puts it right',
    why: 'A delivery that a retry brought late is common, a return within two minutes is not.',
    events: [reported('customer_unenrolled'), reported('enrollment_approved')],
    found: ({ enrollments }) => enrollments[0]?.reporting,
    expected: 'unenrolled',
  },
  {
    history: 'An issue is resolved and opens again',
    rule: 'resolved',
    why: 'Boom has told the customer of an open one; nothing is written to a PMS from either.',
    events: [
      reported('issue_pending', issue),
      reported('issue_resolved', issue),
      reported('issue_pending', issue),
    ],
    found: ({ enrollments }) => enrollments[0]?.openIssues,
    expected: [],
  },
  {
    history: 'A check is verified and then rejected',
    rule: 'verified',
    why: 'Boom repeats a check until it is passed.',
    events: [checked('verified'), checked('rejected')],
    found: ({ enrollments }) => enrollments[0]?.verifications.lease,
    expected: 'verified',
  },
  {
    history: 'A furnishment is confirmed and pending again',
    rule: 'confirmed',
    why: 'Pending is the step before.',
    events: [furnished('confirmed'), furnished('pending_confirmation')],
    found: ({ enrollments }) => enrollments[0]?.furnishments[0]?.status,
    expected: 'confirmed',
  },
  {
    history: 'A decision is taken back and made again with one and the same time',
    rule: '`in_review`, until a message with a later time',
    why: 'An outcome that may be void is not shown as one.',
    events: [screened('application_decision_reverted', 1), screened('application_approved', 1)],
    found: ({ applications }) => applications[0]?.leasing,
    expected: 'in_review',
  },
  {
    history: 'Two decisions with one and the same time, or without a time',
    rule: 'the more cautious: declined, else with conditions, else approved',
    why: 'An approval that was none does more harm.',
    events: [screened('application_declined', null), screened('application_approved', null)],
    found: ({ applications }) => applications[0]?.leasing,
    expected: 'declined',
  },
  {
    history: 'Boom’s own push fails and works',
    rule: 'it worked',
    why: 'Its time is the application’s; a push that works is not tried again.',
    events: [pushed('unit not found'), pushed(null)],
    found: ({ boomPush }) => boomPush?.error,
    expected: null,
  },
  {
    history: 'A message without a time comes after a fresh read',
    rule: 'the read',
    why: 'It may have been sent before; the next read, or a message beyond the window, puts it right.',
    events: [
      event('enrollment_read', {
        people: [CUSTOMER],
        updatedAt: at(0),
        enrollment: enrollmentOf('e1', { status: 'pending' }),
      }),
      reported('enrollment_approved'),
    ],
    found: ({ enrollments }) => enrollments[0]?.reporting,
    expected: 'pending',
  },
  {
    history: 'Two messages with the same time and different names, phones or rents',
    rule: 'the one that arrived last',
    why: 'Neither is more cautious, and most are equal.',
    events: [named('Ana'), named('Anna')],
    found: ({ person: { firstName } }) => firstName,
    expected: (arrived: readonly BoomEvent[]) => nameOf(arrived.at(-1)),
  },
];
