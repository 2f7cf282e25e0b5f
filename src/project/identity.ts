/**
 * Whom an event is about. Strong keys name one person for certain; a contact key (exact email, full name with suffix
 * and phone) joins only where nothing contradicts it, and what it joins is shown and never pushed.
 * Pure: the store hands in what it knows as an `IdentityBook`'s entries and writes back what changed.
 */
import type { BoomEvent, EventPerson, UnitRef } from '../boom/event.ts';
import type { Person } from './tenant.ts';

export interface PersonKeys {
  strong: string[];
  /**
   * Name, unit and address (or phone): as good as an id where a delivery carries none, and nothing beside ids, for
   * whoever knows these things of somebody could pass for them.
   */
  unit: string | null;
  /** Complete email, full name and phone; null where one is missing. */
  contact: string | null;
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.,'’]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function fullName(person: Person): string | null {
  return person.firstName && person.lastName ? plain(`${person.firstName} ${person.lastName}`) : null;
}

function contactOf(person: Person): string | null {
  const name = fullName(person);
  return name && person.email && person.phone ? `${person.email}|${name}|${person.phone}` : null;
}

function unitWord(unit: UnitRef | null): string | null {
  if (!unit) return null;
  const word = unit.title ?? unit.externalId ?? unit.id;
  return word === null ? null : plain(word);
}

/** The keys of the person at `position`, without the account. */
export function keysOf(event: BoomEvent, position: number): PersonKeys {
  const person = event.people[position] as EventPerson;
  const contact = contactOf(person);
  const strong: string[] = [];
  if (person.applicantId) strong.push(`applicant:${person.applicantId}`);
  if (person.leadId) strong.push(`lead:${person.leadId}`);
  if (person.customerId) strong.push(`customer:${person.customerId}`);
  if (event.enrollment && person.customerId) strong.push(`enrollment:${event.enrollment.id}`);
  if (person.externalId) strong.push(`external:${person.externalId}`);
  if (person.customerExternalId) strong.push(`customer-external:${person.customerExternalId}`);
  const name = fullName(person);
  if (event.application?.id && name) strong.push(`application:${event.application.id}|${name}`);
  const unit = unitWord(event.application?.unit ?? null);
  const reach = person.email ?? person.phone;
  const unitKey = unit && name && reach ? `unit:${unit}|${name}|${reach}` : null;
  return { strong, unit: unitKey, contact: contact === null ? null : `contact:${contact}` };
}

/** Keys that two people may share when a landlord uses them loosely; they join only who does not contradict. */
const LOOSE = /^[^/]*\/(external|customer-external|application):/;

