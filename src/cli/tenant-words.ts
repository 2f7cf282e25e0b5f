/** A person and a unit in a few words. */
import type { UnitRef } from '../boom/event.ts';
import type { Tenant } from '../project/tenant.ts';

export function nameOf(tenant: Pick<Tenant, 'person' | 'knownOnlyById' | 'ids'>): string {
  const name = [tenant.person.firstName, tenant.person.lastName].filter(Boolean).join(' ');
  return name || tenant.person.email || `known only by its Boom id (${tenant.ids.customer[0] ?? '?'})`;
}

export function unitText(unit: UnitRef | null): string {
  if (unit === null) return '';
  const title = unit.title ?? unit.externalId ?? unit.id ?? '';
  return [unit.property?.name, title].filter(Boolean).join(' / ') || unit.address || '';
}
