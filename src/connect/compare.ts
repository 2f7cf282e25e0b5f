/** Whether two spellings are one value: a PMS stores what it likes, and that is no edit. */
import type { FieldValue } from './contract.ts';
import type { Comparator } from './manifest.ts';

type Value = FieldValue | undefined;

/** Null, absent and empty are one. */
export function sameValue(comparator: Comparator, a: Value, b: Value): boolean {
  const left = folded(a);
  const right = folded(b);
  if (left === '' || right === '') return left === right;
  return COMPARE[comparator](left, right);
}

const COMPARE: Record<Comparator, (a: string, b: string) => boolean> = {
  text: (a, b) => a === b,
  email: (a, b) => a.toLowerCase() === b.toLowerCase(),
  phone: (a, b) => a === b || samePhone(digitsOf(a), digitsOf(b)),
  date: (a, b) => dateOf(a) === dateOf(b),
  number: (a, b) => a === b || Number(a) === Number(b),
  money: (a, b) => a === b || centsOf(a) === centsOf(b),
};

function folded(value: Value): string {
  if (value === null || value === undefined) return '';
  return String(value).normalize('NFC').trim().replace(/\s+/g, ' ');
}

function digitsOf(text: string): string {
  const withoutExtension = text.replace(/\s*(ext|x|#).*$/i, '');
  return withoutExtension.replace(/\D/g, '').replace(/^0+/, '');
}

/** A number without its country code is the number with it: one ends with all of the other. */
function samePhone(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short === '') return false;
  return a === b || (short.length >= 7 && long.length - short.length <= 3 && long.endsWith(short));
}

function dateOf(text: string): string {
  const iso = /^(\d{4}-\d{2}-\d{2})(T|\s|$)/.exec(text)?.[1];
  if (iso !== undefined) return iso;
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (us === null) return text;
  const [, month = '', day = '', year = ''] = us;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function centsOf(text: string): number {
  return Math.round(Number(text.replace(/[^\d.-]/g, '')) * 100);
}
