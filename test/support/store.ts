/** A real SQLite database in a folder of its own, and a way to put deliveries into it. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { onTestFinished } from 'vitest';
import { createNormaliser } from '../../src/boom/normalise.ts';
import { projectBatch } from '../../src/project/projector.ts';
import type { Tenant } from '../../src/project/tenant.ts';
import type { Read } from '../../src/project/understand.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { createStores, type Stores } from '../../src/store/stores.ts';

export interface TestStore {
  folder: string;
  knex: Knex;
  stores: Stores;
  /** Appends a body as the receiver would; the arrival is a second after the one before unless given. */
  deliver(body: Record<string, unknown>, arrival?: Date): Promise<number>;
  /** Projects all that waits, in batches; `at` is the time of it. */
  project(limit?: number, at?: Date): Promise<void>;
  tenants(): Promise<Tenant[]>;
}

const ACCOUNT = { bareRent: 'dollars', currency: 'USD', country: 'US' } as const;
const normalise = await createNormaliser();

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'boomsync-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function openTestStore(): Promise<TestStore> {
  const folder = temporaryFolder();
  const knex = await openDatabase(join(folder, 'boomsync.sqlite'));
  onTestFinished(async () => {
    await knex.destroy();
  });
  await migrate(knex);
  const stores = createStores(knex);
  let clock = Date.UTC(2026, 10, 20, 12);
  return {
    folder,
    knex,
    stores,
    async deliver(body, arrival) {
      clock += 1000;
      const text = JSON.stringify(body);
      const [appended] = await stores.inbox.appendAll([
        {
          account: 'main',
          source: 'webhook',
          requestId: typeof body.request_id === 'string' ? body.request_id : randomUUID(),
          wireEvent: String(body.event),
          bodyHash: createHash('sha256').update(text).digest('hex'),
          body: text,
          receivedAt: (arrival ?? new Date(clock)).toISOString(),
        },
      ]);
      return appended?.id ?? 0;
    },
    async project(limit = 100, at) {
      const read: Read = (body, _, source) => normalise(body, ACCOUNT, source);
      const options = { limit, now: () => at ?? new Date(clock) };
      while ((await projectBatch(stores.projection, read, options)).events > 0);
    },
    async tenants() {
      return (await stores.tenants.list({})).map((row) => row.record);
    },
  };
}
