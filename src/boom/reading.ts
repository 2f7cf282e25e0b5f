/** What the readers of one delivery share. */
import type { BoomEvent, EventApplication } from './event.ts';
import type { EventName, RecordName } from './events.ts';
import type { ParsePhone } from './phone.ts';

/** The part of an account's settings that decides how a payload is read. */
export interface AccountReading {
  bareRent: 'dollars' | 'cents';
  currency: string;
  country: string;
}

export interface Reading {
  account: AccountReading;
  parsePhone: ParsePhone;
  /** Names of fields, never their values. */
  notUnderstood: Set<string>;
}

/** Why a delivery cannot become an event. */
export interface Unusable {
  reason: string;
}

export function without(name: EventName, field: string, reading: Reading): Unusable {
  return {
    reason: reading.notUnderstood.has(field)
      ? `the ${field} of ${name} has a form that we do not know, and the event cannot be used without it`
      : `${name} came without ${field}, and cannot be used without it`,
  };
}

export function namesNobody(name: EventName): Unusable {
  return {
    reason: `${name} names nobody: it has no applicant_id, lead_id, external_id, name, email or phone that we can read`,
  };
}

/** An event of which nothing but the name is known yet. */
export function blank(name: RecordName, requestId: string | null): BoomEvent {
  return {
    name,
    requestId,
    updatedAt: null,
    people: [],
    application: null,
    merge: null,
    identityVerification: null,
    enrollment: null,
    reasons: [],
    verification: null,
    issue: null,
    openIssues: null,
    furnishment: null,
    payment: null,
    push: null,
    correction: null,
    invitedLead: false,
    notUnderstood: [],
  };
}

/** An application of which nothing but the id is known yet. */
export function blankApplication(id: string | null): EventApplication {
  return {
    id,
    status: null,
    unit: null,
    rent: null,
    moveInOn: null,
    createdAt: null,
    decidedAt: null,
  };
}
