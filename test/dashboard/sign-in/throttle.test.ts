import { expect, it } from 'vitest';
import { delayAfter, Throttle } from '../../../src/dashboard/sign-in/throttle.ts';

function throttled() {
  let now = Date.UTC(2026, 10, 20, 12);
  const waits: number[] = [];
  const throttle = new Throttle({
    now: () => new Date(now),
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  });
  const attempt = (good: boolean, name = 'ana', address = '192.0.2.1') =>
    throttle.attempt(name, address, async () => good);
  return { throttle, waits, attempt, pass: (ms: number) => (now += ms) };
}

const bad = async () => false;

it('waits longer with each failure, ten seconds at most', () => {
  const delays = Array.from({ length: 12 }, (_, failures) => delayAfter(failures));
  expect(delays).toEqual([0, 0, 0, 250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
  expect(delayAfter(1_000_000)).toBe(10_000);
});

it('lets the right password in after the wait, however many were wrong, and begins anew for that name', async () => {
  const { waits, attempt } = throttled();
  for (let n = 0; n < 50; n += 1) expect(await attempt(false)).toBe(false);
  expect(waits.at(-1)).toBe(10_000);
  expect(await attempt(true)).toBe(true);
  waits.length = 0;
  // From elsewhere, where nobody has failed.
  expect(await attempt(true, 'ana', '192.0.2.2')).toBe(true);
  expect(waits).toEqual([]);
});

it('counts a name from whichever address, and an address with whichever name', async () => {
  const { waits, attempt } = throttled();
  for (let n = 0; n < 5; n += 1) await attempt(false, 'ana', `192.0.2.${n}`);
  expect(waits).toEqual([250, 500]);
  waits.length = 0;
  for (let n = 0; n < 5; n += 1) await attempt(false, `name${n}`, '198.51.100.1');
  expect(waits).toEqual([250, 500]);
});

it('does not let one password that is known pay for guesses at another', async () => {
  const { waits, attempt } = throttled();
  for (let n = 0; n < 10; n += 1) {
    await attempt(false, 'owner');
    await attempt(true, 'helper');
  }
  expect(waits.at(-1)).toBeGreaterThan(4000);
});

it('forgets after a quarter of an hour', async () => {
  const { waits, attempt, pass } = throttled();
  for (let n = 0; n < 8; n += 1) await attempt(false);
  waits.length = 0;
  pass(16 * 60_000);
  await attempt(false);
  expect(waits).toEqual([]);
});

it('counts those that are tried at once before any of them has failed', async () => {
  const waits: number[] = [];
  const throttle = new Throttle({ now: () => new Date(0), wait: async (ms) => void waits.push(ms) });
  await Promise.all(Array.from({ length: 6 }, () => throttle.attempt('ana', 'a', bad)));
  expect(waits).toEqual([250, 500, 1000]);
});

it('has room for others while one address takes all it may, and for it again afterwards', async () => {
  let go = () => {};
  const gate = new Promise<void>((open) => {
    go = open;
  });
  const throttle = new Throttle({ now: () => new Date(0), wait: async () => {} });
  const held = Array.from({ length: 20 }, (_, n) =>
    throttle.attempt(`n${n}`, 'flood', async () => {
      await gate;
      return false;
    }),
  );
  expect(await throttle.attempt('ana', 'flood', async () => true)).toBeNull();
  expect(await throttle.attempt('ana', 'home', async () => true)).toBe(true);
  go();
  await Promise.all(held);
  expect(await throttle.attempt('ana', 'flood', async () => true)).toBe(true);
});

it('remembers no more than ten thousand', async () => {
  const throttle = new Throttle({ now: () => new Date(0), wait: async () => {} });
  for (let n = 0; n < 6000; n += 1) await throttle.attempt(`name${n}`, `address${n}`, bad);
  expect(throttle.size).toBe(10_000);
});
