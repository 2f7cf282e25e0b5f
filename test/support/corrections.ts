/** Landlord's corrections and replays over a test store. */
import { correctionBody, type Named } from '../../src/boom/correction.ts';
import type { CorrectionName } from '../../src/boom/events.ts';
import { createNormaliser } from '../../src/boom/normalise.ts';
import { correct } from '../../src/operate/correct.ts';
import { type ReplayOptions, type ReplayResult, replayAll } from '../../src/operate/replay.ts';
import { projectBatch } from '../../src/project/projector.ts';
import type { Read } from '../../src/project/understand.ts';
import { createReplayStore } from '../../src/store/replay.ts';
import type { TestStore } from './store.ts';

const ACCOUNT = { bareRent: 'dollars', currency: 'USD', country: 'US' } as const;
const normalise = await createNormaliser();

export const read: Read = (body, _account, source) => normalise(body, ACCOUNT, source);
const NOW = new Date(Date.UTC(2026, 10, 30, 12));

export async function projectAll(store: TestStore, limit = 100): Promise<void> {
  while ((await projectBatch(store.stores.projection, read, { limit, now: () => NOW })).events > 0);
}

/** As `boomsync tenants link` and its like write it; returns what became of it. */
export async function say(store: TestStore, event: CorrectionName, people: Named[], account = 'main') {
  const body = correctionBody(event, people);
  return await correct(
    { account, event, body },
    store.stores.inbox,
    () => projectAll(store),
    () => NOW,
  );
}

export async function replay(store: TestStore, changes: Partial<ReplayOptions> = {}): Promise<ReplayResult> {
  return await replayAll(createReplayStore(store.knex), {
    dryRun: false,
    read: async () => read,
    now: () => NOW,
    onProgress: () => {},
    onFault: (error) => {
      throw error;
    },
    signal: new AbortController().signal,
    ...changes,
  });
}

/** All that the projection made, but for what it hands on: revisions and times. */
export async function projection(store: TestStore) {
  const rows = async (table: string, columns: string[]) =>
    (await store.knex(table).select(columns)).map((row) => JSON.stringify(row)).sort();
  return {
    tenants: await rows('tenants', ['id', 'account', 'ordinal', 'stage', 'record', 'known']),
    identities: await rows('identities', ['key', 'tenant_id']),
    subjects: await rows('subjects', ['event_id', 'position', 'tenant_id', 'application']),
    applications: await rows('application_events', ['application', 'event_id']),
    events: await rows('inbox', ['id', 'status', 'detail', 'tenant_id', 'normalised']),
  };
}

/** Empties every table that the projection fills and projects the inbox anew, the simplest of replays. */
export async function projectAnew(store: TestStore, limit = 100): Promise<void> {
  for (const table of ['tenants', 'identities', 'subjects', 'application_events']) {
    await store.knex(table).delete();
  }
  await store.knex('inbox').whereIn('status', ['projected', 'failed']).update({ status: 'received' });
  await projectAll(store, limit);
}
