/** Dates stay dates; times become UTC with milliseconds. */
import type { Reading } from './reading.ts';
import { notUnderstood } from './text.ts';

type Maybe = string | null | undefined;

/** The date as written, whatever time and zone follow it: a move-in on the first is on the first everywhere. */
export function dateOf(value: Maybe, field: string, reading: Reading): string | null {
  const text = value?.trim() ?? '';
  if (text === '') return null;
  return timeIn(text) === null ? notUnderstood(field, reading) : text.slice(0, 10);
}

/** A point in time. A date alone is none: it would put an event before others of its day. */
export function timeOf(value: Maybe, field: string, reading: Reading): string | null {
  const text = value?.trim() ?? '';
  if (text === '') return null;
  const time = text.length > 10 ? timeIn(text) : null;
  return time ?? notUnderstood(field, reading);
}

/** A point in time, or a date where Boom sent no more than that. */
export function dateOrTimeOf(value: Maybe, field: string, reading: Reading): string | null {
  return (value?.trim().length ?? 0) > 10 ? timeOf(value, field, reading) : dateOf(value, field, reading);
}

/** `YYYY-MM`. */
export function monthOf(value: Maybe, field: string, reading: Reading): string | null {
  const text = value?.trim() ?? '';
  if (text === '') return null;
  const day = /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text;
  return timeIn(day) === null ? notUnderstood(field, reading) : day.slice(0, 7);
}

const FORM =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)? ?(Z|UTC|[+-]\d\d:?\d\d)?)?$/i;

/** A time without a zone is UTC, as everything that Boom stores. */
function timeIn(text: string): string | null {
  const match = FORM.exec(text);
  if (!match) return null;
  const [
    ,
    year = '',
    month = '',
    day = '',
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    zone = '',
  ] = match;
  if (year < '1900' || year > '2199' || hour > '23' || minute > '59' || second > '59') return null;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // 30 February rolls over into March.
  if (new Date(date).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return null;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const clock = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000 + ms;
  return new Date(date + clock - offsetOf(zone)).toISOString();
}

function offsetOf(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
