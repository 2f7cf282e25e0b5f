/** What a form sends, as the actions' schemas read it: every value is text, and a repeated one a list. */
import { z } from 'zod';

/** A box that is not ticked is not sent. */
export const ticked = z
  .union([z.boolean(), z.enum(['on', 'true', 'false', ''])])
  .default(false)
  .transform((value) => value === true || value === 'on' || value === 'true');

/** More at once would hold up everybody else. */
const MOST = 500;

/** One text, or several of the same name. */
export const several = z
  .union([z.string(), z.array(z.string()).max(MOST)])
  .default([])
  .transform((value) => (typeof value === 'string' ? [value] : value));

/** A number in a field or in an address. */
export const whole = z.coerce.number().int();

/** A field that was left empty says nothing. */
export const optional = z
  .string()
  .nullish()
  .transform((text) => (text == null || text.trim() === '' ? null : text.trim()));

const ELSEWHERE = 'https://elsewhere.invalid';

/** A path of ours to go back to; anything else is the overview. */
export function pathBack(value: unknown): string {
  if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value)) return '/';
  try {
    const { origin, pathname, search, hash } = new URL(value, ELSEWHERE);
    // What is left once `/.//` and the like are resolved could begin with the name of a host.
    return origin === ELSEWHERE && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
  } catch {
    return '/';
  }
}
