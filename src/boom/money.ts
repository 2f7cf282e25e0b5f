/** Amounts. Boom sends `{cents, currency}`, or a bare number or text that does not say what it counts. */
import type { Money, Rent } from './event.ts';
import type { Reading } from './reading.ts';
import { nameOf, notUnderstood } from './text.ts';

type Sent =
  | string
  | number
  | { cents?: string | number | null | undefined; currency?: string | null | undefined }
  | null
  | undefined;

/** A rent that is not understood keeps its raw form, for the landlord to see. */
export function rentOf(value: Sent, field: string, reading: Reading): Rent | null {
  if (value === null || value === undefined || value === '') return null;
  const money = moneyOf(value, reading.account.bareRent, field, reading);
  if (typeof value === 'object') return { money, raw: money && JSON.stringify(money) };
  return { money, raw: nameOf(value, field, reading) };
}

/** `bare` is what a number counts that has neither a currency nor a unit. */
export function moneyOf(
  value: Sent,
  bare: 'dollars' | 'cents',
  field: string,
  reading: Reading,
): Money | null {
  if (value === null || value === undefined || value === '') return null;
  const money = typeof value === 'object' ? exact(value, reading) : amountIn(String(value), bare, reading);
  return money ?? notUnderstood(field, reading);
}

function exact(value: Exclude<Sent, string | number | null | undefined>, reading: Reading): Money | null {
  const currency = (value.currency ?? reading.account.currency).trim().toUpperCase();
  const cents = String(value.cents ?? '').trim();
  if (!/^[A-Z]{3}$/.test(currency) || !/^\d{1,15}$/.test(cents)) return null;
  return { cents: Number(cents), currency };
}

const FORM = /^(?:([a-z]{3}) ?)?(\$)? ?(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d{1,2}))?(?: ?([a-z]{3}))?$/i;

function amountIn(text: string, bare: 'dollars' | 'cents', reading: Reading): Money | null {
  const match = FORM.exec(text.trim());
  if (!match) return null;
  const [, before, sign, whole = '', fraction, after] = match;
  if (before !== undefined && after !== undefined) return null;
  const currency = (before ?? after ?? reading.account.currency).toUpperCase();
  const amount = Number(whole.replaceAll(',', ''));
  // `$1,850` and `1850 USD` say themselves that they count dollars.
  if (bare === 'dollars' || sign !== undefined || before !== undefined || after !== undefined) {
    return { cents: amount * 100 + Number((fraction ?? '').padEnd(2, '0')), currency };
  }
  // A part of a cent contradicts the landlord's setting: shown, not guessed.
  return fraction === undefined ? { cents: amount, currency } : null;
}
