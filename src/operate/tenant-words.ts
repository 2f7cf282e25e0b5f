/** A person, a unit, and what is unconfirmed of an enrollment, in a few words. */
import type { UnitRef } from '../boom/event.ts';
import type { Tenant, UnconfirmedFact } from '../project/tenant.ts';

export function nameOf(tenant: Pick<Tenant, 'person' | 'knownOnlyById' | 'ids'>): string {
  const name = [tenant.person.firstName, tenant.person.lastName].filter(Boolean).join(' ');
  return name || tenant.person.email || `known only by its Boom id (${tenant.ids.customer[0] ?? '?'})`;
}

/** `Oak Street / 4B`: 4B alone may be in two buildings. Else the address; null where Boom names neither. */
export function unitText(unit: UnitRef | null): string | null {
  if (unit === null) return null;
  const title = unit.title ?? unit.externalId ?? unit.id ?? '';
  return [unit.property?.name, title].filter(Boolean).join(' / ') || unit.address;
}

/** The unit that a record of this person is about. */
export function unitOfPlace({ residencies, applications }: Tenant, place: string): string | null {
  const about = [...residencies, ...applications].find((one) => one.place === place);
  return unitText(about?.unit ?? null);
}

/** `Jane Doe, unit Oak Street / 4B`: whom a record is about, for the landlord alone. */
export function whoAndWhere(tenant: Tenant, place: string): string {
  const unit = unitOfPlace(tenant, place);
  return unit !== null ? `${nameOf(tenant)}, unit ${unit}` : nameOf(tenant);
}

/** `rent paid for 2026-09, 2026-10 · all bureaus told of 2026-10 · lease verified`. */
export function unconfirmedText(facts: readonly UnconfirmedFact[]): string {
  const monthsOf = (what: UnconfirmedFact['what']) =>
    facts.flatMap((fact) => (fact.what === what && fact.month !== null ? [fact.month] : [])).join(', ');
  const kinds = facts.flatMap(({ kind }) => kind ?? []).join(', ');
  const [paid, furnished] = [monthsOf('payment'), monthsOf('furnishment')];
  return [
    paid && `rent paid for ${paid}`,
    furnished && `all bureaus told of ${furnished}`,
    kinds && `${kinds} verified`,
  ]
    .filter(Boolean)
    .join(' · ');
}
