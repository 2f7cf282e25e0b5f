/** Where the invented people live: properties of up to 24 units. */
import { STREETS } from './names.ts';
import type { Random } from './random.ts';
import type { Property, Unit } from './records.ts';

const UNITS_A_PROPERTY = 24;
const UNITS_A_FLOOR = 6;

export function makeUnits(run: string, count: number, random: Random, createdAt: number): Unit[] {
  return Array.from({ length: count }, (_, number) => number).reduce<Unit[]>((units, number) => {
    const place = number % UNITS_A_PROPERTY;
    const property = units[number - place]?.property ?? propertyOf(run, number / UNITS_A_PROPERTY);
    const title = `${1 + Math.floor(place / UNITS_A_FLOOR)}${'ABCDEF'[place % UNITS_A_FLOOR]}`;
    units.push({
      id: `${run}-unit-${number + 1}`,
      externalId: `${property.externalId}-${title.toLowerCase()}`,
      title,
      property,
      rent: random.int(110, 290) * 1_000,
      occupied: false,
      letTo: null,
      freeFrom: createdAt,
      createdAt,
      updatedAt: createdAt,
    });
    return units;
  }, []);
}

function propertyOf(run: string, number: number): Property {
  const street = STREETS[number % STREETS.length] ?? '';
  const again = Math.floor(number / STREETS.length);
  const name = again === 0 ? street : `${street} ${again + 1}`;
  return {
    id: `${run}-property-${number + 1}`,
    externalId: name.toLowerCase().replaceAll(' ', '-'),
    name,
    address1: `${200 + 10 * number} ${street}`,
    city: 'Austin',
    state: 'TX',
    postalCode: '78701',
  };
}

/** `200 Oak Street, Unit 4B, Austin, TX 78701`. */
export function lineOf({ title, property }: Unit, address2 = `Unit ${title}`): string {
  const { address1, city, state, postalCode } = property;
  return `${address1}, ${address2}, ${city}, ${state} ${postalCode}`;
}
