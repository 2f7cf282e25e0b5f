import { expect, it } from 'vitest';
import { type Asker, delayAfter, Throttle } from '../../../src/dashboard/sign-in/throttle.ts';

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
    throttle.attempt({ name, address }, async () => good);
  return { throttle, waits, attempt, pass: (ms: number) => (now += ms) };
}

const bad = async () => false;
const good = async () => true;

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
  await Promise.all(Array.from({ length: 6 }, () => throttle.attempt({ name: 'ana', address: 'a' }, bad)));
  expect(waits).toEqual([250, 500, 1000]);
});

/** Each try waits until `go`. */
function gated() {
  let go = () => {};
  const gate = new Promise<void>((open) => {
    go = open;
  });
  const waits: number[] = [];
  const throttle = new Throttle({ now: () => new Date(0), wait: async (ms) => void waits.push(ms) });
  const hold = (asker: Asker) => throttle.attempt(asker, () => gate.then(() => false));
  return { throttle, waits, hold, go: () => go() };
}

it('has room for others while one address takes all it may, and for it again afterwards', async () => {
  const { throttle, hold, go } = gated();
  const held = Array.from({ length: 50 }, (_, n) => hold({ name: `n${n}`, address: 'flood' }));
  expect(await throttle.attempt({ name: 'ana', address: 'flood' }, good)).toBeNull();
  expect(await throttle.attempt({ name: 'ana', address: 'home' }, good)).toBe(true);
  go();
  await Promise.all(held);
  expect(await throttle.attempt({ name: 'ana', address: 'flood' }, good)).toBe(true);
});

it('has places of their own, and no wait for others’ failures, for whoever is proven', async () => {
  const { throttle, waits, hold, go } = gated();
  const addresses = Array.from({ length: 6 }, (_, n) => `address${n}`);
  const held = addresses.flatMap((address) =>
    Array.from({ length: 50 }, () => hold({ name: 'ana', address })),
  );
  expect(await throttle.attempt({ name: 'ana', address: 'home' }, good)).toBeNull();
  waits.length = 0;
  expect(await throttle.attempt({ userId: 1 }, good)).toBe(true);
  expect(waits).toEqual([]);
  // Five of their own, and no more.
  const own = Array.from({ length: 5 }, () => hold({ userId: 1 }));
  expect(await throttle.attempt({ userId: 1 }, good)).toBeNull();
  expect(await throttle.attempt({ userId: 2 }, good)).toBe(true);
  go();
  await Promise.all([...held, ...own]);
  waits.length = 0;
  await throttle.attempt({ userId: 1 }, bad);
  expect(waits).toEqual([1000]);
});

it('counts no try that was not looked at', async () => {
  const { throttle, waits } = gated();
  const asker = { name: 'ana', address: 'a' };
  const fails = () => throttle.attempt(asker, () => Promise.reject(new Error('not looked at')));
  for (let n = 0; n < 10; n += 1) await expect(fails()).rejects.toThrow('not looked at');
  expect(await throttle.attempt(asker, good)).toBe(true);
  expect(waits).toEqual([]);
});

it('remembers no more than ten thousand', async () => {
  const throttle = new Throttle({ now: () => new Date(0), wait: async () => {} });
  for (let n = 0; n < 6000; n += 1) await throttle.attempt({ name: `name${n}`, address: `address${n}` }, bad);
  expect(throttle.size).toBe(10_000);
});
