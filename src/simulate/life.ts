/** What every part of the simulated life works with: the clock, chance, the records, and Boom's outgoing deliveries. */
import type { EventName } from '../boom/events.ts';
import type { Casting } from './cast.ts';
import type { Random } from './random.ts';
import type { Application, LogKind, Person, Records, Unit } from './records.ts';

/** `current`: what Boom sends today; `older`: people in every rent-reporting message, and no request ids. */
export type Generation = 'current' | 'older';

/** One delivery as Boom would begin to send it. */
export interface SimDelivery {
  event: EventName;
  /** Milliseconds since 1970, in the simulated time. */
  at: number;
  body: Record<string, unknown>;
}

export interface Life extends Records {
  /** Part of every id and of every mail address: two runs are two sets of people. */
  run: string;
  generation: Generation;
  random: Random;
  casting: Casting;
  now(): number;
  /** `ms` from now. */
  after(ms: number, act: () => void): void;
  /** At some moment between both, from now. */
  within(fromMs: number, toMs: number, act: () => void): void;
  /** `customer` 7 of run `sim` is `sim-customer-7`. */
  newId(what: string): string;
  /** Looks for somebody new for this unit. */
  advertise(unit: Unit): void;
  /** This person applies for another unit, where one is free. */
  seekAnother(person: Person): void;
  send(event: EventName, fields: Record<string, unknown>): void;
  log(kind: LogKind, application: Application, details?: Record<string, unknown>): void;
}
