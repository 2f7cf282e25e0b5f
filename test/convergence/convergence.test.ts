/**
 * The whole of it: a building lives in a fake Boom, its deliveries are dropped, sent twice and out of order, our server
 * is killed; and at the end our book is what Boom's is.
 */
import { describe, expect, it } from 'vitest';
import { NIGHTLY, runs } from '../support/profile.ts';
import { openTestStore } from '../support/store.ts';
import { compare } from './compare.ts';
import { essenceOf } from './essence.ts';
import { type Life, live } from './rig.ts';

const END = new Date('2026-11-20T12:00:00.000Z');
const LIFE = {
  units: runs(15, 200),
  days: runs(120, 365),
  end: END,
  kills: runs(3, 10),
};
const TIME_LIMIT = NIGHTLY ? 45 * 60_000 : 120_000;

function say(life: Life, lived: Awaited<ReturnType<typeof live>>, result: ReturnType<typeof compare>): void {
  if (!NIGHTLY) return;
  const { stats, kills, events, tenants } = lived;
  console.log(
    JSON.stringify({
      seed: life.seed,
      api: life.api,
      ...stats,
      kills,
      events,
      tenants: tenants.length,
      ...result,
    }),
  );
}

describe('our book', () => {
  it.each(NIGHTLY ? [1, 2] : [20261123])(
    'is Boom’s, with the API on, whatever the network and kill -9 did (seed %i)',
    async (seed) => {
      const life = { ...LIFE, seed, api: true, chaos: { drop: 5, duplicate: 5, reorder: 20 } };
      const lived = await live(life);
      const result = compare(lived.truth, lived.tenants, lived.delivered, END);
      say(life, lived, result);
      expect(lived.kills).toBe(life.kills);
      expect(lived.stats.dropped).toBeGreaterThan(0);
      expect(lived.events.failed).toBe(0);
      expect(result.people).toBeGreaterThan(0);
      expect(result.notOne).toEqual([]);
      expect(result.wrong).toEqual([]);
      expect(result.toldOnce.facts).toBeGreaterThan(0);
      expect(result.toldOnce.lostByUs).toEqual([]);
      expect(result.toldOnce.missingUnmarked).toEqual([]);
      expect(result.toldOnce.missingMarked).toBeGreaterThan(0);
    },
    TIME_LIMIT,
  );

  it.each(NIGHTLY ? [1, 2] : [20261123])(
    'is what was delivered, in its order and once, with webhooks only (seed %i)',
    async (seed) => {
      const life = { ...LIFE, seed, api: false, chaos: { drop: 5, duplicate: 5, reorder: 20 } };
      const lived = await live(life);
      say(life, lived, compare(lived.truth, lived.tenants, lived.delivered, END));
      const reference = await openTestStore();
      for (const { body, at } of lived.delivered) await reference.deliver(body, new Date(at));
      await reference.project();
      const expected = (await reference.tenants()).map(essenceOf).sort();
      expect(lived.kills).toBe(life.kills);
      expect(lived.events).toMatchObject({ read: 0, failed: 0 });
      expect(expected.length).toBeGreaterThan(0);
      expect(lived.tenants.map(essenceOf).sort()).toEqual(expected);
    },
    TIME_LIMIT,
  );
});
