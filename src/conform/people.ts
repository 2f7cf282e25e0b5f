/** Invented people, and what Boom says about them: in the forms of today, as objects to append to the inbox. */

export interface Who {
  /** In ids: `ana`. */
  slug: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  /** As Boom names it. */
  unit: string;
}

export type Said = Record<string, unknown>;

/** Two units that a connection's unit map knows, and one that it does not. */
export const UNIT = '4B';
export const OTHER_UNIT = '5C';
export const UNKNOWN_UNIT = '9Z';

export const ANA: Who = {
  slug: 'ana',
  firstName: 'Ana',
  lastName: 'Ruiz',
  email: 'ana.ruiz@example.com',
  phone: '+15125550143',
  unit: UNIT,
};

/** Shares her address, and nothing else. */
export const BEN: Who = {
  slug: 'ben',
  firstName: 'Ben',
  lastName: 'Okafor',
  email: ANA.email,
  phone: '+15125550188',
  unit: UNIT,
};

/** So many people who have nothing in common. */
export function crowd(size: number): Who[] {
  return Array.from({ length: size }, (_, at) => ({
    slug: `p${at}`,
    firstName: `Given${at}`,
    lastName: `Family${at}`,
    email: `person${at}@example.com`,
    phone: `+1512555${String(1000 + at)}`,
    unit: UNIT,
  }));
}

/** A delivery of BoomScreen's basic family. `at`: the application's time. */
export function screening(event: string, who: Who, at: Date, changes: Said = {}): Said {
  return {
    event,
    first_name: who.firstName,
    last_name: who.lastName,
    email: who.email,
    phone: who.phone,
    unit: who.unit,
    application_id: `application-${who.slug}`,
    external_id: `external-${who.slug}`,
    created_at: '2026-11-01T12:00:00.000Z',
    application_updated_at: at.toISOString(),
    ...changes,
  };
}

/** A delivery of BoomReport in the form that names the person. */
export function reporting(event: string, who: Who, changes: Said = {}): Said {
  return {
    event,
    customer_id: `customer-${who.slug}`,
    ...(event === 'customer_registered' ? {} : { enrollment_id: `enrollment-${who.slug}` }),
    customer_first_name: who.firstName,
    customer_last_name: who.lastName,
    customer_email: who.email,
    customer_phone: who.phone,
    ...changes,
  };
}

/** What must never leave, each with a word that nothing else holds. */
export const CANARIES: Readonly<Said> = {
  ssn: '078-05-1120-canary',
  dob: '1990-01-01-canary',
  date_of_birth: '1990-02-02-canary',
  score: 'canary-score',
  recommendation: 'canary-recommendation',
  adverse_action_reasons: ['canary-adverse'],
  memo: 'canary-memo',
  reasons: ['canary-reason'],
  dependents: 'canary-dependents',
  pets: 'canary-pets',
  portal_url: 'https://example.com/canary-portal',
  application_url: 'https://example.com/canary-application',
  plaid_connect_url: 'https://example.com/canary-plaid',
  income: 'canary-income',
  bank_name: 'canary-bank',
  conditions: 'canary-conditions',
  error_message: 'canary-error',
  failure_reason: 'canary-identity-failure',
  delinquency: 'canary-delinquency',
  transactions: ['canary-transaction'],
  access_link: 'https://example.com/canary-link',
  unenrollment_reason: 'canary-left',
};
export const CANARY = /canary/i;
