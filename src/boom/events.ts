/** The 39 wire names of Boom's deliveries, and everything derived from them. */

/** The wire names by family: the events of one family have one payload between them. */
export const FAMILIES = {
  /** BoomReport. */
  report: [
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
  ],
  /** BoomScreen: one person of an application. The last four are deprecated, and still sent. */
  basic: [
    'application_approved',
    'application_conditionally_approved',
    'application_canceled',
    'application_declined',
    'applicant_submitted',
    'applicant_started',
    'application_submitted',
    'application_updated',
    'application_started',
    'applicant_created',
    'application_created',
    'applicant_completed',
    'application_completed',
  ],
  merged: ['application_merged'],
  identity: ['identity_verification_finished', 'identity_verification_expired'],
  push: ['push_applicants_to_property_management_system'],
  /** BoomScreen: an application with its applicants and, where there is one, a lead. */
  group: [
    'applicant_invite_followup',
    'applicant_identity_followup',
    'applicant_income_followup',
    'applicant_checkout_followup',
    'pet_screening_requested',
    'application_under_review',
    'applicant_receipt',
    'application_decision_reverted',
  ],
} as const;

export type Family = keyof typeof FAMILIES;

export type NameIn<F extends Family> = (typeof FAMILIES)[F][number];

export type EventName = NameIn<Family>;

export type FamilyOf<N extends EventName> = N extends EventName
  ? { [F in Family]: N extends NameIn<F> ? F : never }[Family]
  : never;

/** What a fresh read of Boom's API is called in the inbox; no delivery of Boom's can bear such a name. */
export const READ_NAMES = [
  'application_read',
  'lead_read',
  'customer_read',
  'enrollment_read',
  'issues_read',
  'activity_read',
] as const;
export type ReadName = (typeof READ_NAMES)[number];

/** What a landlord's correction of an identity is called in the inbox. */
export const CORRECTION_NAMES = ['tenants_same', 'tenants_different'] as const;
export type CorrectionName = (typeof CORRECTION_NAMES)[number];

/** Everything that the projection reads. */
export type RecordName = EventName | ReadName | CorrectionName;

export const EVENT_NAMES: readonly EventName[] = Object.values(FAMILIES).flat();

const NAMES: ReadonlySet<string> = new Set(EVENT_NAMES);

/**
 * The event that a wire name means, or null for one that this version does not know. Case does not count, and
 * `_`, `-`, `.` and a space between words are the same.
 */
export function eventNameOf(wire: string): EventName | null {
  if (wire.length > 100) return null;
  const name = wire
    .trim()
    .toLowerCase()
    .replace(/[\s._-]+/g, '_');
  return isEventName(name) ? name : null;
}

function isEventName(name: string): name is EventName {
  return NAMES.has(name);
}

export function isIn<F extends Family>(family: F, name: EventName): name is NameIn<F> {
  return (FAMILIES[family] as readonly EventName[]).includes(name);
}
