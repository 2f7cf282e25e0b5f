/** How fast waiting events become tenants, beside what one knex upsert an event takes in transactions as large. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { createNormaliser } from '../src/boom/normalise.ts';
import { projectBatch } from '../src/project/projector.ts';
import type { Read } from '../src/project/understand.ts';
import { createFakeBoom } from '../src/simulate/fake-boom.ts';
import type { SimDelivery } from '../src/simulate/life.ts';
import { migrate, openDatabase } from '../src/store/database.ts';
import { createStores } from '../src/store/stores.ts';
import { type Spread, spread } from './ingest.ts';

export interface ProjectionResult {
  /** Events a transaction. */
  batch: number;
  /** Events a second. */
  projected: Spread;
  upserts: Spread;
  ratio: Spread;
}

const ACCOUNT = { bareRent: 'dollars', currency: 'USD', country: 'US' } as const;
const DAY_MS = 24 * 60 * 60_000;
/** About the size of a tenant's record. */
const RECORD = 'x'.repeat(1_500);

export async function measureProjection(
  folder: string,
  { units, rounds }: { units: number; rounds: number },
): Promise<ProjectionResult[]> {
  const year = await yearOf(units);
  const normalise = await createNormaliser();
  const read: Read = (body, _, source) => normalise(body, ACCOUNT, source);
  const results: ProjectionResult[] = [];
  for (const batch of [100, 1_000]) {
    const runs = [];
    for (let round = 0; round < rounds; round += 1) {
      const knex = await openDatabase(join(folder, `projection-${batch}-${round}`, 'boomsync.sqlite'));
      await migrate(knex);
      const projected = await project(knex, year, read, batch);
      const upserts = await upsert(knex, year.length, batch);
      runs.push({ projected, upserts });
      await knex.destroy();
    }
    results.push({
      batch,
      projected: spread(runs.map((run) => run.projected)),
      upserts: spread(runs.map((run) => run.upserts)),
      ratio: spread(runs.map((run) => run.projected / run.upserts)),
    });
  }
  return results;
}

/** The deliveries of a building's year, in their order. */
async function yearOf(units: number): Promise<SimDelivery[]> {
  const end = new Date('2026-11-20T00:00:00.000Z');
  const deliveries: SimDelivery[] = [];
  const boom = await createFakeBoom({
    seed: 1,
    units,
    start: new Date(end.getTime() - 365 * DAY_MS),
    end,
    target: async (delivery) => {
      deliveries.push(delivery);
      return true;
    },
  });
  await boom.run();
  await boom.stop();
  return deliveries;
}

async function project(knex: Knex, year: readonly SimDelivery[], read: Read, limit: number): Promise<number> {
  const { inbox, projection } = createStores(knex);
  await inbox.appendAll(
    year.map(({ event, at, body }, index) => {
      const text = JSON.stringify(body);
      return {
        account: 'main',
        source: 'webhook' as const,
        requestId: `r${index}`,
        wireEvent: event,
        bodyHash: createHash('sha256').update(text).digest('hex'),
        body: text,
        receivedAt: new Date(at).toISOString(),
      };
    }),
  );
  const before = performance.now();
  while ((await projectBatch(projection, read, { limit, now: () => new Date() })).events > 0);
  return (year.length / (performance.now() - before)) * 1_000;
}

async function upsert(knex: Knex, rows: number, size: number): Promise<number> {
  await knex.schema.createTable('upserts', (table) => {
    table.string('id').primary();
    table.text('record').notNullable();
  });
  const before = performance.now();
  for (let done = 0; done < rows; done += size) {
    await knex.transaction(async (trx) => {
      for (let at = done; at < Math.min(done + size, rows); at += 1) {
        await trx('upserts')
          .insert({ id: `t${at % 500}`, record: RECORD })
          .onConflict('id')
          .merge();
      }
    });
  }
  return (rows / (performance.now() - before)) * 1_000;
}
