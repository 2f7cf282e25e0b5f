/** Signing up for rent reporting: the customer, the enrollment, and what Boom verifies before it approves. */

import type { Life } from './life.ts';
import type { Customer, Enrollment, Person, Unit, VerificationKind } from './records.ts';
import {
  bankLinkPayload,
  customerPayload,
  enrollmentPayload,
  verificationPayload,
} from './report-payloads.ts';
import { approve, openIssue, resolveIssue, unenroll } from './reporting.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

export interface Lease {
  unit: Unit;
  moveInOn: string;
  leaseEndOn: string;
}

export function findCustomer(life: Life, person: Person): Customer | undefined {
  return [...life.customers.values()].find((customer) => customer.person === person);
}

export function register(life: Life, person: Person, lease: Lease): void {
  const { random, generation } = life;
  const known = findCustomer(life, person);
  const customer = known ?? newCustomer(life, person);
  if (known === undefined) life.send('customer_registered', customerPayload(customer, generation));
  if (random.chance(0.75))
    life.within(5 * MINUTE, 2 * DAY, () =>
      life.send('boomreport_plaid_link_visited', bankLinkPayload(customer, generation, false)),
    );
  if (random.chance(0.2))
    life.within(2 * DAY, 4 * DAY, () =>
      life.send('boomreport_plaid_link_requested', bankLinkPayload(customer, generation, true)),
    );
  // Some give their name and go no further.
  if (random.chance(0.92)) life.within(10 * MINUTE, 5 * DAY, () => enroll(life, customer, lease));
}

/** Most type what the application has; some the number in another form, some another address. */
function newCustomer(life: Life, person: Person): Customer {
  const { firstName, lastName, email, phone } = person;
  const draw = life.random.next();
  const contact = { firstName, lastName, email, phone };
  if (draw < 0.25) contact.phone = phone.slice(2);
  else if (draw < 0.31) contact.email = `home.${email}`;
  const now = life.now();
  const customer = { id: life.newId('customer'), person, contact, createdAt: now, updatedAt: now };
  life.customers.set(customer.id, customer);
  return customer;
}

export function enroll(life: Life, customer: Customer, lease: Lease): void {
  const { random, generation } = life;
  const { unit } = lease;
  const enrollment: Enrollment = {
    id: life.newId('enrollment'),
    customer,
    ...lease,
    address2: `${random.pick(['Unit ', 'Unit ', 'Unit ', 'Apt ', '#'])}${unit.title}`,
    rent: unit.rent,
    status: 'pending',
    reasons: [],
    verifications: new Map(),
    openIssues: new Map(),
    months: [],
    movedOutAt: null,
    createdAt: life.now(),
  };
  life.enrollments.set(enrollment.id, enrollment);
  life.send('enrollment_pending', enrollmentPayload(enrollment, generation));
  life.within(HOUR, 3 * HOUR, () => verify(life, enrollment, 'identity'));
  life.within(4 * HOUR, 3 * DAY, () => verify(life, enrollment, 'landlord'));
  if (random.chance(0.93)) life.within(4 * HOUR, 6 * DAY, () => verify(life, enrollment, 'lease'));
  else life.after(45 * DAY, () => unenroll(life, enrollment, ['lease_not_uploaded']));
  if (random.chance(0.12))
    life.within(200 * MINUTE, 230 * MINUTE, () => openIssue(life, enrollment, 'missing_lease_signature'));
}

function verify(life: Life, enrollment: Enrollment, kind: VerificationKind): void {
  if (enrollment.status !== 'pending') return;
  const verification = {
    id: life.newId('verification'),
    outcome: life.random.chance(0.92) ? 'verified' : 'rejected',
  } as const;
  enrollment.verifications.set(kind, verification);
  const payload = verificationPayload(enrollment, life.generation, kind, verification);
  life.send(`enrollment_verification_${verification.outcome}`, payload);
  if (verification.outcome === 'rejected') refuse(life, enrollment, kind);
  const all = [...enrollment.verifications.values()];
  if (all.length === 3 && all.every(({ outcome }) => outcome === 'verified'))
    life.within(10 * MINUTE, DAY, () => approveWhereReady(life, enrollment));
}

function approveWhereReady(life: Life, enrollment: Enrollment): void {
  for (const slug of enrollment.openIssues.keys()) resolveIssue(life, enrollment, slug);
  approve(life, enrollment, (unit) => enrollAgain(life, enrollment, unit));
}

/** Half get another try; the others are rejected, and most of them taken out by Boom. */
function refuse(life: Life, enrollment: Enrollment, kind: VerificationKind): void {
  const { random, generation } = life;
  if (random.chance(0.5)) {
    life.within(DAY, 4 * DAY, () => verify(life, enrollment, kind));
    return;
  }
  life.within(HOUR, DAY, () => {
    if (enrollment.status !== 'pending') return;
    enrollment.status = 'rejected';
    life.send('enrollment_rejected', enrollmentPayload(enrollment, generation));
    if (random.chance(0.6)) life.within(DAY, 5 * DAY, () => unenroll(life, enrollment, [`${kind}_rejected`]));
  });
}

/** Somebody who left rent reporting comes back, under a new enrollment. */
function enrollAgain(life: Life, { customer, moveInOn, leaseEndOn }: Enrollment, unit: Unit): void {
  life.within(10 * DAY, 50 * DAY, () => {
    if (life.now() < Date.parse(leaseEndOn) - 20 * DAY)
      enroll(life, customer, { unit, moveInOn, leaseEndOn });
  });
}
