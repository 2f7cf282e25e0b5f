/** What people and units are called on a page. */
import type { UnitRef } from '../boom/event.ts';
import type { Person } from '../project/tenant.ts';
import type { Words } from '../words/words.ts';

export function nameOf(
  { firstName, lastName }: Pick<Person, 'firstName' | 'lastName'>,
  { frame }: Words,
): string {
  return [firstName, lastName].filter(Boolean).join(' ') || frame.unnamed;
}

/** `4B`, else the address; null where Boom names neither. */
export function unitName(unit: UnitRef | null): string | null {
  return unit?.title ?? unit?.address ?? unit?.externalId ?? null;
}
