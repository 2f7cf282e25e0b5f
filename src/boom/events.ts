/** The 39 wire names of Boom's deliveries, and everything derived from them. */

export const EVENT_NAMES = [
  // BoomReport
  'customer_registered',
  'enrollment_pending',
  'enrollment_approved',
  'enrollment_rejected',
  'customer_unenrolled',
  'furnishment_finished',
  'issue_pending',
  'issue_resolved',
  'rental_payment_verified',
  'enrollment_verification_verified',
  'enrollment_verification_rejected',
  'enrollment_moved_out',
  'boomreport_plaid_link_visited',
  'boomreport_plaid_link_requested',
  // BoomScreen, basic family
  'application_approved',
  'application_conditionally_approved',
  'application_canceled',
  'application_declined',
  'applicant_submitted',
  'applicant_started',
  'application_submitted',
  'application_updated',
  'application_started',
  // deprecated, still sent
  'applicant_created',
  'application_created',
  'applicant_completed',
  'application_completed',
  // BoomScreen, others
  'application_merged',
  'identity_verification_finished',
  'identity_verification_expired',
  'push_applicants_to_property_management_system',
  'applicant_invite_followup',
  'applicant_identity_followup',
  'applicant_income_followup',
  'applicant_checkout_followup',
  'pet_screening_requested',
  'application_under_review',
  'applicant_receipt',
  'application_decision_reverted',
] as const;

export type EventName = (typeof EVENT_NAMES)[number];
