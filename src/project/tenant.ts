/** The one true record of a person, as the projection makes it and everything after it reads it. */
import type { Rent, UnitRef } from '../boom/event.ts';

/** Where a person stands in one application. */
export const LEASING = [
  'invited',
  'applying',
  'submitted',
  'in_review',
  'approved',
  'approved_with_conditions',
  'declined',
  'canceled',
  'merged',
] as const;
export type Leasing = (typeof LEASING)[number];

/** Where one enrollment in rent reporting stands. */
export const REPORTING = [
  'registered',
  'pending',
  'approved',
  'rejected',
  'unenrolled',
  'moved_out',
  'errored',
  'closed',
  'opted_out',
  'finished',
] as const;
export type Reporting = (typeof REPORTING)[number];

/** Whether a person lives in a unit. */
export const RESIDENCY = ['unknown', 'resident', 'moved_out'] as const;
export type Residency = (typeof RESIDENCY)[number];

export interface Person {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
}

export interface TenantApplication {
  /** Boom's id; null where no event has named it yet. */
  id: string | null;
  /** Which of the person's units this is about; see `TenantResidency.place`. */
  place: string;
  leasing: Leasing | null;
  onHold: boolean;
  role: string | null;
  unit: UnitRef | null;
  rent: Rent | null;
  moveInOn: string | null;
  /** When `leasing` came to be what it is: the payload's time, else arrival. */
  since: string | null;
  /** When Boom decided; cleared by a revert. */
  decidedAt: string | null;
  /** When Boom first approved, whatever it said later. */
  approvedAt: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  /** The application that this one was merged into. */
  mergedInto: string | null;
  /**
   * No longer among its people by a read of Boom's: it is over for this person without an outcome, and stands as it
   * stood when they left.
   */
  left: boolean;
  /** How many others are in it, by the newest event that named everyone; 0 where none did. */
  others: number;
  /** Another of its people was decided about otherwise. */
  contradicted: boolean;
  /** Only name, email and phone say that this outcome is this person's: shown, never pushed. */
  weak: boolean;
}

export interface Furnishment {
  bureau: string;
  /** `YYYY-MM`; null where Boom did not say. */
  month: string | null;
  status: string | null;
}

/** Something that Boom sends once, that no read of its API tells, and that no delivery told us. */
export interface UnconfirmedFact {
  what: 'payment' | 'furnishment' | 'verification';
  /** `YYYY-MM`; null for a verification. */
  month: string | null;
  /** Of a verification; null for the others. */
  kind: 'identity' | 'lease' | 'landlord' | null;
}

export interface TenantEnrollment {
  /** Null where the customer has registered and not begun an enrollment. */
  id: string | null;
  reporting: Reporting | null;
  /** When the register last changed: the payload's time, else arrival. */
  since: string | null;
  reasons: string[];
  verifications: {
    identity: 'verified' | 'rejected' | null;
    lease: 'verified' | 'rejected' | null;
    landlord: 'verified' | 'rejected' | null;
  };
  openIssues: { slug: string; title: string | null; description: string | null }[];
  furnishments: Furnishment[];
  /** Only name, email and phone join this enrollment to the person's applications: shown, never pushed. */
  weak: boolean;
  payments: { month: string | null; cents: number | null; currency: string | null; source: string | null }[];
  /** What may be missing above, also where it is not due yet: see unconfirmed.ts. */
  unconfirmed: UnconfirmedFact[];
}

export interface TenantResidency {
  /**
   * One unit of this person, named after the event that first spoke of it (`p17`), so that it stays the same
   * while events add the unit's name, ids and address.
   */
  place: string;
  unit: UnitRef | null;
  status: Residency;
  enrollmentId: string | null;
  /** The person's role in the application for this unit: a co-signer is never a resident. */
  role: string | null;
  since: string | null;
}

export interface TimelineEntry {
  eventId: number;
  /** The payload's own time, else arrival. */
  at: string;
  event: string;
}

export interface Tenant {
  id: string;
  account: string;
  person: Person;
  ids: { applicant: string[]; lead: string[]; customer: string[]; enrollment: string[]; external: string[] };
  /** No event has named this person: all we have is an id of Boom's. */
  knownOnlyById: boolean;
  /** True where only name, email and phone join this person's screening to their rent reporting. */
  weaklyJoined: boolean;
  stage: Leasing | Residency | null;
  applications: TenantApplication[];
  enrollments: TenantEnrollment[];
  residencies: TenantResidency[];
  identityVerification: { status: string | null; finishedAt: string | null } | null;
  /** Boom's own push into a PMS; its status is an open string, so that `failed` is our reading of it. */
  boomPush: { status: string | null; error: string | null; failed: boolean; at: string } | null;
  timeline: TimelineEntry[];
}
