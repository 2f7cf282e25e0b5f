/** Phone numbers, in E.164. Possible numbers count, valid or not: Boom's own documented ones are not valid. */
import type { CountryCode } from 'libphonenumber-js';
import type { Reading } from './reading.ts';
import { notUnderstood } from './text.ts';

/** E.164, or null. `country` is a number's that does not name one. */
export type ParsePhone = (phone: string, country: string) => string | null;

/** The library is 80 KB of numbering plans, loaded when the first delivery is to be read. */
export async function loadParsePhone(): Promise<ParsePhone> {
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min');
  return (phone, country) => {
    const parsed = parsePhoneNumberFromString(phone, {
      // The library passes over a country that it does not know.
      defaultCountry: country as CountryCode,
      // A number within a sentence may be anybody's.
      extract: false,
    });
    return parsed?.isPossible() ? parsed.number : null;
  };
}

export function phoneOf(
  value: string | number | null | undefined,
  field: string,
  reading: Reading,
): string | null {
  const phone = String(value ?? '').trim();
  if (phone === '') return null;
  if (phone.length > 40) return notUnderstood(field, reading);
  return northAmerican(phone, reading) ?? parsed(phone, reading) ?? notUnderstood(field, reading);
}

/** Nearly all of them, without the library's tenth of a millisecond. */
function northAmerican(phone: string, { account }: Reading): string | null {
  if (account.country !== 'US' && account.country !== 'CA') return null;
  const digits = /^(?:\+?1)?(\d{10})$/.exec(phone)?.[1];
  return digits === undefined ? null : `+1${digits}`;
}

function parsed(phone: string, { account, parsePhone }: Reading): string | null {
  const number = parsePhone(phone, account.country);
  if (number !== null) return number;
  // Boom writes a US number as 15551234567, also to a landlord elsewhere.
  return /^1\d{10}$/.test(phone) ? parsePhone(`+${phone}`, account.country) : null;
}
