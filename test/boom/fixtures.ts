import { readdirSync, readFileSync } from 'node:fs';
import type { BoomEvent } from '../../src/boom/event.ts';
import type { EventName } from '../../src/boom/events.ts';
import type { Normalise } from '../../src/boom/normalise.ts';
import type { AccountReading } from '../../src/boom/reading.ts';

const FOLDER = new URL('../fixtures/boom/', import.meta.url);

export const US: AccountReading = { bareRent: 'dollars', currency: 'USD', country: 'US' };

/** A form that Boom may send in place of the documented one, and what it comes to. */
export interface Form {
  says: string;
  body?: unknown;
  /** The body as text, where an object could not hold it. */
  text?: string;
  account?: AccountReading;
  sameAs?: EventName;
  expect?: object;
  notUnderstood?: string[];
}

export function namesIn(folder: 'events' | 'forms'): string[] {
  return readdirSync(new URL(`${folder}/`, FOLDER))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
}

export function delivery(name: EventName): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`events/${name}.json`, FOLDER), 'utf8')) as Record<string, unknown>;
}

export function form(name: string): Form {
  return JSON.parse(readFileSync(new URL(`forms/${name}.json`, FOLDER), 'utf8')) as Form;
}

export function eventOf(normalise: Normalise, body: unknown, account = US): BoomEvent {
  const result = normalise(body, account);
  if (!result.ok) throw new Error(result.reason);
  return result.event;
}
