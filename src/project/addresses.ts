/**
 * Whether the address of an enrollment is that of a unit a person applied for. One line each, by two hands: compared
 * by what they mean, and never by the street alone. Pure.
 */
import type { UnitRef } from '../boom/event.ts';

/** `unclear`: nothing contradicts, and one of them does not say which unit. */
export type Likeness = 'same' | 'different' | 'unclear';

/** The first of each is how the word is compared. Source: USPS Publication 28, appendices B and C. */
const SPELLINGS: readonly (readonly string[])[] = [
  ['alley', 'aly'],
  ['avenue', 'av', 'ave', 'aven', 'avn'],
  ['boulevard', 'blvd', 'boul'],
  ['circle', 'cir', 'circ'],
  ['court', 'ct'],
  ['cove', 'cv'],
  ['crossing', 'xing'],
  ['drive', 'dr', 'drv'],
  ['expressway', 'expy'],
  ['freeway', 'fwy'],
  ['heights', 'hts'],
  ['highway', 'hwy', 'hiway'],
  ['lane', 'ln'],
  ['loop'],
  ['parkway', 'pkwy', 'pky'],
  ['path'],
  ['place', 'pl'],
  ['plaza', 'plz'],
  ['road', 'rd'],
  ['row'],
  ['square', 'sq'],
  ['street', 'st', 'str'],
  ['terrace', 'ter', 'terr'],
  ['trail', 'trl'],
  ['walk'],
  ['way', 'wy'],
];
const DIRECTIONS: readonly (readonly string[])[] = [
  ['north', 'n'],
  ['south', 's'],
  ['east', 'e'],
  ['west', 'w'],
  ['northeast', 'ne'],
  ['northwest', 'nw'],
  ['southeast', 'se'],
  ['southwest', 'sw'],
];
const spelled = (table: readonly (readonly string[])[]) =>
  new Map(
    table.flatMap(([word = '', ...others]) => [word, ...others].map((other) => [other, word] as const)),
  );
const SUFFIX = spelled(SPELLINGS);
const DIRECTION = spelled(DIRECTIONS);
/** Words before the name of a unit. */
const DESIGNATORS: ReadonlySet<string> = new Set(
  'apt apartment unit ste suite no number rm room lot spc space trlr #'.split(' '),
);
/** Words beside the name of a part of a house. */
const PARTS: ReadonlySet<string> = new Set('bldg building fl floor tower wing'.split(' '));
const COUNTRY: ReadonlySet<string> = new Set(['us', 'usa']);

type NamedUnit = Pick<UnitRef, 'title' | 'address'>;

interface Address {
  /** House number and street: `210 oak street`. */
  street: string;
  /** `4b`; null where it names none. */
  unit: string | null;
  /** Building, floor and the like. */
  parts: string[];
  zip: string | null;
  /** City and state, in any spelling. */
  place: string[];
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/#/g, ' # ')
    .replace(/[.'’]/g, '')
    .split(/[^\p{L}\p{N}#-]+/u)
    .filter((word) => /[\p{L}\p{N}#]/u.test(word));
}

const squeezed = (words: readonly string[]): string | null =>
  words.join('').replace(/[^\p{L}\p{N}]/gu, '') || null;

/** Takes `apt # 4b` out of the words, if it begins at `from` or behind it (`exactly`: there only). */
function takeUnit(words: string[], from: number, exactly: boolean): string | null {
  const at = words.findIndex((word, index) => index >= from && DESIGNATORS.has(word));
  if (at < 0 || (exactly && at !== from)) return null;
  let end = at;
  while (DESIGNATORS.has(words[end] ?? '')) end += 1;
  const name = words.splice(at, end + 1 - at).slice(end - at);
  // `Apt 4 B`
  if (/^\d+$/.test(name[0] ?? '') && /^[a-z]$/.test(words[at] ?? '')) name.push(...words.splice(at, 1));
  return squeezed(name);
}

/** Up to the last word such as `street`, with a direction behind it; without one up to the comma. */
function streetLength(words: readonly string[]): number {
  const suffix = words.findLastIndex((word, index) => index > 1 && SUFFIX.has(word));
  if (suffix < 0) return words.length;
  return DIRECTION.has(words[suffix + 1] ?? '') ? suffix + 2 : suffix + 1;
}

/** Null where the line does not begin with the number of a house. */
function parse(line: string): Address | null {
  const [first = [], ...others] = line.split(',').map(wordsOf);
  if (!/^\d/.test(first[0] ?? '')) return null;
  const units = [takeUnit(first, 1, false), ...others.map((part) => takeUnit(part, 0, true))];
  const length = streetLength(first);
  const street = first.slice(0, length).map((word) => SUFFIX.get(word) ?? DIRECTION.get(word) ?? word);
  const rest = [...first.slice(length), ...others.flat()].filter((word) => !COUNTRY.has(word));
  const zip = rest.findLast((word) => /^\d{5}(-?\d{4})?$/.test(word)) ?? null;
  const isPart = (word: string, index: number) =>
    word !== zip && (/\d/.test(word) || PARTS.has(word) || PARTS.has(rest[index - 1] ?? ''));
  return {
    street: street.join(' '),
    unit: units.find((unit) => unit !== null) ?? null,
    parts: rest.filter(isPart).filter((word) => !PARTS.has(word)),
    zip: zip?.slice(0, 5) ?? null,
    place: rest.filter((word, index) => word !== zip && !isPart(word, index)),
  };
}

/** `Apt. 4-B`, `Unit 4B` and `4b` are one; a title that repeats the house names no unit. */
function unitNameOf({ title }: NamedUnit, house: Address): string | null {
  if (house.unit !== null || title === null) return house.unit;
  const titled = parse(title);
  if (titled !== null && titled.street === house.street) return titled.unit;
  return unitName(title);
}

function samePlace(a: Address, b: Address): boolean {
  if (a.zip !== null && b.zip !== null) return a.zip === b.zip;
  const [less, more] = a.place.length <= b.place.length ? [a.place, b.place] : [b.place, a.place];
  return less.every((word) => more.includes(word));
}

/** Of what both may leave out. */
function named(a: string | null, b: string | null): Likeness {
  if (a === b) return 'same';
  return a === null || b === null ? 'unclear' : 'different';
}

/** `address`: one line, as an enrollment has it; `unit`: as an application has it. */
export function likeness(address: string, unit: UnitRef | null): Likeness {
  return unit === null ? 'unclear' : unitLikeness({ title: null, address }, unit);
}

/** Whether two systems mean one unit by what they call it and where they say it is. */
export function unitLikeness(one: NamedUnit, other: NamedUnit): Likeness {
  const [a, b] = [one, other].map(({ address }) => (address === null ? null : parse(address)));
  if (!a || !b) return 'unclear';
  if (a.street !== b.street || !samePlace(a, b)) return 'different';
  const found = [
    named(unitNameOf(one, a), unitNameOf(other, b)),
    named(squeezed(a.parts), squeezed(b.parts)),
  ];
  return found.find((one) => one === 'different') ?? found.find((one) => one === 'unclear') ?? 'same';
}

/** What a unit is called, without the words before it: `4b` for `Apt. 4-B`; null where nothing is left. */
export function unitName(title: string | null): string | null {
  return title === null ? null : squeezed(wordsOf(title).filter((word) => !DESIGNATORS.has(word)));
}
