/**
 * What must never be stored: social security numbers, dates of birth, access keys, scores, recommendations,
 * reasons for adverse action, rule sets, income, vouchers, verification reports. Removed from every delivery
 * before it reaches the inbox, whatever the depth and however the key is spelled.
 */
import { squash } from './keys.ts';
import { remember } from './remember.ts';

type Fate = 'kept' | 'denied' | 'redacted';

export const REDACTED = '[redacted]';

/** `body` itself where nothing in it is denied, else a copy without; what was passed is never changed. */
export function removeDenied(body: object): { body: object; removed: boolean } {
  return isClean(body) ? { body, removed: false } : { body: cleanCopy(body), removed: true };
}

// Both walks keep their own list of what is left to visit: a body may be nested deeper than the call stack.

function isClean(body: object): boolean {
  const left: object[] = [body];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    if (Array.isArray(at)) {
      for (const item of at) if (isObject(item)) left.push(item);
      continue;
    }
    const fields = at as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      const fate = fateOf(key);
      if (fate === 'denied' || (fate === 'redacted' && isSecret(value))) return false;
      if (isObject(value)) left.push(value);
    }
  }
  return true;
}

function cleanCopy(body: object): object {
  const whole = emptyLike(body);
  const left: [from: object, to: object][] = [[body, whole]];
  for (let pair = left.pop(); pair !== undefined; pair = left.pop()) {
    const [from, to] = pair;
    const copied = (value: unknown): unknown => {
      if (!isObject(value)) return value;
      const copy = emptyLike(value);
      left.push([value, copy]);
      return copy;
    };
    if (Array.isArray(from)) {
      for (const item of from) (to as unknown[]).push(copied(item));
      continue;
    }
    for (const [key, value] of Object.entries(from)) {
      const fate = fateOf(key);
      if (fate === 'denied') continue;
      (to as Record<string, unknown>)[key] =
        fate === 'redacted' && isSecret(value) ? REDACTED : copied(value);
    }
  }
  return whole;
}

const fateOf = remember(decide);

function decide(spelled: string): Fate {
  // Full-width letters read like any others.
  const key = spelled.normalize('NFKC');
  // An own key `__proto__` would change the prototype of whatever copies it.
  if (key === '__proto__') return 'denied';
  const name = squash(key);
  if (name.includes('plaidconnecturl')) return 'redacted';
  if (EXACT.has(name) || PARTS.some((part) => name.includes(part))) return 'denied';
  if (ENDINGS.some((ending) => name.endsWith(ending))) return 'denied';
  // `business_name`, `address_number` and `process_note` hold these letters as well, always after a vowel.
  if (/(?:^|[^aeiouy])ssn/.test(name)) return 'denied';
  if (key.length > LONGEST_SPLIT) return name.includes('ssn') ? 'denied' : 'kept';
  return wordsOf(key).some(
    (word) => /^(ssn|dob|bday|itin)s?\d*$/.test(word) || word.startsWith('ssn') || WORDS.has(word),
  )
    ? 'denied'
    : 'kept';
}

/** Only the plain word: `rental_verifications` and `verification_id` are no reports. */
const EXACT = new Set(['verifications', 'ss']);

const PARTS = [
  'accesskey',
  'adverseaction',
  'birth',
  'fico',
  'income',
  'nationalid',
  'phonefromplaid',
  'recommendation',
  'ruleset',
  'salary',
  'socialsecurity',
  'socsec',
  'taxid',
  'verificationreport',
  'voucher',
];

const ENDINGS = ['dob', 'score', 'scores', 'ssn'];

const WORDS = new Set(['score', 'scores', 'scorecard']);

/** Splitting costs the square of the length, and no field of Boom's is as long as this. */
const LONGEST_SPLIT = 100;

function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

function isSecret(value: unknown): boolean {
  return value !== null && value !== REDACTED;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function emptyLike(value: object): object {
  return Array.isArray(value) ? [] : {};
}
