/** Which unit a payload means, out of up to six fields that may say so. */
import type { UnitRef } from './event.ts';
import type { Reading } from './reading.ts';
import type { FamilyPayload } from './schemas.ts';
import { idOf, nameOf } from './text.ts';

type Payload = Pick<
  FamilyPayload<'basic'>,
  'unit' | 'unit_object' | 'unit_address' | 'unit_id' | 'property' | 'property_id' | 'address'
>;

/** `unit_object` before `unit`, a field of its own before one within another. */
export function unitOf(payload: Payload, reading: Reading): UnitRef | null {
  const sent = [payload.unit_object, payload.unit].filter((unit) => unit !== null && unit !== undefined);
  const units = sent.map((unit) => (typeof unit === 'object' ? unit : { title: unit }));
  const properties = [payload.property, ...units.map((unit) => unit.property)]
    .filter((property) => property !== null && property !== undefined)
    .map((property) => (typeof property === 'string' ? { name: property } : property));
  const addresses = [
    payload.address,
    payload.unit_address,
    ...units.map((unit) => unit.address),
    ...properties.map((property) => property.address),
  ];

  const property = {
    id:
      first(properties, (one) => idOf(one.id, 'property.id', reading)) ??
      idOf(payload.property_id, 'property_id', reading),
    externalId: first(properties, (one) => idOf(one.external_id, 'property.external_id', reading)),
    name: first(properties, (one) => nameOf(one.name, 'property.name', reading)),
  };
  const unit: UnitRef = {
    id: first(units, (one) => idOf(one.id, 'unit.id', reading)) ?? idOf(payload.unit_id, 'unit_id', reading),
    externalId: first(units, (one) => idOf(one.external_id, 'unit.external_id', reading)),
    title: first(units, (one) => nameOf(one.title, 'unit', reading)),
    property: isEmpty(property) ? null : property,
    address: first(addresses, (one) => lineOf(one, reading)),
  };
  return isEmpty(unit) ? null : unit;
}

function lineOf(address: Payload['address'], reading: Reading): string | null {
  if (address === null || address === undefined) return null;
  if (typeof address === 'string') return nameOf(address, 'address', reading);
  const part = (value: string | number | null | undefined) => nameOf(value, 'address', reading);
  const line = part(address.one_line_address);
  if (line !== null) return line;
  const region = joined(' ', [part(address.state_or_province), part(address.postal_code)]);
  return joined(', ', [part(address.address1), part(address.address2), part(address.city), region]);
}

function joined(between: string, parts: (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join(between) || null;
}

function first<T, R>(all: readonly T[], read: (one: T) => R | null): R | null {
  for (const one of all) {
    const found = read(one);
    if (found !== null) return found;
  }
  return null;
}

function isEmpty(record: object): boolean {
  return Object.values(record).every((value) => value === null);
}
