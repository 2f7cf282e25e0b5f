/** BoomReport: a customer, and as a rule one enrollment in rent reporting. */

import { monthOf, timeOf } from './dates.ts';
import type { BoomEvent } from './event.ts';
import type { NameIn } from './events.ts';
import { moneyOf } from './money.ts';
import { personOf } from './people.ts';
import { blank, type Reading, type Unusable, without } from './reading.ts';
import type { FamilyPayload } from './schemas.ts';
import { idOf, nameOf, proseOf, wordOf } from './text.ts';

type Name = NameIn<'report'>;
type Payload = FamilyPayload<'report'>;

const WITHOUT_ENROLLMENT: readonly Name[] = [
  'customer_registered',
  'boomreport_plaid_link_visited',
  'boomreport_plaid_link_requested',
];

export function readReport(name: Name, payload: Payload, reading: Reading): BoomEvent | Unusable {
  const customer = personOf(
    {
      customer_id: payload.customer_id,
      customer_external_id: payload.customer_external_id,
      first_name: payload.customer_first_name,
      last_name: payload.customer_last_name,
      email: payload.customer_email,
      phone: payload.customer_phone,
    },
    reading,
    'customer_',
  );
  if (customer.customerId === null) return without(name, 'customer_id', reading);
  const enrollmentId = idOf(payload.enrollment_id, 'enrollment_id', reading);
  if (enrollmentId === null && !WITHOUT_ENROLLMENT.includes(name)) {
    return without(name, 'enrollment_id', reading);
  }
  const own = ownPart(name, payload, reading);
  if ('reason' in own) return own;
  return {
    ...blank(name, idOf(payload.request_id, 'request_id', reading)),
    updatedAt: timeOf(payload.updated_at, 'updated_at', reading),
    people: [customer],
    enrollment:
      enrollmentId === null
        ? null
        : { id: enrollmentId, status: null, address: null, rent: null, moveInOn: null, months: null },
    ...own,
  };
}

/** What this event says beyond whose enrollment it is. */
function ownPart(name: Name, payload: Payload, reading: Reading): Partial<BoomEvent> | Unusable {
  switch (name) {
    case 'customer_unenrolled':
      return { reasons: reasonsOf(payload, reading) };
    case 'furnishment_finished':
      return furnishmentOf(name, payload, reading);
    case 'issue_pending':
    case 'issue_resolved':
      return issueOf(name, payload, reading);
    case 'rental_payment_verified':
      return { payment: paymentOf(payload, reading) };
    case 'enrollment_verification_verified':
      return verificationOf(name, 'verified', payload, reading);
    case 'enrollment_verification_rejected':
      return verificationOf(name, 'rejected', payload, reading);
    case 'customer_registered':
    case 'enrollment_pending':
    case 'enrollment_approved':
    case 'enrollment_rejected':
    case 'enrollment_moved_out':
    case 'boomreport_plaid_link_visited':
    case 'boomreport_plaid_link_requested':
      return {};
    default:
      return name satisfies never;
  }
}

/** None means that the customer or the partner ended it. */
function reasonsOf(payload: Payload, reading: Reading): string[] {
  const sent = payload.reasons ?? payload.reason ?? [];
  const words = (Array.isArray(sent) ? sent : [sent]).map((reason) => wordOf(reason, 'reasons', reading));
  return [...new Set(words.filter((word) => word !== null))];
}

function furnishmentOf(name: Name, payload: Payload, reading: Reading): Partial<BoomEvent> | Unusable {
  const bureau = wordOf(payload.bureau, 'bureau', reading);
  if (bureau === null) return without(name, 'bureau', reading);
  const { id, for_month, status } = payload.rental_verification ?? {
    id: payload.rental_verification_id,
    for_month: payload.for_month,
    status: payload.status,
  };
  return {
    furnishment: {
      bureau,
      rentalVerificationId: idOf(id, 'rental_verification.id', reading),
      month: monthOf(for_month, 'rental_verification.for_month', reading),
      status: wordOf(status, 'rental_verification.status', reading),
    },
  };
}

function issueOf(name: Name, payload: Payload, reading: Reading): Partial<BoomEvent> | Unusable {
  const slug = wordOf(payload.slug, 'slug', reading);
  if (slug === null) return without(name, 'slug', reading);
  return {
    issue: {
      slug,
      title: nameOf(payload.title, 'title', reading),
      description: proseOf(payload.description),
    },
  };
}

function verificationOf(
  name: Name,
  outcome: 'verified' | 'rejected',
  payload: Payload,
  reading: Reading,
): Partial<BoomEvent> | Unusable {
  const kind = wordOf(payload.kind, 'kind', reading);
  if (kind === null) return without(name, 'kind', reading);
  return { verification: { id: idOf(payload.verification_id, 'verification_id', reading), kind, outcome } };
}

function paymentOf(payload: Payload, reading: Reading): BoomEvent['payment'] {
  return {
    rentalVerificationId: idOf(payload.rental_verification_id, 'rental_verification_id', reading),
    month: monthOf(payload.for_month, 'for_month', reading),
    transactions: (payload.transactions ?? [])
      .filter((transaction) => transaction !== null && transaction !== undefined)
      .map((transaction) => ({
        // Documented as cents: the landlord's setting is about rents.
        amount: moneyOf(transaction.amount, 'cents', 'transactions.amount', reading),
        source: wordOf(transaction.source, 'transactions.source', reading),
        externalId: idOf(transaction.external_id, 'transactions.external_id', reading),
      })),
  };
}
