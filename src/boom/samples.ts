/** A delivery of every kind, as Boom would send it today, telling one story of a few invented people. */
import { randomUUID } from 'node:crypto';
import type { EventName, NameIn } from './events.ts';
import { ANA, BEN, CARA, ELI, FARAH, GUS, IRIS, LEASES, THEO } from './sample-leases.ts';

type Sample = Record<string, unknown>;

/** A new object each time, under a new request id, so that it is a new delivery and no duplicate. */
export function sampleOf(name: EventName, requestId: string = randomUUID()): Record<string, unknown> {
  return structuredClone({ event: name, request_id: requestId, ...SAMPLES[name] });
}

const ana = { customer_id: 'sample-customer-ana' };
const anaEnrolled = { ...ana, enrollment_id: 'sample-enrollment-4b' };
const gus = { customer_id: 'sample-customer-gus' };
const gusEnrolled = { ...gus, enrollment_id: 'sample-enrollment-1b' };
/** Her identity could not be verified, which ended her enrollment. Boom has told nobody her name. */
const doraEnrolled = { customer_id: 'sample-customer-dora', enrollment_id: 'sample-enrollment-1c' };

function asCustomer(person: typeof ANA, createdAt: string): Sample {
  return {
    customer_first_name: person.first_name,
    customer_last_name: person.last_name,
    customer_email: person.email,
    customer_phone: person.phone,
    customer_created_at: createdAt,
  };
}

const issue = {
  slug: 'missing_lease_signature',
  title: 'The lease is not signed',
  description: 'Upload the page of the lease that carries the signatures.',
};

const REPORT: Record<NameIn<'report'>, Sample> = {
  customer_registered: ana,
  enrollment_pending: anaEnrolled,
  enrollment_approved: anaEnrolled,
  enrollment_rejected: doraEnrolled,
  customer_unenrolled: { ...doraEnrolled, reasons: ['identity_verification_rejected'] },
  furnishment_finished: {
    ...anaEnrolled,
    bureau: 'transunion',
    rental_verification: {
      id: 'sample-rental-verification-1',
      for_month: '2026-12-01',
      status: 'pending_confirmation',
      months_delinquency: 0,
    },
  },
  issue_pending: { ...anaEnrolled, ...issue },
  issue_resolved: { ...anaEnrolled, ...issue },
  rental_payment_verified: {
    ...anaEnrolled,
    rental_verification_id: 'sample-rental-verification-1',
    for_month: '2026-12-01',
    transactions: [
      { name: 'Rent December', amount: 185_000, source: 'plaid', external_id: 'sample-transaction-1' },
    ],
  },
  enrollment_verification_verified: {
    ...anaEnrolled,
    verification_id: 'sample-verification-1',
    kind: 'lease',
    memo: 'Dates and rent agree',
    review_method: 'manual',
  },
  enrollment_verification_rejected: {
    ...doraEnrolled,
    verification_id: 'sample-verification-2',
    kind: 'identity',
    memo: 'The document could not be read',
    review_method: 'automatic',
  },
  enrollment_moved_out: gusEnrolled,
  boomreport_plaid_link_visited: { ...ana, ...asCustomer(ANA, '2026-12-02T15:00:00.000Z') },
  boomreport_plaid_link_requested: {
    ...gus,
    ...asCustomer(GUS, '2026-03-02T15:00:00.000Z'),
    plaid_connect_url: 'https://example.com/connect/sample',
  },
};

type Leaseholder = keyof typeof LEASES;

function basic(
  person: typeof ANA,
  lease: Leaseholder,
  status: string,
  updatedAt: string,
  createdAt = '2026-11-02T15:04:05.000Z',
): Sample {
  const { basic, external_id } = LEASES[lease];
  return {
    dependents: 0,
    pets: 'none',
    ...person,
    ...basic,
    status,
    created_at: createdAt,
    application_updated_at: updatedAt,
    external_id: `${external_id}-${lease}`,
  };
}

const { external_id: _, ...createdApplication } = basic(ANA, 'ana', 'pending', '2026-11-02T15:04:05.000Z');

