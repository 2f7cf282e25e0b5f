/** Boom's units to the PMS's, by the landlord's own list: matching by guess fails most often here. */
import type { UnitRef } from '../boom/event.ts';

export function unitFinder(units: Record<string, string>): (unit: UnitRef | null) => string | null {
  const byKey = new Map(Object.entries(units).map(([key, id]) => [unitKey(key), id]));
  return (unit) => {
    for (const words of unit === null ? [] : unitWords(unit)) {
      const id = byKey.get(unitKey(words));
      if (id !== undefined) return id;
    }
    return null;
  };
}

/**
 * For connections whose records hold no ids of units: a unit that Boom gives no name, by the landlord's words for it,
 * `Property / unit` or the unit alone.
 */
export function named(unit: UnitRef, words: string): UnitRef {
  if (unit.title !== null) return unit;
  const [first = '', ...rest] = words.split(' / ').map((part) => part.trim());
  if (rest.length === 0) return { ...unit, title: first };
  return { ...unit, title: rest.join(' / '), property: { id: null, externalId: null, name: first } };
}

/** How a unit's name is compared: without regard to case, spaces, spaces around the slash, and marks that nobody sees. */
export function unitKey(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .toLowerCase()
    .replace(/ ?\/ ?/g, ' / ');
}

/** Entries of the list that name one unit and do not agree. */
export function contradictions(units: Record<string, string>): string[] {
  const seen = new Map<string, string>();
  return Object.entries(units)
    .filter(([key, id]) => {
      const before = seen.get(unitKey(key));
      seen.set(unitKey(key), before ?? id);
      return before !== undefined && before !== id;
    })
    .map(([key]) => key);
}

/** What the landlord's list may call a unit, in the order in which it is looked up. */
export function unitWords(unit: UnitRef): string[] {
  const property = unit.property?.name ?? null;
  const keys: string[] = [];
  if (unit.title !== null) keys.push(property === null ? unit.title : `${property} / ${unit.title}`);
  if (unit.externalId !== null) keys.push(unit.externalId);
  if (unit.id !== null) keys.push(unit.id);
  // Rent reporting knows an address and nothing else; beside a title it is the building's.
  if (keys.length === 0 && unit.address !== null) keys.push(unit.address);
  return keys;
}
