/** A building whose people apply, move in, report their rent and move out: pure, and the same for the same seed. */
import { createHash } from 'node:crypto';
import { createAgenda } from './agenda.ts';
import { makeUnits } from './building.ts';
import { createCasting } from './cast.ts';
import type { Generation, Life, SimDelivery } from './life.ts';
import { createRandom } from './random.ts';
import type { Person, Records } from './records.ts';
import { livesThere } from './tenancies.ts';
import { DAY } from './time.ts';
import { type Truth, truthOf } from './truth.ts';
import { advertise, seekAnother } from './vacancies.ts';

export interface WorldOptions {
  seed: number;
  units: number;
  start: Date;
  generation: Generation;
}

export interface World {
  readonly records: Records;
  /** Part of every id: another start gives other ids, so that a run later on is about other people. */
  readonly run: string;
  now(): Date;
  /** When something happens next. There is always something next. */
  next(): Date;
  /** Lets life go on until `to`, which may not lie behind; what Boom begins to send of it, in its order. */
  advance(to: Date): SimDelivery[];
  truth(): Truth;
}

/** A share of the units is empty in the beginning. */
const EMPTY = 0.3;

export function createWorld({ seed, units: count, start, generation }: WorldOptions): World {
  const run = `sim${createHash('sha256').update(`${seed} ${start.toISOString()}`).digest('hex').slice(0, 6)}`;
  const random = createRandom(`life ${seed}`);
  const requestIds = createRandom(`requests ${run}`);
  const agenda = createAgenda<() => void>();
  const people: Person[] = [];
  const numbers = new Map<string, number>();
  let now = start.getTime();
  let outgoing: SimDelivery[] = [];
  const units = makeUnits(run, count, random, now);
  const records: Records = {
    properties: [...new Set(units.map(({ property }) => property))],
    units,
    people,
    leads: new Map(),
    applications: new Map(),
    customers: new Map(),
    enrollments: new Map(),
    activity: [],
  };

  const life: Life = {
    ...records,
    run,
    generation,
    random,
    casting: createCasting(run, random, people),
    now: () => now,
    after: (ms, act) => agenda.add(now + ms, act),
    within: (fromMs, toMs, act) => agenda.add(now + random.int(fromMs, toMs), act),
    newId(what) {
      const number = (numbers.get(what) ?? 0) + 1;
      numbers.set(what, number);
      return `${run}-${what}-${number}`;
    },
    advertise: (unit) => advertise(life, unit),
    seekAnother: (person) => seekAnother(life, person),
    send(event, fields) {
      const id = generation === 'current' ? { request_id: requestIds.uuid() } : {};
      outgoing.push({ event, at: now, body: { event, ...id, ...fields } });
    },
    log(kind, application, details = {}) {
      records.activity.push({ id: records.activity.length + 1, application, kind, details, at: now });
    },
  };
  for (const unit of units) {
    if (random.chance(EMPTY)) advertise(life, unit);
    else livesThere(life, unit);
  }

  return {
    records,
    run,
    now: () => new Date(now),
    next: () => new Date(agenda.next() ?? now + DAY),
    advance(to) {
      for (let at = agenda.next(); at !== null && at <= to.getTime(); at = agenda.next()) {
        now = Math.max(now, at);
        agenda.take()?.what();
      }
      now = to.getTime();
      const sent = outgoing;
      outgoing = [];
      return sent;
    },
    truth: () => truthOf(records),
  };
}
