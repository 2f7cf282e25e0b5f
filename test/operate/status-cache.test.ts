import { expect, it } from 'vitest';
import type { Status } from '../../src/operate/status.ts';
import { cached } from '../../src/operate/status-cache.ts';

/** A clock that goes on by as much as a reading takes. */
function reading(tookMs: number) {
  const clock = { at: 0, reads: 0 };
  const { status: read, forget } = cached(
    async () => {
      clock.reads += 1;
      clock.at += tookMs;
      return { read: clock.reads } as unknown as Status;
    },
    () => clock.at,
  );
  return { clock, read, forget };
}

it('reads anew each time where that is quick', async () => {
  const { clock, read } = reading(5);
  await read();
  await read();
  expect(clock.reads).toBe(2);
});

it('shows one that is up to twenty times as old as it took', async () => {
  const { clock, read } = reading(1_000);
  await read();
  clock.at += 19_000;
  await read();
  expect(clock.reads).toBe(1);
  clock.at += 1_001;
  await read();
  expect(clock.reads).toBe(2);
});

it('lets all who ask meanwhile wait for the same, and asks again after a failure', async () => {
  let reads = 0;
  const { status: read } = cached(async () => {
    reads += 1;
    if (reads === 1) throw new Error('disk');
    return {} as Status;
  });
  await expect(Promise.all([read(), read()])).rejects.toThrow('disk');
  expect(reads).toBe(1);
  await read();
  expect(reads).toBe(2);
});

it('reads anew once somebody has changed something', async () => {
  const { clock, read, forget } = reading(1_000);
  await read();
  forget();
  await read();
  expect(clock.reads).toBe(2);
});
