/** The same properties as in histories.test.ts, through the projector and a real database. */
import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tenant } from '../../src/project/tenant.ts';
import { runs } from '../support/profile.ts';
import { openTestStore, type TestStore } from '../support/store.ts';
import { holds } from './kept-failures.ts';
import { type Arrival, arrivalsOf, essences, withRepetitions } from './random-record.ts';
import { choices, delays, stepsOf, stories } from './random-world.ts';

/** All but the inbox: what a projection makes. */
async function emptyTables({ knex }: TestStore): Promise<void> {
  const tables: { name: string }[] = await knex('sqlite_master')
    .where({ type: 'table' })
    .whereNot('name', 'like', 'sqlite_%')
    .whereNot('name', 'like', 'knex_%')
    .whereNot('name', 'inbox')
    .select('name');
  for (const { name } of tables) await knex(name).delete();
}

async function fill(store: TestStore, arrivals: readonly Arrival[]): Promise<void> {
  await emptyTables(store);
  await store.knex('inbox').delete();
  const rows = arrivals.map(({ source, body, arrival }) => {
    const text = JSON.stringify(body);
    return {
      account: 'main',
      source,
      requestId: randomUUID(),
      wireEvent: String(body.event),
      bodyHash: createHash('sha256').update(text).digest('hex'),
      body: text,
      receivedAt: new Date(arrival).toISOString(),
    };
  });
  for (let at = 0; at < rows.length; at += 50) await store.stores.inbox.appendAll(rows.slice(at, at + 50));
}

async function projected(store: TestStore, arrivals: readonly Arrival[], batch: number): Promise<Tenant[]> {
  await fill(store, arrivals);
  await store.project(batch);
  return await store.tenants();
}

async function again(store: TestStore, batch: number): Promise<string> {
  await emptyTables(store);
  await store.knex('inbox').update({ status: 'received', tenant_id: null });
  await store.project(batch);
  return JSON.stringify(await store.tenants());
}

/** Without ids two spellings of one person may be two tenants. */
const nameOf = ({ ids, person }: Tenant): string => JSON.stringify([ids, person]);

function expectSame(found: readonly Tenant[], wanted: readonly Tenant[]): void {
  expect(found.map(nameOf).sort()).toEqual(wanted.map(nameOf).sort());
  for (const tenant of wanted) {
    const same = found.find((other) => nameOf(other) === nameOf(tenant)) as Tenant;
    const [one, other] = essences(same, tenant);
    expect(one).toEqual(other);
  }
}

/** On a computer that does much else. */
const TIMEOUT_MS = runs(120_000, 1_800_000);

describe('the tenants of a history', () => {
  it(
    'are the same however its deliveries are delayed by retries',
    async () => {
      const store = await openTestStore();
      await holds(
        'delayed-store',
        runs(60, 1_000),
        fc.asyncProperty(stories, delays, async (story, late) => {
          const steps = stepsOf(story);
          const wanted = await projected(store, arrivalsOf(steps), 500);
          expectSame(await projected(store, arrivalsOf(steps, late), 20), wanted);
        }),
      );
    },
    TIMEOUT_MS,
  );

  it(
    'are the same when any of its deliveries are repeated',
    async () => {
      const store = await openTestStore();
      await holds(
        'repeated-store',
        runs(30, 500),
        fc.asyncProperty(stories, choices, async (story, chosen) => {
          const arrivals = arrivalsOf(stepsOf(story));
          const wanted = await projected(store, arrivals, 500);
          expectSame(await projected(store, withRepetitions(arrivals, chosen), 20), wanted);
        }),
      );
    },
    TIMEOUT_MS,
  );

  it(
    'are the same, ids included, in batches of any size and when replayed into empty tables',
    async () => {
      const store = await openTestStore();
      await holds(
        'replayed',
        runs(30, 500),
        fc.asyncProperty(stories, delays, async (story, late) => {
          await fill(store, arrivalsOf(stepsOf(story), late));
          await store.project(500);
          const wanted = JSON.stringify(await store.tenants());
          for (const batch of [1, 7, 500]) expect(await again(store, batch)).toBe(wanted);
          await store.knex('inbox').update({ body: null });
          expect(await again(store, 100)).toBe(wanted);
        }),
      );
    },
    TIMEOUT_MS,
  );
});
