/**
 * By what an event names a person. Strong keys name one person for certain; a contact key (exact email, full name with
 * suffix and phone) joins only where nothing contradicts it, and what it joins is shown and never pushed. Pure.
 */
import type { BoomEvent, EventPerson, UnitRef } from '../boom/event.ts';
import { plain } from './known.ts';
import type { Person } from './tenant.ts';

export interface PersonKeys {
  /** The surest kind first: where two of them lead to people whom the landlord holds apart, the first decides. */
  strong: string[];
  /**
   * Name, unit and address (or phone): as good as an id where a delivery carries none, and nothing beside ids, for
   * whoever knows these things of somebody could pass for them.
   */
  unit: string | null;
  /** Complete email, full name and phone; null where one is missing. */
  contact: string | null;
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
  const name = fullName(person);
  const strong: string[] = [];
  if (person.applicantId) strong.push(`applicant:${person.applicantId}`);
  if (person.customerId) strong.push(`customer:${person.customerId}`);
  if (person.leadId) strong.push(`lead:${person.leadId}`);
  if (event.enrollment && person.customerId) strong.push(`enrollment:${event.enrollment.id}`);
  if (event.application?.id && name) strong.push(`application:${event.application.id}|${name}`);
  if (person.externalId) strong.push(`external:${person.externalId}`);
  if (person.customerExternalId) strong.push(`customer-external:${person.customerExternalId}`);
  const unit = unitWord(event.application?.unit ?? null);
  const reach = person.email ?? person.phone;
  const unitKey = unit && name && reach ? `unit:${unit}|${name}|${reach}` : null;
  return { strong, unit: unitKey, contact: contact === null ? null : `contact:${contact}` };
}

/** All of them as the store holds them: an account's people never meet another account's. */
export function storedKeys(account: string, event: BoomEvent, position: number): PersonKeys {
  const { strong, unit, contact } = keysOf(event, position);
  const of = (key: string) => `${account}/${key}`;
  return {
    strong: strong.map(of),
    unit: unit === null ? null : of(unit),
    contact: contact === null ? null : of(contact),
  };
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