const BASIC: Record<NameIn<'basic'>, Sample> = {
  application_approved: basic(ANA, 'ana', 'approved', '2026-11-12T15:14:00.000Z'),
  application_conditionally_approved: basic(
    CARA,
    'cara',
    'approved_with_conditions',
    '2026-11-13T10:30:00.000Z',
    '2026-11-05T09:00:00.000Z',
  ),
  application_canceled: basic(
    FARAH,
    'farah',
    'canceled',
    '2026-11-10T08:20:00.000Z',
    '2026-11-04T19:45:00.000Z',
  ),
  application_declined: basic(BEN, 'ben', 'rejected', '2026-11-11T17:00:00.000Z', '2026-11-03T12:10:00.000Z'),
  applicant_submitted: basic(ANA, 'ana', 'submitted', '2026-11-04T18:22:10.000Z'),
  applicant_started: basic(ANA, 'ana', 'started', '2026-11-02T15:09:00.000Z'),
  application_submitted: basic(ANA, 'ana', 'submitted', '2026-11-04T18:22:11.000Z'),
  application_updated: basic(ANA, 'ana', 'submitted', '2026-11-06T11:00:00.000Z'),
  application_started: basic(ANA, 'ana', 'started', '2026-11-02T15:09:01.000Z'),
  applicant_created: basic(ANA, 'ana', 'pending', '2026-11-02T15:04:05.000Z'),
  application_created: createdApplication,
  applicant_completed: basic(ANA, 'ana', 'submitted', '2026-11-04T18:22:10.000Z'),
  application_completed: basic(ANA, 'ana', 'submitted', '2026-11-04T18:22:11.000Z'),
};

function identity(
  person: typeof ANA,
  lease: Leaseholder,
  status: string,
  finishedAt: string,
  updatedAt: string,
) {
  return {
    status,
    lead_id: `sample-lead-${lease}`,
    ...person,
    identity_verification_finished: true,
    external_customer_id: `${LEASES[lease].external_id}-${lease}`,
    created_at: '2026-11-02T15:10:00.000Z',
    updated_at: updatedAt,
    applicant_id: `sample-applicant-${lease}`,
    application_id: `sample-application-${lease}`,
    role: 'applicant',
    finished_at: finishedAt,
  };
}

const IDENTITY: Record<NameIn<'identity'>, Sample> = {
  identity_verification_finished: {
    ...identity(ANA, 'ana', 'finished', '2026-11-02T15:20:00.000Z', '2026-11-02T15:20:00.000Z'),
    application_status: 'started',
  },
  identity_verification_expired: {
    ...identity(FARAH, 'farah', 'expired', '2026-11-04T20:00:00.000Z', '2026-12-04T20:00:00.000Z'),
    application_status: 'canceled',
  },
};

function member(person: typeof ANA, who: string, role = 'applicant'): Sample {
  return { id: `sample-applicant-${who}`, ...person, role };
}

function group(lease: Leaseholder, applicants: Sample[], status: string, updatedAt: string): Sample {
  return {
    lead_id: `sample-lead-${lease}`,
    invited_lead: false,
    inviting_applicant: null,
    dependents: 0,
    pets: 'none',
    applicants,
    ...LEASES[lease].group,
    status,
    id: `sample-application-${lease}`,
    reasons: [],
    created_at: '2026-11-05T09:00:00.000Z',
    application_updated_at: updatedAt,
    external_id: `${LEASES[lease].external_id}-${lease}`,
  };
}

const ofCara = [member(CARA, 'cara')];
const ofIris = [member(IRIS, 'iris')];

const GROUP: Record<NameIn<'group'>, Sample> = {
  applicant_invite_followup: {
    ...group('cara', ofCara, 'started', '2026-11-06T09:00:00.000Z'),
    lead_id: 'sample-lead-eli',
    external_id: 'oak-street-3c-eli',
    invited_lead: { id: 'sample-lead-eli', ...ELI },
    inviting_applicant: member(CARA, 'cara'),
  },
  applicant_identity_followup: group('cara', ofCara, 'started', '2026-11-06T10:00:00.000Z'),
  applicant_income_followup: group('cara', ofCara, 'started', '2026-11-07T10:00:00.000Z'),
  applicant_checkout_followup: group(
    'farah',
    [member(FARAH, 'farah')],
    'started',
    '2026-11-06T08:00:00.000Z',
  ),
  pet_screening_requested: group('cara', ofCara, 'started', '2026-11-07T12:00:00.000Z'),
  application_under_review: group(
    'cara',
    [...ofCara, member(THEO, 'theo', 'co_signer')],
    'submitted',
    '2026-11-09T16:00:00.000Z',
  ),
  applicant_receipt: group('iris', ofIris, 'submitted', '2026-11-08T13:00:00.000Z'),
  application_decision_reverted: group('iris', ofIris, 'submitted', '2026-11-13T14:00:00.000Z'),
};

const SAMPLES: Record<EventName, Sample> = {
  ...REPORT,
  ...BASIC,
  application_merged: {
    target_application_id: 'sample-application-cara',
    target_application_url: 'https://example.com/applications/sample-application-cara',
    merged_application_ids: ['sample-application-theo'],
    merged_at: '2026-11-08T09:00:00.000Z',
    merged_by: 'leasing@example.com',
  },
  ...IDENTITY,
  push_applicants_to_property_management_system: {
    ...basic(ANA, 'ana', 'approved', '2026-11-12T15:20:00.000Z'),
    pms_push_status: 'success',
    error_message: null,
  },
  ...GROUP,
};
