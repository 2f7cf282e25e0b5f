/**
 * What each of Boom's events does to which register: the one table that the fold, the docs and the tests read.
 * Source: Boom's public webhook page; the meanings are in docs/events.md, which is made from this table.
 */
import type { RecordName } from '../boom/events.ts';
import type { Leasing, Reporting } from './tenant.ts';

/** How an event writes the leasing register. */
export interface LeasingEffect {
  /** The value, or `status`: the application's own status, read with `LEASING_BY_STATUS`. */
  to: Leasing | 'status';
  /** With `status`: the value where the status is absent or unknown; without it the register stays. */
  otherwise?: Leasing;
  /** Raises the register to this value and never lowers it. */
  atLeast?: true;
  /** Whom it concerns: the person named, or everyone in the application. An event that names nobody concerns everyone. */
  whom: 'person' | 'members';
  /** Takes a decision back: it follows what it reverts, and clears the time of the decision. */
  reverts?: true;
}

export interface Effect {
  leasing?: LeasingEffect;
  /** The value, or `status`: the enrollment's own status, read with `REPORTING_BY_STATUS`. */
  reporting?: Reporting | 'status';
  /** Residency of that enrollment's unit; `status`: the enrollment's own status, read with `RESIDENCY_BY_STATUS`. */
  residency?: 'resident' | 'moved_out' | 'status';
  /** A set or register of the event's own. */
  own?: 'verification' | 'issue' | 'furnishment' | 'payment' | 'identity' | 'boom_push' | 'merge';
  /** Kept on the tenant's timeline, because no register shows it. */
  timeline?: true;
  /** Shown to the others of the application too, of whom it says nothing: another outcome, or that they left. */
  shown?: true;
  /** A fresh read of Boom's API: the truth at its stamp, as far as the API can say it (`READ_CONFIRMS`). */
  read?: true;
}

const person = (to: Leasing): Effect => ({ leasing: { to, whom: 'person' } });
const decision = (to: Leasing): Effect => ({ ...person(to), shown: true });
const raise = (to: Leasing): Effect => ({ leasing: { to, whom: 'person', atLeast: true }, timeline: true });
const byStatus = (otherwise?: Leasing): Effect => ({
  leasing: { to: 'status', whom: 'person', ...(otherwise ? { otherwise } : {}) },
});

export const EFFECTS: Readonly<Record<RecordName, Effect>> = {
  customer_registered: { reporting: 'registered' },
  enrollment_pending: { reporting: 'pending' },
  enrollment_approved: { reporting: 'approved', residency: 'resident' },
  enrollment_rejected: { reporting: 'rejected' },
  customer_unenrolled: { reporting: 'unenrolled' },
  enrollment_moved_out: { reporting: 'moved_out', residency: 'moved_out' },
  furnishment_finished: { own: 'furnishment' },
  issue_pending: { own: 'issue' },
  issue_resolved: { own: 'issue' },
  rental_payment_verified: { own: 'payment' },
  enrollment_verification_verified: { own: 'verification' },
  enrollment_verification_rejected: { own: 'verification' },
  boomreport_plaid_link_visited: { timeline: true },
  boomreport_plaid_link_requested: { timeline: true },

  applicant_started: person('applying'),
  application_started: person('applying'),
  applicant_created: byStatus('applying'),
  application_created: byStatus('applying'),
  applicant_submitted: person('submitted'),
  applicant_completed: person('submitted'),
  application_submitted: { leasing: { to: 'submitted', whom: 'members' } },
  application_completed: { leasing: { to: 'submitted', whom: 'members' } },
  application_under_review: person('in_review'),
  application_updated: byStatus(),
  application_approved: decision('approved'),
  application_conditionally_approved: decision('approved_with_conditions'),
  application_declined: decision('declined'),
  application_canceled: decision('canceled'),
  application_decision_reverted: {
    leasing: { to: 'status', otherwise: 'in_review', whom: 'person', reverts: true },
    shown: true,
  },
  application_merged: { own: 'merge' },
  applicant_invite_followup: raise('invited'),
  applicant_identity_followup: raise('applying'),
  applicant_income_followup: raise('applying'),
  applicant_checkout_followup: raise('applying'),
  applicant_receipt: raise('applying'),
  pet_screening_requested: raise('applying'),
  identity_verification_finished: { own: 'identity' },
  identity_verification_expired: { own: 'identity' },
  push_applicants_to_property_management_system: { own: 'boom_push' },

  application_read: { ...byStatus(), read: true, shown: true },
  lead_read: { own: 'identity', read: true },
  customer_read: { read: true },
  enrollment_read: { reporting: 'status', residency: 'status', read: true },
  issues_read: { own: 'issue', read: true },
  activity_read: { leasing: { to: 'status', whom: 'members' }, own: 'boom_push', read: true },
  tenants_same: {},
  tenants_different: {},
};

/** A fresh read of Boom's API, and no delivery. */
export function isRead({ name }: { name: RecordName }): boolean {
  return EFFECTS[name].read === true;
}

/** Boom's enrollment statuses, which only a fresh read says, in our words. */
export const REPORTING_BY_STATUS: Readonly<Record<string, Reporting>> = {
  pending: 'pending',
  approved: 'approved',
  rejected: 'rejected',
  errored: 'errored',
  closed: 'closed',
  opted_out: 'opted_out',
  finished: 'finished',
};

/** Boom's application and applicant statuses in our words. `on_hold` is a flag on in_review. */
export const LEASING_BY_STATUS: Readonly<Record<string, Leasing>> = {
  pending: 'invited',
  started: 'applying',
  submitted: 'submitted',
  finished: 'submitted',
  on_hold: 'in_review',
  approved: 'approved',
  approved_with_conditions: 'approved_with_conditions',
  rejected: 'declined',
  canceled: 'canceled',
  merged: 'merged',
};

/** What a fresh read of an enrollment says of the residency: that somebody moved out is not among Boom's statuses. */
export const RESIDENCY_BY_STATUS: Readonly<Record<string, 'resident'>> = { approved: 'resident' };

/**
 * Statuses of an application that are everyone's in it, whatever a fresh read says of the single applicant; but one
 * who has canceled has canceled. Under any other status the applicant's own counts.
 */
export const PREVAILS: ReadonlySet<string> = new Set([
  'approved',
  'approved_with_conditions',
  'rejected',
  'canceled',
  'merged',
  'on_hold',
]);

/** Decisions, which have a time of their own and are never carried into a merge's target. */
export const DECISIONS: ReadonlySet<Leasing> = new Set(['approved', 'approved_with_conditions', 'declined']);
/** How an application ended for the person, or was decided; a merge says nothing of either. */
export const isOutcome = (leasing: Leasing): boolean => DECISIONS.has(leasing) || leasing === 'canceled';
/** Applications that have come to an end without a lease. */
const ENDED_LEASING: ReadonlySet<Leasing> = new Set(['declined', 'canceled', 'merged']);
/** Enrollments that have come to an end. `errored` is none: Boom documents no way out of it, nor that it is final. */
const ENDED_REPORTING: ReadonlySet<Reporting> = new Set([
  'rejected',
  'unenrolled',
  'moved_out',
  'closed',
  'opted_out',
  'finished',
]);

/** Under way, or approved. */
export function isLiveLeasing(leasing: Leasing): boolean {
  return !ENDED_LEASING.has(leasing);
}

/** Registered, under way, approved or errored. */
export function isLiveReporting(reporting: Reporting): boolean {
  return !ENDED_REPORTING.has(reporting);
}
