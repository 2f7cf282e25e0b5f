import { beforeEach, describe, expect, it, vi } from 'vitest';
import { beat } from '../../src/operate/beat.ts';
import { createLog } from '../../src/operate/log.ts';
import { BoomReads } from '../../src/read/boom-reads.ts';
import { BEAT_MS } from '../../src/read/gaps.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const log = createLog('silent');
let store: TestStore;
let clock: number;

beforeEach(async () => {
  store = await openTestStore();
  clock = Date.UTC(2026, 10, 20, 13);
  await store.deliver({ event: 'customer_registered', customer_id: 'c1' }, new Date(clock));
  await store.project();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  return () => vi.useRealTimers();
});

const makeReads = () =>
  new BoomReads({
    accounts: [{ name: 'main', source: null }],
    stores: store.stores,
    log,
    now: () => new Date(clock),
    random: () => 0.5,
    onRead: () => {},
    projected: async () => {},
  });

async function beats(count: number): Promise<void> {
  for (let beaten = 0; beaten < count; beaten += 1) {
    clock += BEAT_MS;
    await vi.advanceTimersByTimeAsync(BEAT_MS);
    // The beat is written before the next one is due.
    await store.stores.uptime.lastSeen();
  }
}

describe('beat', () => {
  it('leaves no gap while we are there, and ends with a last one', async () => {
    const stop = await beat(makeReads(), async () => true, log);
    await beats(20);
    await stop();
    expect(await store.stores.uptime.gaps()).toEqual([]);
    expect(await store.stores.uptime.lastSeen()).toMatchObject({ seen: new Date(clock).toISOString() });
  });

  it('takes the time in which nothing could be stored for a gap: to Boom that is as if we were not there', async () => {
    let writable = true;
    const stop = await beat(makeReads(), async () => writable, log);
    await beats(2);
    const from = new Date(clock).toISOString();
    writable = false;
    await beats(20);
    writable = true;
    await beats(1);
    await stop();
    expect(await store.stores.uptime.gaps()).toMatchObject([
      { id: 1, from, to: new Date(clock).toISOString() },
    ]);
    expect(await store.stores.uptime.unconfirmed()).toMatchObject([{ what: 'reporting' }]);
  });

  it('finds at the start the gap since the last run', async () => {
    await (await beat(makeReads(), async () => true, log))();
    clock += 10 * 60_000;
    await (await beat(makeReads(), async () => true, log))();
    expect(await store.stores.uptime.gaps()).toHaveLength(1);
  });
});
