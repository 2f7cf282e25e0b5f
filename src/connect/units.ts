/** Boom's units to the PMS's, by the landlord's own list: matching by guess fails most often here. */
import type { UnitRef } from '../boom/event.ts';

export function unitFinder(units: Record<string, string>): (unit: UnitRef | null) => string | null {
  const byKey = new Map(Object.entries(units).map(([key, id]) => [unitKey(key), id]));
  return (unit) => {
    for (const key of unit === null ? [] : keysOf(unit)) {
      const id = byKey.get(key);
      if (id !== undefined) return id;
    }
    return null;
  };
}

/** How a unit's name is compared: without regard to case, spaces, and spaces around the slash. */
export function unitKey(text: string): string {
  return text
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
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

function keysOf(unit: UnitRef): string[] {
  const property = unit.property?.name ?? null;
  const keys: string[] = [];
  if (unit.title !== null) keys.push(property === null ? unit.title : `${property} / ${unit.title}`);
  if (unit.externalId !== null) keys.push(unit.externalId);
  if (unit.id !== null) keys.push(unit.id);
  // Rent reporting knows an address and nothing else; beside a title it is the building's.
  if (keys.length === 0 && unit.address !== null) keys.push(unit.address);
  return keys.map(unitKey);
}
