import { expect, it } from 'vitest';
import { limiter } from '../../src/http/limiter.ts';
import { usedLimits } from '../../src/operate/limits.ts';
import { openTestStore } from '../support/store.ts';

it('says how much of each longer window is used, as the limiter counts it', async () => {
  const { stores } = await openTestStore();
  const windows = [
    { requests: 8, seconds: 1 },
    { requests: 50, seconds: 60 },
  ];
  let now = Date.UTC(2026, 10, 23, 12);
  const clock = { now: () => now, sleep: async () => {} };
  const limit = await limiter(2, windows, { ledger: () => stores.spentRequests.of('oak'), clock });
  for (let count = 0; count < 5; count += 1) await limit(async () => {});
  const used = () => usedLimits('oak', { concurrency: 2, windows }, stores, new Date(now));
  expect(await used()).toEqual([
    { requests: 8, seconds: 1, used: null },
    { requests: 50, seconds: 60, used: 5 },
  ]);
  now += 67_000;
  expect((await used())[1]?.used).toBe(0);
});
