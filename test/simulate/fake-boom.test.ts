import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeBoom, type FakeBoomOptions } from '../../src/simulate/fake-boom.ts';
import { daysBefore, END, lived } from './support.ts';

const LIFE = { seed: 1, units: 20, start: daysBefore(180), end: END };

async function fake(options: Partial<FakeBoomOptions>) {
  const boom = await createFakeBoom({ ...LIFE, target: async () => true, ...options });
  onTestFinished(() => boom.stop());
  return boom;
}

interface Receiver {
  url: string;
  bodies: Record<string, unknown>[];
  keys: Set<unknown>;
  /** Nobody listens meanwhile. */
  close(): Promise<void>;
  open(): Promise<void>;
}

async function receiver(): Promise<Receiver> {
  const bodies: Record<string, unknown>[] = [];
  const keys = new Set<unknown>();
  let server: Server | null = null;
  let port = 0;
  const close = async () => {
    const closing = server;
    server = null;
    if (closing === null) return;
    closing.closeAllConnections();
    await new Promise((resolve) => closing.close(resolve));
  };
  const open = async () => {
    const opening = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      bodies.push(JSON.parse(text));
      keys.add(request.headers['x-api-key']);
      response.writeHead(202).end();
    });
    await new Promise<void>((resolve) => opening.listen(port, '127.0.0.1', resolve));
    port = (opening.address() as AddressInfo).port;
    server = opening;
  };
  await open();
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}/webhooks/boom`, bodies, keys, close, open };
}

describe('the fake Boom', () => {
  it('posts the whole life in its order, with the key', async () => {
    const to = await receiver();
    const boom = await fake({ target: { url: to.url, key: 'test-key' } });
    const stats = await boom.run();
    const { world, deliveries } = lived();
    expect(to.bodies).toEqual(JSON.parse(JSON.stringify(deliveries.map(({ body }) => body))));
    expect(to.keys).toEqual(new Set(['test-key']));
    expect(stats).toMatchObject({ deliveries: deliveries.length, delivered: deliveries.length, lost: 0 });
    expect(boom.truth()).toEqual(world.truth());
    expect(boom.now()).toEqual(END);
  });

  it('lives the same life whatever becomes of its deliveries', async () => {
    const boom = await fake({ chaos: { drop: 20, duplicate: 10, reorder: 30 } });
    const stats = await boom.run();
    expect(boom.truth()).toEqual(lived().world.truth());
    expect(stats.dropped + stats.delivered).toBe(stats.deliveries);
    expect(stats.held).toBeGreaterThan(0);
  });

  it('loses what falls into an outage of the receiver, but for what its retries bring', async () => {
    const to = await receiver();
    const [from, until] = [daysBefore(60), daysBefore(55)];
    const lost: number[] = [];
    let down = false;
    const boom = await fake({
      target: { url: to.url, key: 'k' },
      async onClock(at) {
        const away = at >= from && at < until;
        if (away && !down) await to.close();
        if (!away && down) await to.open();
        down = away;
      },
      onOutcome: ({ at }, outcome) => outcome === 'lost' && lost.push(at),
    });
    const stats = await boom.run();
    expect(lost.length).toBeGreaterThan(0);
    expect(stats.lost).toBe(lost.length);
    for (const at of lost) {
      expect(at).toBeGreaterThanOrEqual(from.getTime() - 120_000);
      expect(at).toBeLessThan(until.getTime() - 120_000);
    }
    expect(to.bodies).toHaveLength(stats.deliveries - stats.lost);
  });

  it('delivers everything with several requests under way', async () => {
    let [underWay, most] = [0, 0];
    const boom = await fake({
      concurrency: 8,
      async target() {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise(setImmediate);
        underWay -= 1;
        return true;
      },
    });
    const stats = await boom.run();
    expect(stats.delivered).toBe(stats.deliveries);
    expect(most).toBe(8);
  });

  it('lives at the speed that was asked for, and can be halted', async () => {
    const boom = await fake({
      speed: 86_400,
      onOutcome: () => boom.halt(),
    });
    const stats = await boom.run();
    expect(stats.delivered).toBe(1);
    expect(boom.now().getTime()).toBeLessThan(daysBefore(175).getTime());
  });

  it('serves its API until it is stopped', async () => {
    const boom = await fake({ api: {} });
    await boom.run();
    const url = `${boom.api?.url}/partner/v1/units`;
    expect((await fetch(url)).status).toBe(401);
    await boom.stop();
    await expect(fetch(url)).rejects.toThrow();
  });
});
