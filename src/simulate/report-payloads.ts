/** What Boom sends about rent reporting: ids alone today, and in the older generation the person as well. */
import type { Generation } from './life.ts';
import type { Customer, Enrollment, Issue, RentalVerification, VerificationKind } from './records.ts';
import { iso } from './time.ts';

type Fields = Record<string, unknown>;

export function customerPayload(customer: Customer, generation: Generation): Fields {
  const own = { customer_id: customer.id };
  if (generation === 'current') return own;
  const { person } = customer;
  return { ...own, ...contactOf(customer), customer_external_id: person.externalId };
}

export function enrollmentPayload({ id, customer }: Enrollment, generation: Generation): Fields {
  return { ...customerPayload(customer, generation), enrollment_id: id };
}

/** Names the person in either generation. */
export function bankLinkPayload(customer: Customer, generation: Generation, requested: boolean): Fields {
  return {
    ...customerPayload(customer, generation),
    ...contactOf(customer),
    customer_created_at: iso(customer.createdAt),
    ...(requested ? { plaid_connect_url: `https://example.com/connect/${customer.id}` } : {}),
  };
}

export function verificationPayload(
  enrollment: Enrollment,
  generation: Generation,
  kind: VerificationKind,
  { id, outcome }: { id: string; outcome: 'verified' | 'rejected' },
): Fields {
  return {
    ...enrollmentPayload(enrollment, generation),
    verification_id: id,
    kind,
    memo: outcome === 'verified' ? 'Everything agrees' : 'The document could not be read',
    review_method: kind === 'identity' ? 'automatic' : 'manual',
  };
}

export function issuePayload(enrollment: Enrollment, generation: Generation, issue: Issue): Fields {
  return { ...enrollmentPayload(enrollment, generation), ...issue };
}

export function paymentPayload(
  enrollment: Enrollment,
  generation: Generation,
  { id, month }: RentalVerification,
): Fields {
  return {
    ...enrollmentPayload(enrollment, generation),
    rental_verification_id: id,
    for_month: month,
    transactions: [{ name: 'Rent', amount: enrollment.rent, source: 'plaid', external_id: `${id}-payment` }],
  };
}

export function furnishmentPayload(
  enrollment: Enrollment,
  generation: Generation,
  { id, month, status, monthsDelinquent }: RentalVerification,
  bureau: string,
): Fields {
  return {
    ...enrollmentPayload(enrollment, generation),
    bureau,
    rental_verification: { id, for_month: month, status, months_delinquency: monthsDelinquent },
  };
}

function contactOf({ contact }: Customer): Fields {
  return {
    customer_first_name: contact.firstName,
    customer_last_name: contact.lastName,
    customer_email: contact.email,
    customer_phone: contact.phone,
  };
}
