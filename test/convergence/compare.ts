/** What our book says of the people in the fake Boom, held against what the fake itself holds. */
import type { Tenant, TenantApplication } from '../../src/project/tenant.ts';
import type { SimDelivery } from '../../src/simulate/life.ts';
import type { TrueApplication, TruePerson, Truth } from '../../src/simulate/truth.ts';
import { comparePush, compareVerification } from './compare-checks.ts';
import { compareResidencies } from './compare-residencies.ts';
import { ghostsIn, wrongMerges } from './ghosts.ts';
import { countToldOnce, factsIn, noneToldOnce, type ToldOnce } from './told-once.ts';

/** Boom's words to those of our register that say the same. */
const LEASING: Record<string, readonly string[]> = {
  pending: ['invited'],
  started: ['applying'],
  submitted: ['submitted', 'in_review'],
  finished: ['submitted', 'in_review'],
  on_hold: ['in_review'],
  approved: ['approved'],
  approved_with_conditions: ['approved_with_conditions'],
  rejected: ['declined'],
  canceled: ['canceled'],
  merged: ['merged'],
};
const REPORTING: Record<string, readonly string[]> = {
  pending: ['pending'],
  approved: ['approved'],
  rejected: ['rejected'],
  closed: ['closed', 'unenrolled'],
  opted_out: ['opted_out', 'unenrolled'],
  finished: ['finished', 'moved_out'],
};

export interface Comparison {
  people: number;
  applications: number;
  enrollments: number;
  /** What a read can tell and ours has otherwise: the place and both values. Must be empty with the API on. */
  wrong: string[];
  /** Facts that only deliveries tell. */
  toldOnce: ToldOnce;
  /** People of Boom who are not exactly one of our records for their screening, or for their reporting. */
  notOne: string[];
}

export function compare(
  truth: Truth,
  tenants: readonly Tenant[],
  delivered: readonly SimDelivery[],
  now: Date,
): Comparison {
  const facts = factsIn(delivered);
  const result: Comparison = {
    people: truth.people.length,
    applications: 0,
    enrollments: 0,
    wrong: [
      ...ghostsIn(truth, tenants),
      ...wrongMerges(truth, tenants),
      ...compareResidencies(truth, tenants),
    ],
    toldOnce: noneToldOnce(),
    notOne: [],
  };
  for (const person of truth.people) {
    for (const application of person.applications) compareApplication(person, application, tenants, result);
    if (person.customer !== null) compareCustomer(person, tenants, { facts, now }, result);
    result.wrong.push(...comparePush(person, tenants), ...compareVerification(person, tenants, delivered));
  }
  return result;
}

function only<T>(found: readonly T[], what: string, result: Comparison): T | null {
  const [one] = found;
  if (found.length === 1 && one !== undefined) return one;
  result.notOne.push(`${what}: ${found.length}`);
  return null;
}

function compareApplication(
  person: TruePerson,
  application: TrueApplication,
  tenants: readonly Tenant[],
  result: Comparison,
): void {
  result.applications += 1;
  const { applicantId } = application;
  const tenant = only(
    tenants.filter(({ ids }) => ids.applicant.includes(applicantId)),
    `applicant ${applicantId}`,
    result,
  );
  if (tenant === null) return;
  const ours = tenant.applications.find(({ id }) => id === application.id);
  const says = (field: string, expected: readonly unknown[], actual: unknown) => {
    if (!expected.includes(actual))
      result.wrong.push(`applicant ${applicantId} ${field}: ${actual}, not ${expected.join(' or ')}`);
  };
  says('application', [application.id], ours?.id);
  if (ours === undefined) return;
  comparePerson(person, tenant, says);
  const open = ['pending', 'started', 'submitted'].includes(application.status);
  says('leasing', LEASING[open ? application.ownStatus : application.status] ?? [], ours.leasing);
  says('on hold', [application.status === 'on_hold'], ours.onHold);
  says('role', [application.role], ours.role);
  says('unit', [application.unit.title], ours.unit?.title);
  says('property', [application.unit.property], ours.unit?.property?.name);
  says('rent', [application.rent], ours.rent?.money?.cents);
  says('move-in', [application.moveInOn], ours.moveInOn);
  if (isDecided(ours)) says('decided at', [application.decidedAt], ours.decidedAt);
}

const isDecided = ({ leasing }: TenantApplication): boolean =>
  leasing !== null && ['approved', 'approved_with_conditions', 'declined'].includes(leasing);

type Says = (field: string, expected: readonly unknown[], actual: unknown) => void;

function comparePerson(
  person: Omit<TruePerson, 'applications' | 'enrollments'>,
  tenant: Tenant,
  says: Says,
): void {
  const { customer } = person;
  says('first name', [person.firstName, customer?.firstName], tenant.person.firstName);
  says('last name', [person.lastName, customer?.lastName], tenant.person.lastName);
  says('email', [person.email.toLowerCase(), customer?.email.toLowerCase()], tenant.person.email);
  says('phone', [e164(person.phone), customer && e164(customer.phone)], tenant.person.phone);
}

const e164 = (phone: string): string => `+1${phone.replace(/\D/g, '').slice(-10)}`;

function compareCustomer(
  person: TruePerson,
  tenants: readonly Tenant[],
  told: { facts: ReadonlySet<string>; now: Date },
  result: Comparison,
): void {
  const id = person.customer?.id ?? '';
  const tenant = only(
    tenants.filter(({ ids }) => ids.customer.includes(id)),
    `customer ${id}`,
    result,
  );
  if (tenant === null) return;
  const says: Says = (field, expected, actual) => {
    if (!expected.includes(actual))
      result.wrong.push(`customer ${id} ${field}: ${actual}, not ${expected.join(' or ')}`);
  };
  comparePerson(person, tenant, says);
  for (const enrollment of person.enrollments) {
    result.enrollments += 1;
    const ours = tenant.enrollments.find((one) => one.id === enrollment.id);
    says(`enrollment ${enrollment.id}`, [enrollment.id], ours?.id);
    if (ours === undefined) continue;
    says(`reporting of ${enrollment.id}`, REPORTING[enrollment.status] ?? [], ours.reporting);
    if (enrollment.status === 'approved' || enrollment.status === 'pending')
      says(
        `issues of ${enrollment.id}`,
        [[...enrollment.openIssues].sort().join()],
        ours.openIssues
          .map(({ slug }) => slug)
          .sort()
          .join(),
      );
    countToldOnce(enrollment, ours, told, result.toldOnce);
  }
}
