import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Clock, type Ledger, limiter, UsedUp } from '../../src/http/limiter.ts';

const times = (count: number) => Array.from({ length: count });

/** A time that passes only where somebody waits for it. */
function clockAt(start: number): Clock & { at: number } {
  return {
    at: start,
    now() {
      return this.at;
    },
    async sleep(ms) {
      this.at += ms;
    },
  };
}

/** What a restart finds. */
function paper(): Ledger & { rows: Map<string, number> } {
  const rows = new Map<string, number>();
  return {
    rows,
    async spent(seconds, from) {
      return [...rows]
        .map(([key, requests]) => ({ window: key.split('/')[0], slot: Number(key.split('/')[1]), requests }))
        .filter(({ window, slot }) => window === String(seconds) && slot >= from);
    },
    async reserve(seconds, slot, requests) {
      rows.set(`${seconds}/${slot}`, requests);
    },
  };
}

/** The most that were sent in any stretch of `ms`. */
function mostWithin(sent: number[], ms: number): number {
  return Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + ms).length));
}

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

  it.each([
    [{ requests: 3, seconds: 0.3 }, 20],
    [{ requests: 50, seconds: 60 }, 180],
    [{ requests: 1, seconds: 10 }, 5],
  ])('keeps to so many in every stretch of time, wherever it begins: %j', async (window, count) => {
    for (const start of [0, 59_999, 1_234_567]) {
      const clock = clockAt(start);
      const sent: number[] = [];
      const limit = await limiter(10, [window], { clock });
      for (const _ of times(count)) {
        await limit(async () => sent.push(clock.at));
        clock.at += 7;
      }
      expect(mostWithin(sent, window.seconds * 1000)).toBeLessThanOrEqual(window.requests);
      expect(sent).toHaveLength(count);
    }
  });

  it('keeps to several windows at once', async () => {
    const clock = clockAt(0);
    const sent: number[] = [];
    const windows = [
      { requests: 8, seconds: 1 },
      { requests: 50, seconds: 60 },
    ];
    const limit = await limiter(10, windows, { clock });
    await Promise.all(times(120).map(() => limit(async () => sent.push(clock.at))));
    for (const { requests, seconds } of windows)
      expect(mostWithin(sent, seconds * 1000)).toBeLessThanOrEqual(requests);
    // And uses what both allow: the first fifty within seconds, the rest a window later each.
    expect(sent[49]).toBeLessThan(10_000);
    expect(sent[119]).toBeLessThan(150_000);
  });

  it('says how long to wait where an hour is used up, and waits for nobody in memory', async () => {
    const clock = clockAt(0);
    const windows = [{ requests: 2, seconds: 3600 }];
    const limit = await limiter(1, windows, { clock });
    await limit(async () => {});
    await limit(async () => {});
    const refused = await limit(async () => {}).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsedUp);
    expect((refused as UsedUp).waitMs).toBeGreaterThanOrEqual(3_600_000);
    clock.at += (refused as UsedUp).waitMs;
    expect(await limit(async () => 'sent')).toBe('sent');
  });

  it('does not forget with a restart what was sent before it', async () => {
    const clock = clockAt(0);
    const ledger = paper();
    const windows = [
      { requests: 50, seconds: 60 },
      { requests: 500, seconds: 3600 },
    ];
    const sent: number[] = [];
    const began = () => limiter(10, windows, { clock, ledger: () => ledger });
    for (const _ of times(12)) {
      // Killed after every 30 requests, with nothing said to the ledger.
      const limit = await began();
      for (const _request of times(30)) await limit(async () => sent.push(clock.at));
    }
    expect(mostWithin(sent, 60_000)).toBeLessThanOrEqual(50);
    expect(mostWithin(sent, 3_600_000)).toBeLessThanOrEqual(500);
  });

  it('waits for no time that a clock which was set back since has written down', async () => {
    const hour = 3_600_000;
    const year = 365 * 24 * hour;
    const ledger = paper();
    const windows = [{ requests: 2, seconds: 3600 }];
    const ahead = await limiter(1, windows, { clock: clockAt(year), ledger: () => ledger });
    for (const _ of times(2)) await ahead(async () => {});
    const clock = clockAt(hour);
    const limit = await limiter(1, windows, { clock, ledger: () => ledger });
    for (const _ of times(2)) expect(await limit(async () => 'sent')).toBe('sent');
    // Nor where it is set back meanwhile.
    clock.at -= hour / 2;
    for (const _ of times(2)) expect(await limit(async () => 'sent')).toBe('sent');
    const refused = await limit(async () => {}).catch((error: unknown) => error);
    expect((refused as UsedUp).waitMs).toBeLessThanOrEqual(1.1 * hour);
  });

  it('writes down before it sends, and a moment’s window never', async () => {
    const clock = clockAt(0);
    const ledger = paper();
    const windows = [
      { requests: 5, seconds: 1 },
      { requests: 500, seconds: 3600 },
    ];
    const limit = await limiter(1, windows, { clock, ledger: () => ledger });
    await limit(async () => expect([...ledger.rows.values()]).toEqual([10]));
    expect([...ledger.rows.keys()]).toEqual(['3600/0']);
    for (const _ of times(10)) await limit(async () => {});
    expect([...ledger.rows.values()]).toEqual([20]);
  });

  it('sends nothing where it cannot be written down, and goes on when it can', async () => {
    const clock = clockAt(0);
    const ledger = paper();
    const { reserve } = ledger;
    ledger.reserve = () => Promise.reject(new Error('no disk'));
    const limit = await limiter(1, [{ requests: 5, seconds: 60 }], { clock, ledger: () => ledger });
    let sent = 0;
    const send = () =>
      limit(async () => {
        sent += 1;
      });
    await expect(send()).rejects.toThrow('no disk');
    expect(sent).toBe(0);
    ledger.reserve = reserve;
    await send();
    expect(sent).toBe(1);
  });

  it('passes on what a task gives and throws', async () => {
    const limit = await limiter(1, [{ requests: 5, seconds: 0.1 }]);
    expect(await limit(async () => 7)).toBe(7);
    await expect(limit(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await limit(async () => 8)).toBe(8);
  });
});
