/** The inbox projected once more while everything goes on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { story } from '../../src/boom/story.ts';
import type { Config } from '../../src/config/config.ts';
import { createLog } from '../../src/operate/log.ts';
import { Projecting } from '../../src/operate/projecting.ts';
import { createReplays, replayTenant } from '../../src/operate/replay.ts';
import { projectBatch } from '../../src/project/projector.ts';
import type { Read } from '../../src/project/understand.ts';
import { createReplayStore, removeScratch } from '../../src/store/replay.ts';
import { projectAll, projection, read, replay, say } from '../support/corrections.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const START = new Date(Date.UTC(2026, 7, 20, 12));
const time = (minute: number) => new Date(Date.UTC(2026, 8, 1, 12, minute)).toISOString();

function basic(event: string, minute: number, changes: object = {}): Record<string, unknown> {
  return {
    event,
    first_name: 'Ana',
    last_name: 'Ruiz',
    email: 'ana@example.com',
    phone: '+15125550143',
    unit: '4B',
    application_id: 'a1',
    application_updated_at: time(minute),
    ...changes,
  };
}

/** A month of one building, projected. */
async function withStory(): Promise<TestStore> {
  const store = await openTestStore();
  for (const { body } of story(START)) await store.deliver(body);
  await projectAll(store);
  return store;
}

/** What hangs on the tenants and no replay may touch. */
async function synced(store: TestStore): Promise<unknown> {
  return [
    await store.knex('sync_states').orderBy(['tenant_id', 'place']),
    await store.knex('passes').orderBy('tenant_id'),
    await store.knex('attempts').orderBy('id'),
    await store.knex('tenants').orderBy('ordinal').select('id', 'revision', 'updated_at', 'created_at'),
  ];
}

async function pushed(store: TestStore, tenantId: string, revision: number): Promise<void> {
  const row = { tenant_id: tenantId, connection: 'oak', kind: 'applicant', place: 'p1' };
  await store
    .knex('sync_states')
    .insert({ ...row, state: 'synced', remote_id: `r-${tenantId}`, updated_at: time(1) });
  await store.knex('attempts').insert({ ...row, action: 'create', outcome: 'done', at: time(1) });
  await store
    .knex('passes')
    .insert({ tenant_id: tenantId, connection: 'oak', tenant_revision: revision, connection_revision: 'c' });
}

const scratchOf = (store: TestStore) => join(store.folder, 'replay.sqlite');

/** As a later version might: it has no use for what is about Ana. */
const withoutAna: Read = (body, account, source) => {
  const { first_name } = body as { first_name?: string };
  if (first_name === 'Ana') return { ok: false, ignored: true, reason: 'this version does not use it' };
  return read(body, account, source);
};

const nothing: Read = () => ({ ok: false, ignored: true, reason: 'this version does not use it' });

describe('what waits when a replay begins', () => {
  it('goes through the projector once more, so that what it wants read is found', async () => {
    const store = await withStory();
    const waiting = await store.deliver(basic('applicant_submitted', 1, { application_id: 'a9' }));
    expect((await replay(store)).added).toHaveLength(1);
    const [row] = await store.stores.inbox.byIds([waiting]);
    expect(row?.status).toBe('received');
    const before = await store.stores.tenants.list({});
    await projectBatch(store.stores.projection, read, {
      limit: 100,
      now: () => START,
      readsFrom: () => true,
    });
    expect(
      (await store.stores.reads.due('main', START.toISOString(), 10)).map(({ object }) => object),
    ).toEqual(['application:a9']);
    expect(await store.stores.tenants.list({})).toEqual(before);
  });
});

