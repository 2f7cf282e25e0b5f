/** From a body as received to what the inbox keeps of it. */
import { hash } from 'node:crypto';
import { removeDenied } from '../boom/denied.ts';
import type { Delivery } from '../store/inbox.ts';
import { hasDuplicateKeys } from './duplicate-keys.ts';

export type JsonObject = Record<string, unknown>;

const LONGEST_NAME = 200;
/** Quick to rule out; whole surrogate pairs match as well. */
const UNUSUAL = /[\0\ud800-\udfff]/;
const TOO_DEEP = 'The body is nested too deeply to be checked for what must not be kept, so it was not kept.';

/** `text` is the body as received and `body` the same, parsed. Never throws: whatever Boom sends is stored. */
export function toDelivery(account: string, text: string, body: JsonObject, receivedAt: Date): Delivery {
  return {
    account,
    source: 'webhook',
    requestId: short(nameIn(body, 'request_id') ?? nameIn(body, 'requestId')),
    wireEvent: cut(nameIn(body, 'event')),
    receivedAt: receivedAt.toISOString(),
    ...keepable(text, body),
  };
}

/**
 * The hash is of the body as received, but for one from which something was removed: a date of birth can be guessed
 * until the hash fits.
 */
function keepable(text: string, body: JsonObject): Pick<Delivery, 'body' | 'bodyHash' | 'failed'> {
  try {
    const { body: cleaned, removed } = removeDenied(body);
    const kept = removed || hasDuplicateKeys(text, body) ? JSON.stringify(cleaned) : text;
    return { body: kept, bodyHash: hash('sha256', removed ? kept : text, 'hex') };
  } catch (error) {
    if (error instanceof RangeError) {
      return { body: null, bodyHash: hash('sha256', text, 'hex'), failed: TOO_DEEP };
    }
    throw error;
  }
}

/** A short string under that key, at the top or inside `data`; null for anything that cannot name something. */
function nameIn(body: JsonObject, key: string): string | null {
  return asName(own(body, key)) ?? (isObject(body.data) ? asName(own(body.data, key)) : null);
}

function asName(value: unknown): string | null {
  // Beyond that, two numbers that differ are read as one.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  return value;
}

/** Without what a database could not give back as it was: half of a surrogate pair, and NUL in PostgreSQL. */
function tidy(name: string): string {
  return UNUSUAL.test(name) ? name.replace(/\p{Surrogate}|\0/gu, '\uFFFD') : name;
}

function cut(name: string | null): string | null {
  return name === null ? null : tidy(name.slice(0, LONGEST_NAME));
}

/** Two ids that only begin alike stay two. */
function short(id: string | null): string | null {
  if (id === null || id.length <= LONGEST_NAME) return id === null ? null : tidy(id);
  return `${tidy(id.slice(0, 120))}…${hash('sha256', id, 'hex')}`;
}

function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
