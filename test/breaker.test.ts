/** How long what fails is left alone, over a real store and with a clock of its own. */
import { describe, expect, it } from 'vitest';
import { Breaker, LONGEST_WAIT_MS } from '../src/breaker.ts';
import { PushError, type PushErrorKind } from '../src/http/push-error.ts';
import { aboutAna } from './support/buildium.ts';
import { memoryRig } from './support/memory.ts';
import { openTestStore } from './support/store.ts';

const MINUTE = 60_000;
const failure = (kind: PushErrorKind, retryAfterMs?: number) =>
  new PushError(kind, 'It failed.', { remedy: 'Wait.', ...(retryAfterMs ? { retryAfterMs } : {}) });

/** The check always passes. `random` is in the middle, so that nothing is added. */
async function breakerAt() {
  const { stores } = await openTestStore();
  const clock = { ms: Date.UTC(2026, 10, 23, 12) };
  const breaker = new Breaker('oak', async () => {}, {
    connections: stores.connections,
    log: { info: () => {}, warn: () => {} },
    now: () => new Date(clock.ms),
    random: () => 0.5,
  });
  return { breaker, clock, stores };
}

describe('what fails over and over while its check passes', () => {
  it('is left alone longer and longer, until something went through', async () => {
    const { breaker, clock } = await breakerAt();
    const waits: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      await breaker.fail(failure('unauthorized'));
      const wait = await breaker.wait();
      waits.push(wait / MINUTE);
      clock.ms += wait;
      expect(await breaker.wait()).toBe(0);
    }
    expect(waits).toEqual([0.25, 0.5, 1, 2]);
    await breaker.succeed();
    await breaker.fail(failure('unauthorized'));
    expect(await breaker.wait()).toBe(0.25 * MINUTE);
  });

  it('is not forgiven for having asked for time in between', async () => {
    const { breaker, clock } = await breakerAt();
    for (const kind of ['unauthorized', 'rate_limited', 'unauthorized'] as const) {
      await breaker.fail(failure(kind));
      clock.ms += await breaker.wait();
      await breaker.wait();
    }
    await breaker.fail(failure('unauthorized'));
    expect(await breaker.wait()).toBe(1 * MINUTE);
  });

  it('counts anew after something else went through, and what a right is lacking for stays refused', async () => {
    const { breaker, clock, stores } = await breakerAt();
    await breaker.fail(failure('forbidden'));
    await breaker.countAnew();
    expect(await stores.connections.get('oak')).toMatchObject({ state: 'broken', probes: 1 });
    await breaker.fail(failure('maintenance'));
    clock.ms += await breaker.wait();
    await breaker.wait();
    await breaker.countAnew();
    expect(await stores.connections.get('oak')).toMatchObject({ state: 'working', probes: 0 });
  });
});

describe('a connection whose key may look and not write', () => {
  it('is tried less and less often, though every check passes', async () => {
    const rig = await memoryRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    const tried = () => rig.pms.calls.filter((call) => call === 'create').length;
    for (let minute = 0; minute < 60; minute += 1) {
      rig.pms.faults.set('create', failure('unauthorized'));
      await rig.drain();
      rig.pass(1);
    }
    // Once a minute would be 60 times; the waits are 15 s, 30 s, 1, 2, 5, 10 and 15 minutes, and the clock goes by minutes.
    expect(tried()).toBeGreaterThan(4);
    expect(tried()).toBeLessThan(10);
    rig.pms.faults.clear();
    rig.pass(20);
    await rig.drain();
    expect(await rig.stores.connections.get('memory')).toMatchObject({ state: 'working', probes: 0 });
  });
});

describe('the longest wait', () => {
  it.each(['maintenance', 'rate_limited'] as const)('holds for what a PMS asks for: %s', async (kind) => {
    const { breaker } = await breakerAt();
    await breaker.fail(failure(kind, 24 * 60 * MINUTE));
    expect(await breaker.wait()).toBe(LONGEST_WAIT_MS);
  });

  it('is over where the clock was set back for longer', async () => {
    const { breaker, clock } = await breakerAt();
    await breaker.fail(failure('maintenance', 60 * MINUTE));
    clock.ms -= 365 * 24 * 60 * MINUTE;
    expect(await breaker.wait()).toBe(0);
  });
});