describe('replaying everything', () => {
  it('changes nothing where this version reads as the last one did: no revision, no record over there', async () => {
    const store = await withStory();
    const revision = (await store.stores.tenants.get('t1'))?.revision ?? 0;
    await pushed(store, 't1', revision);
    const [before, hanging] = [await projection(store), await synced(store)];
    const result = await replay(store);
    expect(result).toMatchObject({ events: story(START).length, changed: [], added: [], gone: [] });
    expect(await projection(store)).toEqual(before);
    expect(await synced(store)).toEqual(hanging);
    expect(await store.stores.sync.due('oak', 'c', time(1), 99)).not.toContain('t1');
    expect(existsSync(scratchOf(store))).toBe(false);
  });

  it('gives the same where the bodies were pruned', async () => {
    const store = await withStory();
    const before = await projection(store);
    await store.knex('inbox').update({ body: null });
    expect(await replay(store)).toMatchObject({ changed: [], added: [], gone: [] });
    expect(await projection(store)).toEqual(before);
  });

  it('makes anew what was lost or spoiled, and raises the revision of those alone', async () => {
    const store = await withStory();
    const before = await projection(store);
    const [first, second] = await store.stores.tenants.list({ limit: 2 });
    const spoiled = { ...second?.record, stage: 'declined', enrollments: [] };
    await store
      .knex('tenants')
      .where({ id: second?.record.id })
      .update({ record: JSON.stringify(spoiled) });
    await store.knex('tenants').where({ id: first?.record.id }).delete();
    await store.knex('subjects').where('event_id', '<', 10).delete();
    await store.knex('identities').delete();
    const result = await replay(store);
    expect(result.added).toEqual([first?.record.id]);
    expect(result.changed).toEqual([
      { tenantId: second?.record.id, registers: expect.arrayContaining(['stage']) },
    ]);
    expect((await store.stores.tenants.get(second?.record.id ?? ''))?.revision).toBe(
      (second?.revision ?? 0) + 1,
    );
    expect(await projection(store)).toEqual({
      ...before,
      tenants: expect.arrayContaining(before.tenants.slice(2)),
    });
  });

  it('says what would change, and changes nothing, where it is only tried', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_started', 1));
    await store.deliver(basic('application_approved', 2));
    await projectAll(store);
    const before = await projection(store);
    const approvedIsDeclined: Read = (body, account, source) => {
      const result = read(body, account, source);
      if (result.ok && result.event.name === 'application_approved')
        result.event.name = 'application_declined';
      return result;
    };
    const result = await replay(store, { dryRun: true, read: async () => approvedIsDeclined });
    expect(result).toMatchObject({
      dryRun: true,
      changed: [{ tenantId: 't1', registers: ['leasing', 'stage'] }],
    });
    expect(await projection(store)).toEqual(before);
    await replay(store, { read: async () => approvedIsDeclined });
    expect((await store.stores.tenants.get('t1'))?.record.stage).toBe('declined');
    expect((await store.stores.tenants.get('t1'))?.revision).toBe(2);
  });

  it('leaves aside what the landlord put aside and what was quarantined, and tries again what failed', async () => {
    const store = await openTestStore();
    await store.deliver({ event: 'rent_party_planned' });
    await store.deliver({ event: 'enrollment_approved' });
    await store.deliver(basic('applicant_started', 1));
    await store.deliver(basic('application_approved', 2));
    await projectAll(store);
    await store.stores.inbox.putAside(2);
    await store.knex('inbox').where({ id: 4 }).update({ status: 'quarantined', detail: 'other body' });
    const reads: unknown[] = [];
    await replay(store, {
      read: async () => (body, account, source) => {
        reads.push((body as { event: string }).event);
        return read(body, account, source);
      },
    });
    expect(reads).toEqual(['rent_party_planned', 'applicant_started']);
    const events = await store.stores.inbox.list({ limit: 9 });
    expect(events.map((e) => e.status)).toEqual(['quarantined', 'projected', 'ignored', 'ignored']);
    expect(events[2]?.detail).toBe('Put aside by you');
    expect((await store.tenants())[0]?.stage).toBe('applying');
  });
});

