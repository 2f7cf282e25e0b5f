import { describe, expect, it } from 'vitest';
import { patience, pauseAfter } from '../../../src/boom/api/patience.ts';
import { PushError, type PushErrorKind } from '../../../src/http/push-error.ts';

const fault = (kind: PushErrorKind, retryAfterMs?: number) =>
  new PushError(kind, 'x', { remedy: 'y', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
const NONE = { transient: 0, rateLimited: 0, waitedMs: 0 };

describe('the pause after a failure', () => {
  it('of a moment is short, and there are two', () => {
    for (const [transient, least] of [
      [0, 250],
      [1, 500],
    ] as const) {
      const pause = pauseAfter(fault('transient'), { ...NONE, transient }, 0);
      expect(pause).toBeGreaterThanOrEqual(least);
      expect(pause).toBeLessThanOrEqual(2 * least);
    }
    expect(pauseAfter(fault('transient'), { ...NONE, transient: 2 }, 0)).toBeNull();
  });

  it('is none after one that took long', () => {
    expect(pauseAfter(fault('transient'), NONE, 10_001)).toBeNull();
  });

  it.each([
    ['as long as Boom asks', 7000, NONE, 7000],
    ['half a second at least', 0, NONE, 500],
    ['five seconds where Boom does not say', undefined, NONE, 5000],
    ['longer each time where Boom does not say', undefined, { ...NONE, rateLimited: 2 }, 20_000],
    ['none where Boom asks for more than two minutes', 120_001, NONE, null],
    ['none where all pauses are more than two minutes', 30_000, { ...NONE, waitedMs: 90_001 }, null],
    ['none after five', 1000, { ...NONE, rateLimited: 5 }, null],
  ])('to slow down is %s', (_, asked, tried, pause) => {
    expect(pauseAfter(fault('rate_limited', asked), tried, 60_000)).toBe(pause);
  });

  it.each(['unauthorized', 'forbidden', 'invalid', 'not_found', 'conflict', 'maintenance'] as const)(
    'is none where it is %s',
    (kind) => {
      expect(pauseAfter(fault(kind, 1000), NONE, 0)).toBeNull();
    },
  );

  it('is none after what is no fault of the other side', () => {
    expect(pauseAfter(new TypeError('x'), NONE, 0)).toBeNull();
  });
});

it('holds back everything while Boom wants us to slow down', async () => {
  let goOn = () => {};
  const waited: number[] = [];
  const patiently = patience({
    now: () => new Date(0),
    wait: (ms) =>
      new Promise((resolve) => {
        waited.push(ms);
        goOn = resolve;
      }),
    onSlowDown: () => {},
  });
  const done: string[] = [];
  let tries = 0;
  const first = patiently(async () => {
    tries += 1;
    if (tries === 1) throw fault('rate_limited', 3000);
    done.push('first');
  });
  await expect.poll(() => waited).toEqual([3000]);
  const second = patiently(async () => done.push('second'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).toEqual([]);
  goOn();
  await Promise.all([first, second]);
  expect(done.sort()).toEqual(['first', 'second']);
});
