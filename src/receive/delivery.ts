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
    requestId: nameIn(body, 'request_id') ?? nameIn(body, 'requestId'),
    wireEvent: nameIn(body, 'event'),
    bodyHash: hash('sha256', text, 'hex'),
    receivedAt: receivedAt.toISOString(),
    ...keepable(text, body),
  };
}

function keepable(text: string, body: JsonObject): Pick<Delivery, 'body' | 'failed'> {
  try {
    const { body: cleaned, removed } = removeDenied(body);
    return { body: removed || hasDuplicateKeys(text, body) ? JSON.stringify(cleaned) : text };
  } catch (error) {
    if (error instanceof RangeError) return { body: null, failed: TOO_DEEP };
    throw error;
  }
}

/** A short string under that key, at the top or inside `data`; null for anything that cannot name something. */
function nameIn(body: JsonObject, key: string): string | null {
  return asName(own(body, key)) ?? (isObject(body.data) ? asName(own(body.data, key)) : null);
}

function asName(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  const name = value.slice(0, LONGEST_NAME);
  // What a database could not give back as it was: half of a surrogate pair, and NUL in PostgreSQL.
  return UNUSUAL.test(name) ? name.replace(/\p{Surrogate}|\0/gu, '\uFFFD') : name;
}

function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
