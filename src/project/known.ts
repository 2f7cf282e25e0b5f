/**
 * What is known of a tenant by which another person can be told apart. It holds every spelling that an event used and
 * not the last one, so that it is the same whatever the order of the events, and how they were cut into batches.
 */
import type { EventPerson } from '../boom/event.ts';
import type { Tenant } from './tenant.ts';

/** Every list is sorted and holds nothing twice; names are plain, and what is compared only. */
export interface Known {
  firstNames: string[];
  lastNames: string[];
  emails: string[];
  phones: string[];
  customers: string[];
  applicants: string[];
  /** Whether an id of Boom's or the landlord's has named this person. */
  hasIds: boolean;
  /** Tenants that the landlord said are other people: no key joins them to this one. */
  apart: string[];
}

/** Whoever has more spellings than these is not told apart by more of them. */
const MOST_SPELLINGS = 50;

export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.,'’]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

export function nothingKnown(): Known {
  return {
    firstNames: [],
    lastNames: [],
    emails: [],
    phones: [],
    customers: [],
    applicants: [],
    hasIds: false,
    apart: [],
  };
}

/** Of a record from before this was kept. */
export function knownFrom({ person, ids, applications }: Tenant): Known {
  const known = nothingKnown();
  const named = [...ids.applicant, ...ids.lead, ...ids.customer, ...ids.external];
  const hasIds = named.length > 0 || applications.some((application) => application.id !== null);
  learn(known, person, hasIds);
  known.customers = [...ids.customer].sort();
  known.applicants = [...ids.applicant].sort();
  return known;
}

/** Adds what an event says of the person; true where that was new. */
export function learn(
  known: Known,
  person: Pick<EventPerson, 'firstName' | 'lastName' | 'email' | 'phone'> &
    Partial<Pick<EventPerson, 'customerId' | 'applicantId'>>,
  hasIds: boolean,
): boolean {
  const news = [
    add(known.firstNames, person.firstName && plain(person.firstName)),
    add(known.lastNames, person.lastName && plain(person.lastName)),
    add(known.emails, person.email),
    add(known.phones, person.phone),
    add(known.customers, person.customerId ?? null),
    add(known.applicants, person.applicantId ?? null),
    hasIds && !known.hasIds,
  ];
  known.hasIds ||= hasIds;
  return news.some(Boolean);
}

/** Adds what is known of another tenant that turned out to be the same person. */
export function learnAll(known: Known, other: Known): void {
  const lists = ['firstNames', 'lastNames', 'emails', 'phones', 'customers', 'applicants'] as const;
  for (const list of lists) for (const value of other[list]) add(known[list], value);
  known.hasIds ||= other.hasIds;
}

function add(list: string[], value: string | null): boolean {
  if (!value || list.includes(value) || list.length >= MOST_SPELLINGS) return false;
  list.push(value);
  list.sort();
  return true;
}

/** `Ana` and `Ana Maria`; not `Ana` and `Ben`. */
function akin(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);
}

/** `Sam` may be short for `Samantha`, and her husband. */
function shortFor(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

function differ(
  a: string[],
  b: string[],
  same: (x: string, y: string) => boolean = (x, y) => x === y,
): boolean {
  return a.length > 0 && b.length > 0 && !a.some((x) => b.some((y) => same(x, y)));
}

function agree(a: string[], b: string[]): boolean {
  return a.some((x) => b.includes(x));
}

/**
 * Two people and not two spellings of one. Couples share address, phone and what a landlord numbers, so another first
 * name is another person; another last name is, where nothing by which they are reached agrees.
 */
export function contradicts(a: Known, b: Known): boolean {
  const reachedAlike = agree(a.emails, b.emails) && agree(a.phones, b.phones);
  if (differ(a.firstNames, b.firstNames, reachedAlike ? shortFor : akin)) return true;
  if (differ(a.lastNames, b.lastNames)) return !agree(a.emails, b.emails) && !agree(a.phones, b.phones);
  return differ(a.emails, b.emails) && differ(a.phones, b.phones);
}

/** Father and son of one name in one application: told apart by their ids, else by where they are reached. */
export function contradictsInApplication(a: Known, b: Known): boolean {
  if (a.applicants.length > 0 && b.applicants.length > 0) return !agree(a.applicants, b.applicants);
  return differ(a.emails, b.emails) && !agree(a.phones, b.phones);
}
