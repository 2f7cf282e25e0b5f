/** What each fixture of `events/` must come to, written by hand from Boom's page, not from the program. */
import type { EventName } from '../../src/boom/events.ts';

const customer = { customerId: '8412', applicantId: null, leadId: null, firstName: null, email: null };
const enrolled = { people: [customer], application: null, enrollment: { id: '5520' }, updatedAt: null };
const named = {
  firstName: 'Jane',
  lastName: 'Doe-Smith',
  email: 'jane.doe@example.com',
  phone: '+13035550101',
};
const visitor = { people: [{ ...customer, ...named }], application: null, enrollment: null };

function basic(status: string) {
  return {
    people: [{ ...named, applicantId: null, leadId: null, customerId: null, externalId: 'lead-jane' }],
    application: {
      id: null,
      status,
      unit: {
        id: null,
        externalId: null,
        title: '12',
        property: null,
        address: '4 Elm Court, Denver, CO 80202',
      },
      rent: { money: { cents: 142_050, currency: 'USD' } },
      moveInOn: '2026-05-01',
      createdAt: '2026-03-31T23:30:00.000Z',
    },
    updatedAt: '2026-04-02T10:00:00.000Z',
    requestId: null,
  };
}

const jane = { ...named, applicantId: '501', leadId: '601', externalId: 'lead-jane', role: 'applicant' };
const john = {
  applicantId: '502',
  leadId: null,
  externalId: null,
  firstName: 'John',
  lastName: 'Doe',
  email: 'john.doe@example.com',
  phone: '+13035550102',
  role: 'co_signer',
};

function group(people: object[], status: string) {
  return {
    people,
    application: {
      id: '3001',
      status,
      unit: {
        id: '41',
        title: '12',
        property: { id: '40', externalId: null, name: 'Elm Court' },
        address: '4 Elm Court, Denver, CO 80202',
      },
      rent: { money: { cents: 142_050, currency: 'USD' } },
      moveInOn: '2026-05-01',
    },
    updatedAt: '2026-04-02T10:00:00.000Z',
    invitedLead: false,
    // The reasons of a decision are nobody's business here.
    reasons: [],
  };
}

function identity(status: string, updatedAt: string) {
  return {
    people: [{ ...named, applicantId: '501', leadId: '601', externalId: 'lead-jane', role: 'co_signer' }],
    application: { id: '3001', status: 'submitted', unit: null, rent: null, moveInOn: null, createdAt: null },
    identityVerification: { status, finishedAt: '2026-04-01T12:00:00.000Z' },
    updatedAt,
  };
}

const issue = {
  ...enrolled,
  issue: {
    slug: 'bank_disconnected',
    title: 'Bank disconnected',
    description: 'Connect the bank again.',
  },
};

// `application_created` has no external id.
const { people: _, ...createdApplication } = basic('pending');

export const EXPECTED: Record<EventName, object> = {
  customer_registered: { people: [customer], enrollment: null, application: null },
  enrollment_pending: enrolled,
  enrollment_approved: enrolled,
  enrollment_rejected: enrolled,
  customer_unenrolled: { ...enrolled, reasons: ['lease_not_uploaded', 'landlord_pending'] },
  furnishment_finished: {
    ...enrolled,
    furnishment: {
      bureau: 'equifax',
      rentalVerificationId: '901',
      month: '2026-03',
      status: 'pending_confirmation',
    },
  },
  issue_pending: issue,
  issue_resolved: issue,
  rental_payment_verified: {
    ...enrolled,
    payment: {
      rentalVerificationId: '901',
      month: '2026-03',
      transactions: [
        { amount: { cents: 142_000, currency: 'USD' }, source: 'plaid', externalId: 'tx-1' },
        { amount: { cents: 3_050, currency: 'USD' }, source: 'manual', externalId: null },
      ],
    },
  },
  enrollment_verification_verified: {
    ...enrolled,
    verification: { id: '77', kind: 'landlord', outcome: 'verified' },
  },
  enrollment_verification_rejected: {
    ...enrolled,
    verification: { id: '78', kind: 'identity', outcome: 'rejected' },
  },
  enrollment_moved_out: enrolled,
  boomreport_plaid_link_visited: visitor,
  boomreport_plaid_link_requested: visitor,
  application_approved: basic('approved'),
  application_conditionally_approved: basic('approved_with_conditions'),
  application_canceled: basic('canceled'),
  application_declined: basic('rejected'),
  applicant_submitted: basic('submitted'),
  applicant_started: basic('started'),
  application_submitted: basic('submitted'),
  application_updated: basic('on_hold'),
  application_started: basic('started'),
  applicant_created: basic('pending'),
  application_created: { ...createdApplication, people: [{ ...named, externalId: null }] },
  applicant_completed: basic('submitted'),
  application_completed: basic('submitted'),
  application_merged: {
    people: [],
    application: null,
    merge: { targetId: '3001', mergedIds: ['3002', '3003'] },
    updatedAt: '2026-04-03T09:00:00.000Z',
  },
  identity_verification_finished: identity('review_required', '2026-04-01T12:00:01.000Z'),
  identity_verification_expired: identity('expired', '2026-05-01T12:00:00.000Z'),
  push_applicants_to_property_management_system: {
    ...basic('approved'),
    push: { status: 'failed', error: 'unit not found' },
  },
  applicant_invite_followup: {
    ...group(
      [
        {
          ...john,
          applicantId: null,
          leadId: '602',
          externalId: 'lead-john',
          role: null,
        },
      ],
      'started',
    ),
    invitedLead: true,
  },
  applicant_identity_followup: group([jane], 'started'),
  applicant_income_followup: group([jane], 'started'),
  applicant_checkout_followup: group([jane], 'started'),
  pet_screening_requested: group([jane], 'started'),
  applicant_receipt: group([jane], 'submitted'),
  // Two applicants and one lead: nothing says which of them the lead is.
  application_under_review: group([{ ...jane, leadId: null, externalId: null }, john], 'submitted'),
  application_decision_reverted: group([{ ...jane, leadId: null, externalId: null }, john], 'submitted'),
};
