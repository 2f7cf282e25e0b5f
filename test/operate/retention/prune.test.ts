/** Retention over a real store. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { story } from '../../../src/boom/story.ts';
import type { RetentionConfig } from '../../../src/config/config.ts';
import { prune } from '../../../src/operate/retention/prune.ts';
import { retention, retentionState } from '../../../src/operate/retention/retention.ts';
import { projectAll, replay } from '../../support/corrections.ts';
import { openTestStore, type TestStore } from '../../support/store.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOW = new Date(Date.UTC(2027, 0, 1));
const KEEP: RetentionConfig = {
  schedule: null,
  bodiesMs: 30 * DAY_MS,
  failedBodiesMs: 90 * DAY_MS,
  attemptsMs: null,
  decisionsMs: null,
  applicantsMs: null,
};

async function withStory(): Promise<TestStore> {
  const store = await openTestStore();
  for (const { body } of story(new Date(Date.UTC(2026, 7, 20, 12)))) await store.deliver(body);
  await projectAll(store);
  return store;
}

const run = ({ stores }: TestStore, dryRun = false, keep = KEEP, signal = new AbortController().signal) =>
  prune({ store: stores.retention, keep, now: () => NOW, signal, dryRun });
const bodiesIn = async ({ knex }: TestStore) =>
  Number((await knex('inbox').whereNotNull('body').count({ n: '*' }).first())?.n);

describe('retention', () => {
  it('says first what it would remove and then removes just that, once', async () => {
    const store = await withStory();
    const all = await bodiesIn(store);
    const would = await run(store, true);
    expect(would.bodies).toBe(all);
    expect(await bodiesIn(store)).toBe(all);
    expect(await run(store)).toMatchObject({ bodies: would.bodies, bodyBytes: would.bodyBytes });
    expect(await bodiesIn(store)).toBe(0);
    expect(await run(store)).toMatchObject({ bodies: 0, bodyBytes: 0 });
  });

  it('keeps what is younger, and everything where it is off', async () => {
    const store = await withStory();
    const young = await store.deliver({ event: 'application_approved' }, NOW);
    await store.project(100, NOW);
    expect(await run(store, false, { ...KEEP, bodiesMs: null, failedBodiesMs: null })).toMatchObject({
      bodies: 0,
    });
    await run(store);
    const kept = await store.knex('inbox').whereNotNull('body').select('id');
    expect(kept).toEqual([{ id: young }]);
  });

  it('leaves a replay what it needs: what was understood of each event', async () => {
    const store = await withStory();
    const before = await store.knex('tenants').orderBy('ordinal');
    await run(store);
    expect(await bodiesIn(store)).toBe(0);
    const result = await replay(store);
    expect(result).toMatchObject({ failed: 0, changed: [], added: [], gone: [] });
    expect(result.events).toBeGreaterThan(0);
    // Also where the records have to be made from nothing.
    await store.knex('tenants').update({ record: '{}' });
    await replay(store);
    const records = (rows: { id: string; record: string }[]) =>
      rows.map(({ id, record }) => [id, JSON.parse(record)]);
    expect(records(await store.knex('tenants').orderBy('ordinal'))).toEqual(records(before));
  });

  it('gives back the room of small messages too, several of which shared a page', async () => {
    const store = await openTestStore();
    const text = 'x'.repeat(1200);
    for (let n = 0; n < 300; n += 1)
      await store.deliver({ event: 'application_approved', request_id: `${n}`, text });
    await store.project();
    const { freedBytes } = await run(store, false, { ...KEEP, bodiesMs: 0, failedBodiesMs: 0 });
    expect(freedBytes).toBeGreaterThan(300 * 600);
  });

  it('makes the file smaller, and leaves nothing of what it removed in the file or its log', async () => {
    const store = await openTestStore();
    const secret = 'Quincunx'.repeat(500);
    for (let n = 0; n < 300; n += 1)
      await store.deliver({ event: 'application_approved', request_id: `${n}`, secret });
    await store.project();
    await store.stores.retention.checkpoint();
    const file = join(store.folder, 'boomsync.sqlite');
    const before = statSync(file).size;
    const { freedBytes } = await run(store, false, { ...KEEP, bodiesMs: 0, failedBodiesMs: 0 });
    expect(freedBytes).toBeGreaterThan(1_000_000);
    expect(before - statSync(file).size).toBe(freedBytes);
    expect(readFileSync(file).includes('Quincunx')).toBe(false);
    expect(readFileSync(`${file}-wal`).includes('Quincunx')).toBe(false);
    expect(await store.knex.raw('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('stops between two steps, and the next time goes on', async () => {
    const store = await withStory();
    const all = await bodiesIn(store);
    const stopping = new AbortController();
    const { clearBodies } = store.stores.retention;
    store.stores.retention.clearBodies = async (ids) => {
      await clearBodies(ids);
      stopping.abort();
    };
    await run(store, false, KEEP, stopping.signal);
    const left = await bodiesIn(store);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(all);
    await run(store);
    expect(await bodiesIn(store)).toBe(0);
  });
});

it('killed with -9 in the middle of it, leaves what the next time goes on with', async () => {
  const store = await withStory();
  const all = await bodiesIn(store);
  const built = (file: string) => JSON.stringify(resolve(import.meta.dirname, '../../../dist/src', file));
  const script = `
    import { openDatabase } from ${built('store/database.js')};
    import { createRetentionStore } from ${built('store/retention.js')};
    import { prune } from ${built('operate/retention/prune.js')};
    const store = createRetentionStore(await openDatabase(${JSON.stringify(join(store.folder, 'boomsync.sqlite'))}));
    const { clearBodies } = store;
    store.clearBodies = async (ids) => { await clearBodies(ids.slice(0, 10)); process.kill(process.pid, 'SIGKILL'); };
    const keep = { bodiesMs: 0, failedBodiesMs: 0, attemptsMs: null, decisionsMs: null };
    await prune({ store, keep, now: () => new Date(${NOW.getTime()}), signal: new AbortController().signal, dryRun: false });
    process.exit(0);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  expect(await bodiesIn(store)).toBe(all - 10);
  expect(await store.knex.raw('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  await run(store);
  expect(await bodiesIn(store)).toBe(0);
});

describe('the command', () => {
  it('remembers when it ran and what it came to; one that is stopped or only looks does not count', async () => {
    const store = await withStory();
    const tools = { stores: store.stores, config: { retention: KEEP }, now: () => NOW };
    const { signal } = new AbortController();
    await retention({ dryRun: true }, { ...tools, signal });
    await retention({ dryRun: false }, { ...tools, signal: AbortSignal.abort() });
    expect(await retentionState(tools)).toEqual({ on: false, lastAt: null, last: null, failedAt: null });
    const { dryRun, ...pruned } = await retention({ dryRun: false }, { ...tools, signal });
    expect(dryRun).toBe(false);
    expect(await retentionState(tools)).toMatchObject({ lastAt: NOW.toISOString(), last: pruned });
  });
});
