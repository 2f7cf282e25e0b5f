/** From stored deliveries to confirmed records in a fake Buildium without limits, beside a bare got with its requests. */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import got from 'got';
import PQueue from 'p-queue';
import { createApp } from '../src/app.ts';
import type { Config } from '../src/config/config.ts';
import { crowd, screening } from '../src/conform/people.ts';
import { loadConnections } from '../src/connect/load.ts';
import { createLog } from '../src/operate/log.ts';
import { migrate, openDatabase } from '../src/store/database.ts';
import { createStores } from '../src/store/stores.ts';
import { type Spread, spread } from './ingest.ts';

export interface PushResult {
  people: number;
  /** Requests that one record takes until it is confirmed. */
  requestsEach: number;
  /** Records a second. */
  confirmed: Spread;
  /** The same number of requests by got alone. */
  bare: Spread;
  ratio: Spread;
  /** Requests of a pass over everybody in which nothing changed: must be 0. */
  unchanged: number;
}

interface Sent {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
}

interface Pms {
  url: string;
  credentials: Record<string, string>;
  seen(): Promise<Sent[]>;
  stop(): void;
}

/** For both: a connection's own limits would be all that is measured. */
const AT_ONCE = 16;
const ACCOUNT = {
  name: 'main',
  environment: 'sandbox' as const,
  webhookKeys: ['k'],
  bareRent: 'dollars' as const,
  currency: 'USD',
  country: 'US',
  api: null,
};
const log = createLog('silent');

export async function measurePush(
  folder: string,
  { people, rounds }: { people: number; rounds: number },
): Promise<PushResult> {
  const runs = [];
  let requestsEach = 0;
  let unchanged = 0;
  // What the first push loads and V8 compiles is no part of the rate, nor is it of the bare one.
  const first = await startPms();
  await push(join(folder, 'push-first'), people, first);
  first.stop();
  for (let round = 0; round < rounds; round += 1) {
    const pms = await startPms();
    const { confirmed, again } = await push(join(folder, `push-${round}`), people, pms);
    const sent = await pms.seen();
    pms.stop();
    requestsEach = (sent.length - again) / people;
    unchanged = again;
    const other = await startPms();
    runs.push({ confirmed, bare: (await send(sent, other)) / requestsEach });
    other.stop();
  }
  return {
    people,
    requestsEach,
    confirmed: spread(runs.map((run) => run.confirmed)),
    bare: spread(runs.map((run) => run.bare)),
    ratio: spread(runs.map((run) => run.confirmed / run.bare)),
    unchanged,
  };
}

/** Records a second, and how many requests going through everybody once more took. */
async function push(folder: string, people: number, pms: Pms): Promise<{ confirmed: number; again: number }> {
  const knex = await openDatabase(join(folder, 'boomsync.sqlite'));
  await migrate(knex);
  const stores = createStores(knex);
  const loaded = await loadConnections(
    [
      {
        name: 'oak',
        file: 'oak.yaml',
        connector: 'buildium',
        label: null,
        mode: 'live',
        server: pms.url,
        credentials: pms.credentials,
        takes: null,
        create: 'applicant',
        notes: null,
        createsPerDay: people,
        decisionDelayMinutes: 0,
        onEnd: { declined: 'annotate', canceled: 'annotate', merged: 'annotate', moved_out: 'annotate' },
        units: { '4B': '10231' },
        fields: {},
      },
    ],
    { dataDir: folder, tune: (http) => ({ ...http, concurrency: AT_ONCE, windows: [] }) },
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const config = { timezone: 'UTC', accounts: [ACCOUNT], dataDir: '/nowhere' } as unknown as Config;
  const connections = loaded.connections.map((one) => ({ ...one, concurrency: AT_ONCE }));
  const app = createApp({ config, connections, stores, log });
  const deliveries = crowd(people).map((who) => {
    const body = JSON.stringify(screening('applicant_submitted', who, new Date()));
    return {
      account: 'main',
      source: 'webhook' as const,
      requestId: who.slug,
      wireEvent: 'applicant_submitted',
      bodyHash: createHash('sha256').update(body).digest('hex'),
      body,
      receivedAt: new Date().toISOString(),
    };
  });
  const before = performance.now();
  await stores.inbox.appendAll(deliveries);
  await app.drain();
  const seconds = (performance.now() - before) / 1_000;
  const counts = await stores.sync.countByState();
  const confirmed = counts.find(({ state }) => state === 'synced')?.count;
  if (confirmed !== people) throw new Error(`Not all were confirmed: ${JSON.stringify(counts)}`);
  const spent = (await pms.seen()).length;
  await app.drain();
  const again = (await pms.seen()).length - spent;
  await app.stop();
  await knex.destroy();
  return { confirmed: people / seconds, again };
}

/** Requests a second. */
async function send(requests: readonly Sent[], { url, credentials }: Pms): Promise<number> {
  const queue = new PQueue({ concurrency: AT_ONCE });
  const agent = { http: new Agent({ keepAlive: true, maxSockets: 32 }) };
  const headers = {
    'x-buildium-client-id': credentials.clientId,
    'x-buildium-client-secret': credentials.clientSecret,
  };
  const before = performance.now();
  for (const { method, path, query, body } of requests) {
    void queue.add(async () => {
      await got(`${url}${path}`, {
        method: method as 'GET',
        searchParams: query,
        ...(body === null ? {} : { json: body }),
        headers,
        agent,
        retry: { limit: 0 },
        throwHttpErrors: false,
        responseType: 'json',
      });
    });
  }
  await queue.onIdle();
  return (requests.length / (performance.now() - before)) * 1_000;
}

async function startPms(): Promise<Pms> {
  const file = fileURLToPath(import.meta.url).replace(/push(?=\.\w+$)/, 'pms');
  const child: ChildProcess = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const told = async () => (await once(child, 'message'))[0];
  const { url, credentials } = await told();
  return {
    url,
    credentials,
    async seen() {
      const answer = told();
      child.send('seen');
      return (await answer).seen;
    },
    stop: () => child.disconnect(),
  };
}
