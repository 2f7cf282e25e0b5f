/** A fake Boom that lives, and our real server beside it, killed and started again by the same simulated clock. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Tenant } from '../../src/project/tenant.ts';
import type { Chaos } from '../../src/simulate/chaos.ts';
import type { DeliveryStats } from '../../src/simulate/delivery.ts';
import { createFakeBoom } from '../../src/simulate/fake-boom.ts';
import type { SimDelivery } from '../../src/simulate/life.ts';
import { createPoster, type Poster } from '../../src/simulate/poster.ts';
import { createRandom } from '../../src/simulate/random.ts';
import type { Truth } from '../../src/simulate/truth.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createStores } from '../../src/store/stores.ts';
import { makeHome } from '../support/process.ts';

const SERVER = resolve(import.meta.dirname, 'server.mjs');
const KEY = 'test-key';
const API_KEYS = { accessKey: 'access', secretKey: 'secret' };
const MINUTE = 60_000;
/** Downtimes, between what Boom's retries bridge and what they do not. */
const SHORTEST_DOWN = MINUTE;
const LONGEST_DOWN = 12 * 60 * MINUTE;

export interface Life {
  seed: number;
  units: number;
  days: number;
  end: Date;
  chaos: Chaos;
  kills: number;
  api: boolean;
}

export interface Lived {
  truth: Truth;
  stats: DeliveryStats;
  kills: number;
  tenants: Tenant[];
  events: { webhook: number; read: number; failed: number };
  /** What was taken, each once, in the order in which it happened. */
  delivered: SimDelivery[];
}

interface Running {
  child: ChildProcess;
  poster: Poster;
  tell(message: object): Promise<unknown>;
}

export async function live(life: Life): Promise<Lived> {
  const { seed, units, days, end, chaos, kills: wanted } = life;
  const start = new Date(end.getTime() - days * 24 * 60 * MINUTE);
  const home = makeHome();
  const random = createRandom(`kills ${seed}`);
  const downs = Array.from({ length: wanted }, () => {
    const from = start.getTime() + random.int(1, 1000) * ((end.getTime() - start.getTime()) / 1001);
    return { from, to: from + random.int(SHORTEST_DOWN, LONGEST_DOWN) };
  }).sort((a, b) => a.from - b.from);
  const delivered: SimDelivery[] = [];
  let running: Running | null = null;
  let killed = 0;

  const boom = await createFakeBoom({
    seed,
    units,
    start,
    end,
    chaos,
    target: async ({ body }) => (await running?.poster.post(body)) ?? false,
    ...(life.api
      ? { api: { ...API_KEYS, limit: { requests: Number.MAX_SAFE_INTEGER, windowMs: 60_000 } } }
      : {}),
    onOutcome(delivery, outcome) {
      if (outcome === 'delivered') delivered.push(delivery);
    },
    async onClock(at) {
      const down = downs[0];
      if (running !== null && down !== undefined && at.getTime() >= down.from) {
        await pullThePlug(running);
        running = null;
        killed += 1;
      }
      if (running === null && down !== undefined && at.getTime() >= down.to) {
        downs.shift();
        running = await startServer(home.folder, at);
      }
      await running?.tell({ at: at.getTime() });
    },
  });
  onTestFinished(() => boom.stop());
  home.write('config/boomsync.yaml', mainFile(boom.api?.url ?? null));
  home.write('config/secrets/access', API_KEYS.accessKey, 0o600);
  home.write('config/secrets/secret', API_KEYS.secretKey, 0o600);

  running = await startServer(home.folder, start);
  const stats = await boom.run();
  // Downtimes for which nothing was left to be delivered.
  if (downs.length > 0 && running !== null) {
    await pullThePlug(running);
    running = null;
    killed += downs.length;
  }
  running ??= await startServer(home.folder, end);
  await running.tell({ at: end.getTime() });
  const asked = { verify: false, account: null, since: null, all: false, dryRun: false };
  await running.tell({ command: 'resync', args: asked });
  const closed = once(running.child, 'close');
  running.child.kill('SIGTERM');
  running.poster.close();
  await closed;
  return {
    truth: boom.truth(),
    stats,
    kills: killed,
    delivered: inTheirOrder(delivered),
    ...(await bookIn(home.folder)),
  };
}

async function pullThePlug({ child, poster }: Running): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
  poster.close();
}

function mainFile(api: string | null): string {
  return [
    'boom:',
    '  - name: main',
    '    webhookKeys: [env:BOOM_WEBHOOK_KEY]',
    ...(api === null
      ? []
      : [`    api: { accessKey: file:secrets/access, secretKey: file:secrets/secret, server: "${api}" }`]),
    'resync: { schedule: off }',
    'logLevel: silent',
    '',
  ].join('\n');
}

async function startServer(home: string, at: Date): Promise<Running> {
  const child = fork(SERVER, {
    env: {
      PATH: process.env.PATH ?? '',
      BOOMSYNC_HOME: home,
      BOOMSYNC_PORT: '0',
      BOOM_WEBHOOK_KEY: KEY,
      CLOCK: String(at.getTime()),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const ended = once(child, 'close').then(() => {
    throw new Error(`The server ended: ${said}`);
  });
  ended.catch(() => {});
  const answer = async () => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [
      { port?: number; result?: unknown },
    ];
    return message;
  };
  const { port } = await answer();
  const poster = await createPoster({ url: `http://127.0.0.1:${port}/webhooks/boom`, key: KEY });
  return {
    child,
    poster,
    async tell(message) {
      const answered = answer();
      child.send(message);
      return (await answered).result;
    },
  };
}

/** Boom's order of things is that in which they happened, whatever the network made of it. */
function inTheirOrder(delivered: readonly SimDelivery[]): SimDelivery[] {
  return [...delivered].sort((a, b) => a.at - b.at);
}

async function bookIn(home: string): Promise<Pick<Lived, 'tenants' | 'events'>> {
  const knex = await openDatabase(join(home, 'data/boomsync.sqlite'), { readonly: true });
  try {
    const { tenants, inbox } = createStores(knex);
    return {
      tenants: (await tenants.list({})).map(({ record }) => record),
      events: {
        webhook: await inbox.count({ source: 'webhook' }),
        read: await inbox.count({ source: 'read' }),
        failed: await inbox.count({ status: 'failed' }),
      },
    };
  } finally {
    await knex.destroy();
  }
}
