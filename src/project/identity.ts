/**
 * Whom an event is about. Strong keys name one person for certain; a contact key (exact email, full name with suffix
 * and phone) joins only where nothing contradicts it, and what it joins is shown and never pushed.
 * Pure: the store hands in what it knows as an `IdentityBook`'s entries and writes back what changed.
 */
import type { BoomEvent, EventPerson, UnitRef } from '../boom/event.ts';
import type { Person } from './tenant.ts';

export interface PersonKeys {
  strong: string[];
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
  if (unit && name && reach) strong.push(`unit:${unit}|${name}|${reach}`);
  return { strong, contact: contact === null ? null : `contact:${contact}` };
}

/** Keys that two people may share when a landlord uses them loosely; they join only who does not contradict. */
const LOOSE = /^[^/]*\/(external|application):/;

/** Two people and not two spellings of one: the name differs, and the email or the phone as well. */
export function contradicts(a: Person, b: Person): boolean {
  const [nameA, nameB] = [fullName(a), fullName(b)];
  const differ = (x: string | null, y: string | null) => x !== null && y !== null && x !== y;
  const reachDiffers = differ(a.email, b.email) || differ(a.phone, b.phone);
  const reachAgrees = (a.email !== null && a.email === b.email) || (a.phone !== null && a.phone === b.phone);
  if (differ(nameA, nameB)) return reachDiffers || !reachAgrees;
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
    const contact = own.contact === null ? null : `${account}/${own.contact}`;

    const usable = strong.filter((key) => !(LOOSE.test(key) && this.#contradicted(key, person)));
    const same = new Set(usable.flatMap((key) => this.holders(key)));
    if (contact !== null) {
      const alike = this.holders(contact).filter((id) => !same.has(id));
      const [only] = alike;
      if (only !== undefined && alike.length === 1 && this.#agree([...same, only], person)) same.add(only);
    }

    const [oldest, ...rest] = [...same].sort(compareTenantIds);
    const tenantId = oldest ?? tenantIdFor(eventId, position);
    for (const other of rest) this.#absorb(tenantId, other);
    this.#learn(tenantId, person);
    const keys = contact === null ? usable : [...usable, contact];
    for (const key of keys) this.know(key, tenantId);
    return { tenantId, absorbed: rest, keys };
  }

  #contradicted(key: string, person: Person): boolean {
    return this.holders(key).some((id) => {
      const known = this.#tenants.get(id);
      return known !== undefined && contradicts(known.person, person);
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
    if (gone) for (const customer of gone.customers) this.#tenants.get(into)?.customers.add(customer);
  }

  #learn(tenantId: string, person: EventPerson): void {
    const known = this.#tenants.get(tenantId) ?? {
      id: tenantId,
      person: { firstName: null, lastName: null, email: null, phone: null },
      customers: new Set<string>(),
    };
    known.person = {
      firstName: person.firstName ?? known.person.firstName,
      lastName: person.lastName ?? known.person.lastName,
      email: person.email ?? known.person.email,
      phone: person.phone ?? known.person.phone,
    };
    if (person.customerId) known.customers.add(person.customerId);
    this.#tenants.set(tenantId, known);
  }
}
