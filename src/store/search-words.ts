/** The words that a tenant is found by, and what somebody looks for, in the same spelling. Pure. */
import type { UnitRef } from '../boom/event.ts';
import type { Tenant } from '../project/tenant.ts';

/** Somebody with more units and spellings than this is found by the first of them. */
const MOST_WORDS = 60;
/** No name is longer; what is longer is found by its beginning. */
const LONGEST = 64;
/** More narrow nothing down. */
const MOST_TERMS = 6;

/** `Zoë` and `Zoe` are one word, as are `STRASSE` and `strasse`. */
function plainly(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Letters and digits of any script. */
function wordsIn(text: string | null): string[] {
  return text === null ? [] : (plainly(text).match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** Whole, so that it can be pasted, and by what stands before the @: what stands after it finds everybody. */
function wordsOfEmail(email: string | null): string[] {
  if (email === null) return [];
  return [plainly(email), ...wordsIn(email.split('@')[0] ?? null)];
}

/** People say a number without its country, without its area, or by its last four digits. */
function wordsOfPhone(phone: string | null): string[] {
  const digits = phone?.replace(/\D/g, '') ?? '';
  return [digits.length, 10, 7, 4].filter((length) => length <= digits.length).map((n) => digits.slice(-n));
}

function wordsOfUnit(unit: UnitRef | null): string[] {
  if (unit === null) return [];
  const called = unit.title ?? unit.externalId ?? unit.id;
  // `4-B` is found as `4B` too.
  const together = called === null ? [] : [wordsIn(called).join('')];
  return [...together, ...[called, unit.property?.name ?? null, unit.address].flatMap(wordsIn)];
}

/** Each once. */
export function wordsOf({ person, applications, residencies }: Tenant): string[] {
  const { firstName, lastName, email, phone } = person;
  const words = [
    ...wordsIn(firstName),
    ...wordsIn(lastName),
    ...wordsOfEmail(email),
    ...wordsOfPhone(phone),
    ...[...residencies, ...applications].flatMap(({ unit }) => wordsOfUnit(unit)),
  ];
  return [...new Set(words.filter(Boolean).map((word) => word.slice(0, LONGEST)))].slice(0, MOST_WORDS);
}

/** Beginnings of words, all of which somebody must have. An e-mail address is one. */
export function termsOf(text: string): string[] {
  const terms = text.split(/\s+/).flatMap((part) => (/^[^@]+@/.test(part) ? [plainly(part)] : wordsIn(part)));
  const each = [...new Set(terms.map((term) => term.slice(0, LONGEST)))];
  // `an` asks for nothing that `ana` does not ask for.
  return each
    .filter((term) => !each.some((other) => other !== term && other.startsWith(term)))
    .slice(0, MOST_TERMS);
}

/** The first that is no word with this beginning, by code point. */
export function endOf(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}
