import { expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import { limiter, UsedUp } from '../../src/http/limiter.ts';
import { createLog } from '../../src/operate/log.ts';
import { createSpentRequestStore } from '../../src/store/spent-requests.ts';
import { connected, manifest, pms } from '../connect/own-connector.ts';
import { openTestStore } from '../support/store.ts';

it('remembers what each connection spent, and drops what counts no longer', async () => {
  const { knex } = await openTestStore();
  const store = createSpentRequestStore(knex);
  const oak = store.of('oak');
  await oak.reserve(60, 100, 5);
  await oak.reserve(60, 101, 1);
  await oak.reserve(60, 101, 4);
  await oak.reserve(3600, 7, 9);
  await store.of('elm').reserve(60, 101, 30);
  expect(await oak.spent(60, 100)).toEqual([
    { slot: 100, requests: 5 },
    { slot: 101, requests: 4 },
  ]);
  expect(await oak.spent(60, 101)).toEqual([{ slot: 101, requests: 4 }]);
  await oak.reserve(60, 112, 1);
  expect((await oak.spent(60, 0)).map(({ slot }) => slot)).toEqual([101, 112]);
  expect(await oak.spent(3600, 0)).toHaveLength(1);
  expect(await store.of('elm').spent(60, 0)).toHaveLength(1);
});

it('drops what a clock that was set back since has written down', async () => {
  const { knex } = await openTestStore();
  const oak = createSpentRequestStore(knex).of('oak');
  await oak.reserve(60, 9_000, 5);
  await oak.reserve(60, 100, 1);
  expect(await oak.spent(60, 0)).toEqual([{ slot: 100, requests: 1 }]);
});

it('holds a program that was started again to what the one before it sent', async () => {
  const { knex } = await openTestStore();
  let now = Date.UTC(2026, 10, 12);
  const clock = { now: () => now, sleep: async () => {} };
  const started = () =>
    limiter(1, [{ requests: 20, seconds: 3600 }], {
      clock,
      ledger: () => createSpentRequestStore(knex).of('oak'),
    });
  const before = await started();
  for (let n = 0; n < 20; n += 1) await before(async () => {});
  const after = await started();
  await expect(after(async () => {})).rejects.toBeInstanceOf(UsedUp);
  now += 66 * 60_000;
  expect(await after(async () => 'sent')).toBe('sent');
});

it('is told of what a connection sends, before it is sent', async () => {
  const { stores, knex } = await openTestStore();
  const rows: unknown[] = [];
  const { url } = await pms(() => ({ json: { name: 'Jane' } }));
  const windows = [{ requests: 100, seconds: 60 }];
  const content = manifest({ limits: { concurrency: 1, windows }, check: { method: 'GET', path: '/me' } });
  const connection = await connected(content, { server: url });
  const config = { timezone: 'UTC', accounts: [], dataDir: '/nowhere' } as unknown as Config;
  const app = createApp({ config, connections: [connection], stores, log: createLog('silent') });
  for (let n = 0; n < 3; n += 1) {
    await connection.connector.check();
    rows.push(
      await knex('spent_requests')
        .where({ connection: connection.name, seconds: 60 })
        .sum('requests as sum')
        .first(),
    );
  }
  await app.stop();
  // Two at a time.
  expect(rows).toEqual([{ sum: 2 }, { sum: 2 }, { sum: 4 }]);
});
