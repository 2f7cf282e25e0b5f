/** How each day went: the messages of each day once, and the worst that was seen. */
import { expect, it } from 'vitest';
import { dayIn, keepDays, worse } from '../../src/operate/days.ts';
import { createLog } from '../../src/operate/log.ts';
import type { Verdict } from '../../src/operate/verdict.ts';
import { openTestStore } from '../support/store.ts';

it('names the day where the properties are', () => {
  expect(dayIn('America/Chicago')('2026-11-23T04:59:00.000Z')).toBe('2026-11-22');
  expect(dayIn('UTC')('2026-11-23T04:59:00.000Z')).toBe('2026-11-23');
});

it('keeps the worst of two', () => {
  expect(worse('in_line', 'stopped')).toBe('stopped');
  expect(worse('stopped', 'in_line')).toBe('stopped');
  expect(worse('in_line', null)).toBe('in_line');
  expect(worse('catching_up', 'of a later version')).toBe('catching_up');
});

it('counts each message once, on the day on which it came, and shows the worst of a day', async () => {
  const store = await openTestStore();
  let verdict: Verdict = 'in_line';
  let now = new Date('2026-11-23T12:00:00.000Z');
  const days = keepDays({
    days: store.stores.days,
    status: async () => ({
      verdict,
      tenants: { total: 2, inLine: 1, waitingForBoom: 0, held: 0, weaklyJoined: 0 },
      connections: [{ due: 1 } as never],
    }),
    timezone: 'UTC',
    now: () => now,
    log: createLog('silent'),
  });
  // The look with which it begins.
  await days.look(false);
  for (const at of ['2026-11-22T23:59:59.000Z', '2026-11-23T00:00:01.000Z', '2026-11-23T09:00:00.000Z'])
    await store.deliver({ event: 'application_submitted', at }, new Date(at));
  verdict = 'stopped';
  await days.look(false);
  verdict = 'in_line';
  now = new Date('2026-11-23T18:00:00.000Z');
  await days.look(true);
  await days.stop();
  expect(await store.stores.days.since('2026-11-01')).toEqual([
    { day: '2026-11-22', worst: null, inLine: null, total: null, messages: 1 },
    { day: '2026-11-23', worst: 'stopped', inLine: 1, total: 2, messages: 2 },
  ]);
  expect(await store.stores.days.lastChecked()).toBe('2026-11-23T18:00:00.000Z');
});
