import { describe, expect, it } from 'vitest';
import { CALM, type Chaos } from '../../src/simulate/chaos.ts';
import { createOutbox, type Outcome } from '../../src/simulate/delivery.ts';
import type { SimDelivery } from '../../src/simulate/life.ts';
import { createRandom } from '../../src/simulate/random.ts';

const START = Date.UTC(2026, 10, 1);

/** One an hour. */
function mail(count: number): SimDelivery[] {
  return Array.from({ length: count }, (_, n) => ({
    event: 'customer_registered',
    at: START + n * 3_600_000,
    body: { event: 'customer_registered', customer_id: `c${n}` },
  }));
}

/** `takes`: whether the receiver takes a try, by its number from 1. */
async function send(
  deliveries: SimDelivery[],
  { chaos = {}, takes = () => true }: { chaos?: Partial<Chaos>; takes?: (tries: number) => boolean } = {},
) {
  const tries: { id: unknown; at: number }[] = [];
  const outcomes: Outcome[] = [];
  const outbox = createOutbox({
    async post({ body }, at) {
      tries.push({ id: body.customer_id, at });
      return takes(tries.length);
    },
    chaos: { ...CALM, ...chaos },
    random: createRandom('test'),
    onOutcome: (_, outcome) => outcomes.push(outcome),
  });
  for (const delivery of deliveries) outbox.add(delivery);
  for (let at = outbox.next(); at !== null; at = outbox.next()) await outbox.sendNext(at);
  return { tries, outcomes, stats: outbox.stats };
}

describe('a delivery', () => {
  it('is sent once, and at once', async () => {
    const { tries, stats } = await send(mail(3));
    expect(tries.map(({ at }) => at)).toEqual(mail(3).map(({ at }) => at));
    expect(stats).toMatchObject({ deliveries: 3, delivered: 3, posts: 3, retries: 0, lost: 0 });
  });

  it('that is refused is tried again twice, a minute apart, and then gone', async () => {
    const { tries, outcomes, stats } = await send(mail(1), { takes: () => false });
    expect(tries.map(({ at }) => at - START)).toEqual([0, 60_000, 120_000]);
    expect(outcomes).toEqual(['lost']);
    expect(stats).toMatchObject({ deliveries: 1, delivered: 0, lost: 1, posts: 3, retries: 2 });
  });

  it('that is taken at the third try is delivered', async () => {
    const { outcomes, stats } = await send(mail(1), { takes: (tries) => tries === 3 });
    expect(outcomes).toEqual(['delivered']);
    expect(stats).toMatchObject({ delivered: 1, lost: 0, retries: 2 });
  });

  it('is dropped as often as was asked for, and then never tried', async () => {
    const { tries, stats } = await send(mail(2_000), { chaos: { drop: 5 } });
    expect(stats.dropped).toBeGreaterThan(60);
    expect(stats.dropped).toBeLessThan(140);
    expect(tries).toHaveLength(2_000 - stats.dropped);
    expect(stats.delivered).toBe(tries.length);
  });

  it('comes twice as often as was asked for, the same both times', async () => {
    const { tries, outcomes, stats } = await send(mail(2_000), { chaos: { duplicate: 5 } });
    expect(stats.duplicated).toBeGreaterThan(60);
    expect(tries).toHaveLength(2_000 + stats.duplicated);
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(stats.duplicated);
    expect(stats.delivered).toBe(2_000);
  });

  it('is held back for 130 seconds at most, so that others overtake it', async () => {
    const close = mail(500).map((delivery, n) => ({ ...delivery, at: START + n * 10_000 }));
    const { tries, stats } = await send(close, { chaos: { reorder: 50 } });
    const order = tries.map(({ id }) => id);
    expect(order).not.toEqual(close.map(({ body }) => body.customer_id));
    expect(stats.held).toBeGreaterThan(150);
    const due = new Map(close.map(({ body, at }) => [body.customer_id, at]));
    for (const { id, at } of tries) expect(at - (due.get(String(id)) ?? 0)).toBeLessThanOrEqual(130_000);
  });

  it('has the same fate with the same seed', async () => {
    const chaos = { drop: 5, duplicate: 5, reorder: 25 };
    expect((await send(mail(300), { chaos })).tries).toEqual((await send(mail(300), { chaos })).tries);
  });
});
