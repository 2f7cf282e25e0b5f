import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { limiter } from '../../src/http/limiter.ts';

const times = (count: number) => Array.from({ length: count });

describe('the limiter', () => {
  it('keeps to so many at once', async () => {
    let now = 0;
    let most = 0;
    const limit = await limiter(2, []);
    const task = async () => {
      now += 1;
      most = Math.max(most, now);
      await wait(10);
      now -= 1;
    };
    await Promise.all(times(8).map(() => limit(task)));
    expect(most).toBe(2);
  });

  it('keeps to so many in every window of time', async () => {
    const limit = await limiter(10, [{ requests: 3, seconds: 0.3 }]);
    const started: number[] = [];
    await Promise.all(times(7).map(() => limit(async () => started.push(Date.now()))));
    for (let n = 3; n < started.length; n += 1)
      expect((started[n] ?? 0) - (started[n - 3] ?? 0)).toBeGreaterThanOrEqual(290);
  });

  it('passes on what a task gives and throws', async () => {
    const limit = await limiter(1, [{ requests: 5, seconds: 0.1 }]);
    expect(await limit(async () => 7)).toBe(7);
    await expect(limit(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await limit(async () => 8)).toBe(8);
  });
});