describe('a tenant that this version would not make', () => {
  it('is gone with its passes, while what was tried stays as history', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_started', 1));
    await store.deliver(
      basic('applicant_started', 2, { first_name: 'Ben', email: 'ben@example.com', phone: null }),
    );
    await projectAll(store);
    for (const id of ['t1', 't2']) await pushed(store, id, 1);
    const result = await replay(store, { read: async () => withoutAna });
    expect(result).toMatchObject({ changed: [], gone: [{ tenantId: 't1', into: null }] });
    expect((await store.tenants()).map((t) => t.id)).toEqual(['t2']);
    expect(await store.knex('sync_states').select('tenant_id')).toEqual([{ tenant_id: 't2' }]);
    expect(await store.stores.attempts.of('t1', 9)).toHaveLength(1);
    expect(await store.stores.sync.due('oak', 'c', time(1), 9)).toEqual([]);
  });

  it('is another one, with its records over there, where its events are that one’s now', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_started', 1));
    await store.deliver(basic('applicant_started', 2, { application_id: 'a2', phone: null, unit: null }));
    await projectAll(store);
    expect((await store.tenants()).map((t) => t.id)).toEqual(['t1', 't2']);
    await pushed(store, 't2', 1);
    const joined: Read = (body, account, source) =>
      read({ ...(body as object), external_id: 'one' }, account, source);
    const result = await replay(store, { read: async () => joined });
    expect(result).toMatchObject({ changed: [{ tenantId: 't1' }], gone: [{ tenantId: 't2', into: 't1' }] });
    expect((await store.stores.tenants.get('t2'))?.record.id).toBe('t1');
    expect(await store.knex('sync_states').select('tenant_id', 'remote_id')).toEqual([
      { tenant_id: 't1', remote_id: 'r-t2' },
    ]);
    expect(await store.stores.sync.due('oak', 'c', time(1), 9)).toEqual(['t1']);
    expect((await replay(store, { read: async () => joined })).gone).toEqual([]);
    // And back again, as after an update that was taken back.
    await replay(store);
    expect((await store.tenants()).map((t) => t.id)).toEqual(['t1', 't2']);
    expect((await store.stores.tenants.get('t2'))?.record.id).toBe('t2');
  });
});

describe('while a replay runs', () => {
  it('the old records are read, deliveries are taken, and they are projected afterwards', async () => {
    const store = await withStory();
    const before = await projection(store);
    const total = await store.stores.inbox.count();
    const replayStore = createReplayStore(store.knex);
    expect(await replayStore.progress()).toBeNull();
    const seen: unknown[] = [];
    const projecting = new Projecting({
      store: store.stores.projection,
      read: async () => read,
      onProjected: () => {},
      onChanged: () => {},
      onFault: () => {},
      now: () => new Date(),
    });
    let late: Promise<void> = Promise.resolve();
    const replays = createReplays({
      stores: { ...store.stores, replay: replayStore },
      projecting,
      read: async () => read,
      now: () => new Date(),
      onProgress: () => {
        late = (async () => {
          seen.push(await replayStore.progress(), (await projection(store)).tenants);
          await store.deliver(
            basic('applicant_started', 1, { first_name: 'Zoe', application_id: 'a99', unit: '9' }),
          );
          await projecting.drain();
        })();
      },
      onFault: () => {},
    });
    expect(await replays.all(false)).toMatchObject({ events: total, added: [], changed: [] });
    await late;
    expect(seen).toEqual([{ done: total, total }, before.tenants]);
    expect((await store.tenants()).map((t) => t.person.firstName)).toContain('Zoe');
    expect(await store.stores.inbox.count({ status: 'received' })).toBe(0);
  });

  it('a stop ends it and leaves everything as it was', async () => {
    const store = await withStory();
    const before = await projection(store);
    const stopping = new AbortController();
    const stopped = replay(store, {
      read: async () => nothing,
      signal: stopping.signal,
      onProgress: () => stopping.abort(),
    });
    await expect(stopped).rejects.toThrow('aborted');
    expect(await projection(store)).toEqual(before);
    expect(existsSync(scratchOf(store))).toBe(false);
  });

  it('the server that stops ends it, and whoever asked is told', async () => {
    const store = await withStory();
    const before = await projection(store);
    const config = { timezone: 'UTC', accounts: [], dataDir: '/nowhere' } as unknown as Config;
    const app = createApp({ config, connections: [], stores: store.stores, log: createLog('silent') });
    const asked = app.commands.run('replay', { tenantId: null, failed: false, dryRun: false });
    await app.stop();
    expect(await asked).toEqual({ error: expect.stringContaining('everything is as it was') });
    expect(await projection(store)).toEqual(before);
  });

  it('a fault in the middle of the swap takes all of it back', async () => {
    const store = await withStory();
    const before = [await projection(store), await synced(store)];
    await store.knex.raw(
      "create trigger poison before update on inbox begin select raise(abort, 'poison'); end",
    );
    await expect(replay(store, { read: async () => nothing })).rejects.toThrow();
    await store.knex.raw('drop trigger poison');
    expect([await projection(store), await synced(store)]).toEqual(before);
    expect((await replay(store)).changed).toEqual([]);
  });

  it('a kill leaves a scratch file that the next start removes, and the next replay does not mind', async () => {
    const store = await withStory();
    const before = await projection(store);
    const killed = await createReplayStore(store.knex).begin();
    await killed.feed();
    expect(existsSync(scratchOf(store))).toBe(true);
    expect(await replay(store)).toMatchObject({ changed: [] });
    await (await createReplayStore(store.knex).begin()).feed();
    removeScratch(store.folder);
    expect(existsSync(scratchOf(store))).toBe(false);
    expect(await projection(store)).toEqual(before);
    await killed.discard();
  });
});

