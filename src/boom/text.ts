/** Ids, names, words and prose. Nothing that a database or a terminal would stumble over gets past here. */
import type { Reading } from './reading.ts';

type Maybe<T> = T | null | undefined;

/** Always a string, and never read into: Boom's ids have no parts. */
export function idOf(value: Maybe<string | number>, field: string, reading: Reading): string | null {
  if (value === null || value === undefined) return null;
  const id = String(value).trim();
  if (id === '') return null;
  if (id.length > 200 || /[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/u.test(id)) return notUnderstood(field, reading);
  return id;
}

/** One line as a person wrote it: the case is kept, white space is folded. */
export function nameOf(value: Maybe<string | number>, field: string, reading: Reading): string | null {
  if (value === null || value === undefined) return null;
  const raw = String(value);
  // Before it is looked at: some of what follows takes the square of the length.
  if (raw.length > 1_000) return notUnderstood(field, reading);
  const name = lineOf(raw);
  if (name.length > 300) return notUnderstood(field, reading);
  return name === '' ? null : name;
}

/** A value of an enumeration, such as a status: lower case, words joined by `_`. */
export function wordOf(value: Maybe<string>, field: string, reading: Reading): string | null {
  const name = nameOf(value, field, reading);
  return name === null ? null : name.toLowerCase().replace(/[\s_-]+/g, '_');
}

export function emailOf(value: Maybe<string>, field: string, reading: Reading): string | null {
  const email = nameOf(value, field, reading)?.toLowerCase() ?? null;
  if (email === null) return null;
  return /^[^\s@]+@[^\s@]+$/.test(email) ? email : notUnderstood(field, reading);
}

/** A sentence or a few of Boom's; what is beyond 2,000 characters is cut off. */
export function proseOf(value: Maybe<string>): string | null {
  const prose = lineOf((value ?? '').slice(0, 3_000));
  return prose === '' ? null : lineOf(prose.slice(0, 2_000));
}

export function notUnderstood(field: string, reading: Reading): null {
  reading.notUnderstood.add(field);
  return null;
}

/** PostgreSQL takes neither NUL nor half a surrogate pair. */
function lineOf(value: string): string {
  return value
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .normalize('NFC');
}
