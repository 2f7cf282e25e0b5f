/** Invented people: nobody has these numbers, and every address ends in `example.com`. */
import { AREA_CODES, FIRST_NAMES, LAST_NAMES } from './names.ts';
import type { Random } from './random.ts';
import type { Person } from './records.ts';

export interface Casting {
  stranger(): Person;
  /** Lives with that person. Some couples have one mailbox between them. */
  partnerOf(person: Person): Person;
  /** Bears the same last name. */
  parentOf(person: Person): Person;
  /**
   * A father of the same name, who shares mail and telephone with his son: only what stands behind the name tells
   * them apart. It is written into both.
   */
  namesakeOf(person: Person): Person;
}

/** How many landlords' records have an id that Boom was given. */
const KNOWN_TO_THE_LANDLORD = 0.85;

export function createCasting(run: string, random: Random, people: Person[]): Casting {
  const taken = new Set<string>();

  const nameOf = (last?: string): { firstName: string; lastName: string } => {
    for (let tries = 0; ; tries += 1) {
      const firstName = random.pick(FIRST_NAMES);
      const lastName = last ?? random.pick(LAST_NAMES);
      // Where all names are taken some people share one; their addresses still differ.
      if (!taken.has(`${firstName} ${lastName}`) || tries > 50) return { firstName, lastName };
    }
  };
  const enter = (name: { firstName: string; lastName: string }, own: Partial<Person> = {}): Person => {
    const number = people.length;
    taken.add(`${name.firstName} ${name.lastName}`);
    const person: Person = {
      id: `person-${number + 1}`,
      ...name,
      email: `${plain(name.firstName)}.${plain(name.lastName)}.${number + 1}@${run}.example.com`,
      phone: phoneOf(number),
      externalId: random.chance(KNOWN_TO_THE_LANDLORD) ? `${run}-guest-${number + 1}` : null,
      born: `${random.int(1950, 2004)}-0${random.int(1, 9)}-${random.int(10, 28)}`,
      ...own,
    };
    people.push(person);
    return person;
  };

  return {
    stranger: () => enter(nameOf()),
    partnerOf: (person) =>
      enter(
        nameOf(random.chance(0.4) ? person.lastName : undefined),
        random.chance(0.2) ? { email: person.email } : {},
      ),
    parentOf: (person) => enter(nameOf(person.lastName)),
    namesakeOf(person) {
      const { firstName, lastName, email, phone } = person;
      person.lastName = `${lastName} Jr.`;
      return enter({ firstName, lastName: `${lastName} Sr.` }, { email, phone });
    },
  };
}

/** After 10,000 people the numbers begin again. */
function phoneOf(number: number): string {
  const area = AREA_CODES[Math.floor(number / 100) % AREA_CODES.length];
  return `+1${area}55501${String(number % 100).padStart(2, '0')}`;
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}
