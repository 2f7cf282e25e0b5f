/** Properties of whole histories: what Boom's network may do to them must not show in the record. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_NAMES, READ_NAMES } from '../../src/boom/events.ts';
import { fold } from '../../src/project/fold.ts';
import type { Tenant } from '../../src/project/tenant.ts';
import { runs } from '../support/profile.ts';
import { holds, keptIn } from './kept-failures.ts';
import { type Arrival, arrivalsOf, essences, eventsByPerson, withRepetitions } from './random-record.ts';
import { choices, delays, type Story, stepsOf, stories } from './random-world.ts';

function records(arrivals: readonly Arrival[]): Map<string, Tenant> {
  return new Map(
    [...eventsByPerson(arrivals)].map(([key, events]) => [key, fold({ id: 't1', account: 'main' }, events)]),
  );
}

function expectSame(found: Map<string, Tenant>, wanted: Map<string, Tenant>): void {
  expect([...found.keys()]).toEqual([...wanted.keys()]);
  for (const [key, tenant] of wanted) {
    const [one, other] = essences(found.get(key) as Tenant, tenant);
    expect(one).toEqual(other);
  }
}

/** On a computer that does much else. */
const TIMEOUT_MS = runs(120_000, 1_800_000);

describe('random histories', () => {
  it('speak of everything that Boom sends and that we read', () => {
    const named = new Set(
      fc
        .sample(stories, { numRuns: 300, seed: 1 })
        .flatMap((story) => stepsOf(story).map(({ body }) => body.event)),
    );
    expect([...EVENT_NAMES, ...READ_NAMES].filter((name) => !named.has(name))).toEqual([]);
  });
});

describe('the fold of a history', () => {
  it(
    'ends in the same record however its deliveries are delayed by retries',
    async () => {
      await holds(
        'delayed',
        runs(250, 6_000),
        fc.property(stories, delays, (story, late) => {
          const steps = stepsOf(story);
          expectSame(records(arrivalsOf(steps, late)), records(arrivalsOf(steps)));
        }),
      );
    },
    TIMEOUT_MS,
  );

  // One random history in some thousands: the place of an application after a merge, and the unit of an enrollment.
  it.fails.each(keptIn<[Story, number[]]>('delayed-open'))(
    'is not yet so for every history: %#',
    (story, late) => {
      const steps = stepsOf(story);
      expectSame(records(arrivalsOf(steps, late)), records(arrivalsOf(steps)));
    },
  );

  it(
    'does not change when any of its deliveries are repeated',
    async () => {
      await holds(
        'repeated',
        runs(100, 2_000),
        fc.property(stories, choices, (story, chosen) => {
          const arrivals = arrivalsOf(stepsOf(story));
          expectSame(records(withRepetitions(arrivals, chosen)), records(arrivals));
        }),
      );
    },
    TIMEOUT_MS,
  );

  it(
    'never throws, whatever is missing or out of place',
    async () => {
      await holds(
        'torn',
        runs(100, 2_000),
        fc.property(stories, choices, fc.integer(), (story, lost, order) => {
          for (const events of eventsByPerson(arrivalsOf(stepsOf(story))).values()) {
            const torn = events
              .filter((_, index) => !lost[index % lost.length])
              .sort((a, b) => ((a.id * order) % 7) - ((b.id * order) % 7))
              .map((item, index) => ({
                ...item,
                id: index + 1,
                positions: (index + order) % 5 === 0 ? [] : item.positions,
              }));
            const tenant = fold({ id: 't1', account: 'main' }, torn);
            expect(tenant.applications.every(({ place }) => /^p\d+$/.test(place))).toBe(true);
          }
        }),
      );
    },
    TIMEOUT_MS,
  );
});
