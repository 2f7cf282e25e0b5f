/**
 * A delivery from Boom after normalising: one shape for both generations of both products.
 * Everything that Boom may leave out is `null`, never `undefined`, so that two spellings of the same
 * delivery normalise to the same JSON.
 */
import type { RecordName } from './events.ts';

/** Where an event in the inbox comes from: Boom's delivery, a fresh read of its API, a landlord's correction. */
export type EventSource = 'webhook' | 'read' | 'correction';

/** Integer minor units with an ISO 4217 code. */
export interface Money {
  cents: number;
  currency: string;
}

/** A unit as Boom names it. `address` is one line; `title` is what the landlord called the unit. */
export interface UnitRef {
  id: string | null;
  externalId: string | null;
  title: string | null;
  property: { id: string | null; externalId: string | null; name: string | null } | null;
  address: string | null;
}

/** One person that an event names. Ids are strings whatever Boom sent; the email is lower case; the phone is E.164. */
export interface EventPerson {
  applicantId: string | null;
  leadId: string | null;
  customerId: string | null;
  /** The *lead's* external id (Boom calls it `external_customer_id` in identity events). */
  externalId: string | null;
  /** `customer_external_id` of the older BoomReport deliveries: the landlord's own id for the customer. */
  customerExternalId: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  /** `applicant`, `co_signer`, `occupant`, `guarantor`, or a word we do not know yet. */
  role: string | null;
  /** The person's own status within the application, in Boom's words: only a fresh read says it. */
  status: string | null;
  /** Nothing else of them is kept, and they are nobody's tenant: the landlord had this person forgotten. */
  forgotten?: true;
}

/** Rent as Boom sent it: `money` where the unit is known, `raw` always. */
export interface Rent {
  money: Money | null;
  raw: string | null;
}

export interface EventApplication {
  id: string | null;
  /** The application's status in Boom's words (`approved_with_conditions`, `on_hold`, …), lower case. */
  status: string | null;
  unit: UnitRef | null;
  rent: Rent | null;
  /** A date without a time, `YYYY-MM-DD`. */
  moveInOn: string | null;
  createdAt: string | null;
  /** When Boom decided: only a fresh read says it. */
  decidedAt: string | null;
}

/** An enrollment; a delivery says no more than its id. */
export interface EventEnrollment {
  id: string;
  /** In Boom's words (`pending`, `approved`, `opted_out`, …), lower case. */
  status: string | null;
  /** One line: where the person lives by what they told BoomReport. */
  address: string | null;
  rent: Rent | null;
  /** `YYYY-MM-DD`. */
  moveInOn: string | null;
  /**
   * `YYYY-MM`, ascending: the months for which Boom has a rental verification. Only a fresh read says them; null where
   * nothing was said of them.
   */
  months: string[] | null;
}

export interface EventIssue {
  slug: string;
  title: string | null;
  description: string | null;
}

export interface BoomEvent {
  name: RecordName;
  requestId: string | null;
  /** The payload's own time (`application_updated_at`, `updated_at`, `merged_at`, …), UTC ISO 8601; null when it carries none. */
  updatedAt: string | null;
  /** Whom the event names, in the payload's order. Empty where it names an application only. */
  people: EventPerson[];
  application: EventApplication | null;
  /** `application_merged`: the sources follow the target. */
  merge: { targetId: string; mergedIds: string[] } | null;
  /** `identity_verification_*`: the verification's own status, not the application's. */
  identityVerification: { status: string | null; finishedAt: string | null } | null;
  /** Every BoomReport event about an enrollment. */
  enrollment: EventEnrollment | null;
  /** Why an enrollment ended (`customer_unenrolled`). */
  reasons: string[];
  verification: { id: string | null; kind: string; outcome: 'verified' | 'rejected' } | null;
  issue: EventIssue | null;
  /** A fresh read of a customer's issues: all that are open. Null for everything else. */
  openIssues: EventIssue[] | null;
  /** `month` is `YYYY-MM`. Months of delinquency are not kept. */
  furnishment: {
    bureau: string;
    rentalVerificationId: string | null;
    month: string | null;
    status: string | null;
  } | null;
  /** Transaction names are not kept: they name banks. */
  payment: {
    rentalVerificationId: string | null;
    month: string | null;
    transactions: { amount: Money | null; source: string | null; externalId: string | null }[];
  } | null;
  /** Boom's own push into a PMS (`push_applicants_to_property_management_system`). */
  push: { status: string | null; error: string | null } | null;
  /**
   * A landlord's correction: people whom events named, each as the event's id and the position in its `people`, that
   * are one person (`tenants_same`) or where the first is another person than the others (`tenants_different`).
   */
  correction: { people: { eventId: number; position: number }[] } | null;
  /** True for a follow-up that was sent to a lead who has been invited and has not applied. */
  invitedLead: boolean;
  /** Fields whose value had a form we do not know: their names only, for the event's detail. */
  notUnderstood: string[];
}
