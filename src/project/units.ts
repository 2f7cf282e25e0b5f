/** When two of Boom's mentions mean the same unit, and how they add up. Pure. */
import type { UnitRef } from '../boom/event.ts';
import { likeness } from './addresses.ts';

function plain(text: string | null | undefined): string | null {
  return text ? text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim() : null;
}

/** Compares what both mention, the surest first: ids, then the title within the property or the address. */
export function sameUnit(a: UnitRef, b: UnitRef): boolean {
  if (a.id !== null && b.id !== null) return a.id === b.id;
  if (a.externalId !== null && b.externalId !== null) return a.externalId === b.externalId;
  const [titleA, titleB] = [plain(a.title), plain(b.title)];
  const [propertyA, propertyB] = [plain(a.property?.name), plain(b.property?.name)];
  const [addressA, addressB] = [plain(a.address), plain(b.address)];
  if (titleA !== titleB && titleA !== null && titleB !== null) return false;
  if (propertyA !== null && propertyB !== null) return propertyA === propertyB && titleA === titleB;
  if (addressA !== null && addressB !== null && addressA !== addressB) {
    // One may be the house's and the other the unit's: the title then says which.
    return titleA !== null && titleA === titleB && likeness(a.address ?? '', b) !== 'different';
  }
  if (addressA !== null && addressA === addressB) return true;
  return titleA !== null && titleA === titleB;
}

/** `newer` over `older`: what it leaves out stays. */
export function joinUnits(older: UnitRef | null, newer: UnitRef | null): UnitRef | null {
  if (older === null || newer === null) return newer ?? older;
  if (!sameUnit(older, newer)) return newer;
  return {
    id: newer.id ?? older.id,
    externalId: newer.externalId ?? older.externalId,
    title: newer.title ?? older.title,
    property:
      older.property === null || newer.property === null
        ? (newer.property ?? older.property)
        : {
            id: newer.property.id ?? older.property.id,
            externalId: newer.property.externalId ?? older.property.externalId,
            name: newer.property.name ?? older.property.name,
          },
    address: newer.address ?? older.address,
  };
}
