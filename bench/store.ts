/** What the store alone takes for a delivery, without HTTP: the least that durability can cost here. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { migrate, openDatabase } from '../src/store/database.ts';
import { type Delivery, Inbox } from '../src/store/inbox.ts';
import { type Spread, spread } from './ingest.ts';

export interface StoreResult {
  /** Deliveries a transaction. */
  group: number;
  microseconds: Spread;
}

export async function measureStore(folder: string, rounds: number): Promise<StoreResult[]> {
  const knex = await openDatabase(join(folder, 'store', 'boomsync.sqlite'));
  await migrate(knex);
  const inbox = new Inbox(knex);
  const results: StoreResult[] = [];
  for (const group of [1, 32, 256]) {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const deliveries = Array.from({ length: group }, delivery);
      const before = performance.now();
      await inbox.appendAll(deliveries);
      samples.push(((performance.now() - before) * 1000) / group);
    }
    results.push({ group, microseconds: spread(samples.slice(Math.floor(rounds / 5))) });
  }
  await knex.destroy();
  return results;
}

function delivery(): Delivery {
  const id = randomUUID();
  return {
    account: 'main',
    source: 'webhook',
    requestId: id,
    wireEvent: 'application_approved',
    bodyHash: id.padEnd(64, '0'),
    body: id.padEnd(1_000, 'x'),
    receivedAt: new Date().toISOString(),
  };
}