describe('corrections', () => {
  it('come to the same in a replay, ids included', async () => {
    const store = await openTestStore();
    const customer = {
      event: 'enrollment_approved',
      customer_id: 'c1',
      enrollment_id: 'e1',
      customer_first_name: 'Ana',
      customer_last_name: 'Ruiz',
      customer_email: 'ana@example.com',
      customer_phone: '5125550143',
    };
    await store.deliver(basic('applicant_started', 1));
    await store.deliver(customer);
    await store.deliver(
      basic('applicant_started', 2, { first_name: 'Ben', email: 'b@example.com', application_id: 'a2' }),
    );
    await projectAll(store);
    const at = (eventId: number) => ({ eventId, position: 0 });
    await say(store, 'tenants_different', [at(1), at(2)]);
    await say(store, 'tenants_same', [at(3), at(2)]);
    await store.deliver({ ...customer, event: 'enrollment_moved_out' });
    await store.deliver(basic('application_declined', 9));
    await projectAll(store);
    const before = await projection(store);
    expect((await store.tenants()).map((t) => [t.id, t.ids.customer])).toEqual([
      ['t1', []],
      ['t2', ['c1']],
    ]);
    await pushed(store, 't2', 3);
    const hanging = await synced(store);
    expect(await replay(store)).toMatchObject({ changed: [], added: [], gone: [] });
    await store.knex('inbox').update({ body: null });
    expect(await replay(store)).toMatchObject({ changed: [], added: [], gone: [] });
    expect(await projection(store)).toEqual(before);
    expect(await synced(store)).toEqual(hanging);
  });
});

describe('replaying one tenant', () => {
  it('reads its events anew and folds everyone whom they concern, and nobody else', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_started', 1));
    await store.deliver(
      basic('applicant_started', 1, { first_name: 'Ben', email: 'b@example.com', application_id: 'a2' }),
    );
    await projectAll(store);
    const later: Read = (body, account, source) =>
      read({ ...(body as object), event: 'applicant_submitted' }, account, source);
    const options = { read: async () => later, now: () => new Date() };
    const tried = await replayTenant('t1', store.stores, { ...options, dryRun: true });
    expect(tried).toMatchObject({
      events: 1,
      changed: [{ tenantId: 't1', registers: ['leasing', 'stage'] }],
    });
    expect((await store.tenants()).map((t) => t.stage)).toEqual(['applying', 'applying']);
    await replayTenant('t1', store.stores, { ...options, dryRun: false });
    expect((await store.tenants()).map((t) => t.stage)).toEqual(['submitted', 'applying']);
    expect((await store.stores.tenants.get('t1'))?.revision).toBe(2);
  });
});
