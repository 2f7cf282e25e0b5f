/** What the fake Boom holds. Times are milliseconds since 1970, rents are cents a month. */

export interface Person {
  /** The fake's own knowledge of who is who; no payload and no answer of the API has it. */
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  /** E.164. */
  phone: string;
  /** What the landlord calls this person; null where the landlord gave Boom no id. */
  externalId: string | null;
  /** `YYYY-MM-DD`. */
  born: string;
}

export interface Property {
  id: string;
  externalId: string;
  name: string;
  address1: string;
  city: string;
  state: string;
  postalCode: string;
}

export interface Unit {
  id: string;
  externalId: string;
  title: string;
  property: Property;
  rent: number;
  occupied: boolean;
  /** Whose it will be, or is since the last change of tenants. */
  letTo: Application | null;
  /** From when somebody new can live in it. */
  freeFrom: number;
  createdAt: number;
  updatedAt: number;
}

export interface IdentityCheck {
  status: 'pending' | 'finished' | 'failed' | 'review_required' | 'expired';
  createdAt: number;
  finishedAt: number | null;
  updatedAt: number;
}

/** One person's interest in one unit; becomes an applicant by starting an application. */
export interface Lead {
  id: string;
  person: Person;
  unit: Unit;
  application: Application;
  applicant: Applicant | null;
  identityChecks: IdentityCheck[];
  createdAt: number;
  updatedAt: number;
}

export type Role = 'applicant' | 'co_signer';

export interface Applicant {
  id: string;
  lead: Lead;
  person: Person;
  /** Changes with a merge or a split. */
  application: Application;
  role: Role;
  status: 'pending' | 'started' | 'submitted' | 'canceled';
  invitedAt: number | null;
  startedAt: number | null;
  submittedAt: number | null;
  createdAt: number;
}

export interface Invitation {
  id: string;
  lead: Lead;
  role: Role;
  inviting: Applicant;
  createdAt: number;
}

export type ApplicationStatus =
  | 'pending'
  | 'started'
  | 'submitted'
  | 'approved'
  | 'approved_with_conditions'
  | 'rejected'
  | 'canceled'
  | 'merged'
  | 'on_hold';

export interface Application {
  id: string;
  unit: Unit;
  rent: number;
  /** `YYYY-MM-DD`. */
  moveInOn: string;
  status: ApplicationStatus;
  applicants: Applicant[];
  invitations: Invitation[];
  pets: number;
  dependents: number;
  mergedInto: Application | null;
  /** The other half of a couple who applied separately. */
  twin: Application | null;
  /** Raised by whatever makes a decision that was planned before pointless. */
  round: number;
  createdAt: number;
  updatedAt: number;
  startedAt: number | null;
  submittedAt: number | null;
  decidedAt: number | null;
  movedInAt: number | null;
}

export interface Customer {
  id: string;
  person: Person;
  /** As the customer typed it for rent reporting, which need not be what the application has. */
  contact: Pick<Person, 'firstName' | 'lastName' | 'email' | 'phone'>;
  createdAt: number;
  updatedAt: number;
}

export interface Issue {
  slug: string;
  title: string;
  description: string;
}

export type VerificationKind = 'identity' | 'lease' | 'landlord';

export interface RentalVerification {
  id: string;
  /** `YYYY-MM-01`. */
  month: string;
  status: 'pending_confirmation' | 'confirmed';
  monthsDelinquent: number;
  paid: boolean;
  bureaus: string[];
}

export interface Enrollment {
  id: string;
  customer: Customer;
  unit: Unit;
  /** How the address names the unit. */
  address2: string;
  rent: number;
  /** `YYYY-MM-DD`. */
  moveInOn: string;
  /** `YYYY-MM-DD`. */
  leaseEndOn: string;
  status: 'pending' | 'approved' | 'rejected' | 'closed' | 'opted_out' | 'finished';
  reasons: string[];
  verifications: Map<VerificationKind, { id: string; outcome: 'verified' | 'rejected' }>;
  openIssues: Map<string, Issue>;
  months: RentalVerification[];
  movedOutAt: number | null;
  createdAt: number;
}

/** The kinds of Boom's activity log that the fake writes. */
export type LogKind =
  | 'invited'
  | 'submitted'
  | 'group_submitted'
  | 'decision_made'
  | 'canceled'
  | 'uncanceled'
  | 'placed_on_hold'
  | 'resumed'
  | 'role_changed'
  | 'split_application'
  | 'created_from_split'
  | 'application_merged'
  | 'application_rent_adjusted'
  | 'desired_move_in_date_updated'
  | 'requested_pet_screening'
  | 'push_applicants_to_property_management_system';

export interface LogEntry {
  id: number;
  application: Application;
  kind: LogKind;
  details: Record<string, unknown>;
  at: number;
}

export interface Records {
  properties: Property[];
  units: Unit[];
  people: Person[];
  leads: Map<string, Lead>;
  applications: Map<string, Application>;
  customers: Map<string, Customer>;
  enrollments: Map<string, Enrollment>;
  activity: LogEntry[];
}