/** `Ana` and `Ana Maria`; not `Ana` and `Ben`. */
function akin(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

/**
 * Two people and not two spellings of one. Couples share address, phone and what a landlord numbers, so another first
 * name is another person; another last name is, where nothing by which they are reached agrees.
 */
export function contradicts(a: Person, b: Person): boolean {
  const differ = (x: string | null, y: string | null) => x !== null && y !== null && plain(x) !== plain(y);
  const agree = (x: string | null, y: string | null) => x !== null && x === y;
  if (a.firstName && b.firstName && !akin(plain(a.firstName), plain(b.firstName))) return true;
  if (differ(a.lastName, b.lastName)) return !agree(a.email, b.email) && !agree(a.phone, b.phone);
  return differ(a.email, b.email) && differ(a.phone, b.phone);
}

/** Older is first: the event that made the tenant, then the position within it. */
export function compareTenantIds(a: string, b: string): number {
  const parts = (id: string) => id.slice(1).split('-').map(Number);
  const [x, y] = [parts(a), parts(b)];
  return (x[0] ?? 0) - (y[0] ?? 0) || (x[1] ?? 1) - (y[1] ?? 1);
}

export function tenantIdFor(eventId: number, position: number): string {
  return position === 0 ? `t${eventId}` : `t${eventId}-${position + 1}`;
}

/** What is known of a tenant while a batch is resolved. */
export interface KnownTenant {
  id: string;
  person: Person;
  customers: Set<string>;
  applicants: Set<string>;
  /** Whether an id of Boom's or the landlord's has named this person in screening. */
  hasIds: boolean;
}

export interface Resolution {
  tenantId: string;
  /** Tenants that turned out to be the same person; they are gone. */
  absorbed: string[];
  /** Keys to remember for this tenant, with the account. */
  keys: string[];
}

/** The identities that a batch needs, kept in step while its events are resolved one after the other. */
export class IdentityBook {
  readonly #tenants = new Map<string, KnownTenant>();
  readonly #byKey = new Map<string, Set<string>>();
  readonly #survivor = new Map<string, string>();

  /** Enters a row of the identities table. */
  know(key: string, tenantId: string): void {
    const holders = this.#byKey.get(key);
    if (holders) holders.add(tenantId);
    else this.#byKey.set(key, new Set([tenantId]));
  }

  /** Enters a tenant that rows point to. */
  meet(tenant: KnownTenant): void {
    this.#tenants.set(tenant.id, tenant);
  }

  /** Who stands for this tenant now. */
  survivorOf(tenantId: string): string {
    let id = tenantId;
    for (let next = this.#survivor.get(id); next !== undefined; next = this.#survivor.get(id)) id = next;
    return id;
  }

  holders(key: string): string[] {
    return [...new Set([...(this.#byKey.get(key) ?? [])].map((id) => this.survivorOf(id)))];
  }

  resolve(account: string, event: BoomEvent, eventId: number, position: number): Resolution {
    const person = event.people[position] as EventPerson;
    const own = keysOf(event, position);
    const strong = own.strong.map((key) => `${account}/${key}`);
    const unit = own.unit === null ? null : `${account}/${own.unit}`;
    const contact = own.contact === null ? null : `${account}/${own.contact}`;

    const usable = strong.filter((key) => !(LOOSE.test(key) && this.#contradicted(key, person)));
    const same = new Set(usable.flatMap((key) => this.holders(key)));
    if (unit !== null && same.size === 0) {
      const bare = (id: string) => strong.length === 0 || this.#tenants.get(id)?.hasIds === false;
      for (const id of this.holders(unit).filter(bare).slice(0, 1)) same.add(id);
    }
    if (contact !== null) {
      const alike = this.holders(contact).filter((id) => !same.has(id));
      const [only] = alike;
      if (only !== undefined && alike.length === 1 && this.#agree([...same, only], person)) same.add(only);
    }

    const [oldest, ...rest] = [...same].sort(compareTenantIds);
    const tenantId = oldest ?? tenantIdFor(eventId, position);
    for (const other of rest) this.#absorb(tenantId, other);
    this.#learn(tenantId, person, strong.length > 0);
    const keys = [...usable, unit, contact].filter((key) => key !== null);
    for (const key of keys) this.know(key, tenantId);
    return { tenantId, absorbed: rest, keys };
  }

  #contradicted(key: string, person: EventPerson): boolean {
    const inApplication = /^[^/]*\/application:/.test(key);
    return this.holders(key).some((id) => {
      const known = this.#tenants.get(id);
      if (known === undefined) return false;
      // Father and son of one name in one application.
      const other =
        person.applicantId !== null && known.applicants.size > 0 && !known.applicants.has(person.applicantId);
      return (inApplication && other) || contradicts(known.person, person);
    });
  }

  /** A weak join never brings two of Boom's customers together. */
  #agree(ids: string[], person: EventPerson): boolean {
    const customers = new Set(ids.flatMap((id) => [...(this.#tenants.get(id)?.customers ?? [])]));
    if (person.customerId) customers.add(person.customerId);
    return customers.size <= 1;
  }

  #absorb(into: string, other: string): void {
    this.#survivor.set(other, into);
    const gone = this.#tenants.get(other);
    const kept = this.#tenants.get(into);
    if (!gone || !kept) return;
    for (const customer of gone.customers) kept.customers.add(customer);
    for (const applicant of gone.applicants) kept.applicants.add(applicant);
    kept.hasIds ||= gone.hasIds;
  }

  #learn(tenantId: string, person: EventPerson, hasIds: boolean): void {
    const known = this.#tenants.get(tenantId) ?? {
      id: tenantId,
      person: { firstName: null, lastName: null, email: null, phone: null },
      customers: new Set<string>(),
      applicants: new Set<string>(),
      hasIds: false,
    };
    known.person = {
      firstName: person.firstName ?? known.person.firstName,
      lastName: person.lastName ?? known.person.lastName,
      email: person.email ?? known.person.email,
      phone: person.phone ?? known.person.phone,
    };
    if (person.customerId) known.customers.add(person.customerId);
    if (person.applicantId) known.applicants.add(person.applicantId);
    known.hasIds ||= hasIds;
    this.#tenants.set(tenantId, known);
  }
}
