/** Corrections of identity by the landlord, each held against a replay of the inbox into empty tables. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tenant } from '../../src/project/tenant.ts';
import { projectAll, projectAnew, projection, say } from '../support/corrections.ts';
import { runs } from '../support/profile.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const ana = { first_name: 'Ana', last_name: 'Ruiz', email: 'ana@example.com', phone: '+15125550143' };
const ben = { first_name: 'Ben', last_name: 'Okafor', email: 'ben@example.com', phone: '+15125550144' };
const time = (minute: number) => new Date(Date.UTC(2026, 8, 1, 12, minute)).toISOString();

function basic(event: string, minute: number, changes: object = {}): Record<string, unknown> {
  return {
    event,
    ...ana,
    unit: '4B',
    application_id: 'a1',
    application_updated_at: time(minute),
    ...changes,
  };
}

function customer(event: string, id: string, changes: object = {}): Record<string, unknown> {
  return {
    event,
    customer_id: id,
    enrollment_id: `e-${id}`,
    customer_first_name: 'Ana',
    customer_last_name: 'Ruiz',
    customer_email: 'ana@example.com',
    customer_phone: '5125550143',
    ...changes,
  };
}

async function deliver(store: TestStore, ...bodies: Record<string, unknown>[]): Promise<void> {
  for (const body of bodies) await store.deliver(body);
  await projectAll(store);
}

const at = (eventId: number, position = 0) => ({ eventId, position });
const ids = (tenants: Tenant[]) => tenants.map((tenant) => tenant.id);
const about = async (store: TestStore) =>
  (await store.stores.inbox.list({ limit: 99 })).map((event) => event.tenantId).reverse();

/** The same, to the last byte, however the inbox is cut into batches. */
async function expectReplayable(store: TestStore): Promise<void> {
  const before = await projection(store);
  for (const limit of [1, 7, 500]) {
    await projectAnew(store, limit);
    expect(await projection(store)).toEqual(before);
  }
}

/** Whoever is held apart from somebody is so from a tenant that is there, and the other from them. */
async function expectHeldApartBothWays(store: TestStore): Promise<void> {
  const rows = await store.knex('tenants').select('id', 'known');
  const apart = rows.flatMap(({ id, known }) =>
    (JSON.parse(known).apart as string[]).map((other) => `${id} ${other}`),
  );
  const turned = apart.map((pair) => pair.split(' ').reverse().join(' '));
  expect(turned.sort()).toEqual([...apart].sort());
}

/** Ana's screening (events 1, 2) and a customer (3) whom only name, e-mail and phone join to it. */
async function weaklyJoined(): Promise<TestStore> {
  const store = await openTestStore();
  await deliver(
    store,
    basic('applicant_submitted', 1),
    basic('application_approved', 2),
    customer('enrollment_approved', 'c1'),
  );
  expect(await store.tenants()).toMatchObject([{ id: 't1', weaklyJoined: true }]);
  return store;
}

describe('a weak join', () => {
  it('is certain once the landlord confirms it', async () => {
    const store = await weaklyJoined();
    expect(await say(store, 'tenants_same', [at(1), at(3)])).toMatchObject({ status: 'projected' });
    expect(await store.tenants()).toMatchObject([{ id: 't1', weaklyJoined: false, stage: 'resident' }]);
    expect((await store.stores.tenants.get('t1'))?.revision).toBe(2);
    await expectReplayable(store);
  });

  it('becomes two tenants once the landlord undoes it, and never one again by the same keys', async () => {
    const store = await weaklyJoined();
    await say(store, 'tenants_different', [at(1), at(3)]);
    expect(await store.tenants()).toMatchObject([
      { id: 't1', stage: 'approved', ids: { customer: [] } },
      { id: 't3', stage: 'resident', applications: [], ids: { customer: ['c1'] } },
    ]);
    expect(await about(store)).toEqual(['t1', 't1', 't3', 't1']);
    await deliver(store, customer('enrollment_pending', 'c1'), basic('application_declined', 9));
    await deliver(store, customer('enrollment_moved_out', 'c1'));
    expect(await about(store)).toEqual(['t1', 't1', 't3', 't1', 't3', 't1', 't3']);
    expect(ids(await store.tenants())).toEqual(['t1', 't3']);
    await expectReplayable(store);
  });

  it('leaves what both are reached by to neither: a third who comes with it is new', async () => {
    const store = await weaklyJoined();
    await say(store, 'tenants_different', [at(1), at(3)]);
    await deliver(store, customer('enrollment_approved', 'c9'));
    expect(ids(await store.tenants())).toEqual(['t1', 't3', 't5']);
    await expectReplayable(store);
  });

  it('can be undone and confirmed after all', async () => {
    const store = await weaklyJoined();
    await say(store, 'tenants_different', [at(1), at(3)]);
    await say(store, 'tenants_same', [at(1), at(3)]);
    await deliver(store, customer('enrollment_moved_out', 'c1'), basic('application_declined', 9));
    expect(await store.tenants()).toMatchObject([
      { id: 't1', weaklyJoined: false, ids: { customer: ['c1'] } },
    ]);
    expect((await store.stores.tenants.get('t3'))?.record.id).toBe('t1');
    await expectReplayable(store);
  });
});

describe('a merge', () => {
  it('makes one of two tenants, and what comes late finds the one that stayed', async () => {
    const store = await openTestStore();
    await deliver(
      store,
      basic('applicant_submitted', 1),
      basic('applicant_submitted', 2, { ...ben, application_id: 'a2' }),
    );
    await say(store, 'tenants_same', [at(2), at(1)]);
    await deliver(store, basic('application_approved', 5, { ...ben, application_id: 'a2' }));
    const [one, ...others] = await store.tenants();
    expect(others).toEqual([]);
    expect(one?.applications.map((a) => [a.id, a.leasing, a.weak])).toEqual([
      ['a1', 'submitted', false],
      ['a2', 'approved', false],
    ]);
    expect((await store.stores.tenants.get('t2'))?.record.id).toBe('t1');
    await expectReplayable(store);
  });

  it('can be taken back by a split, which gives the old id again', async () => {
    const store = await openTestStore();
    await deliver(
      store,
      basic('applicant_submitted', 1),
      basic('applicant_submitted', 2, { ...ben, application_id: 'a2' }),
    );
    const before = await store.tenants();
    await say(store, 'tenants_same', [at(1), at(2)]);
    await say(store, 'tenants_different', [at(1), at(2)]);
    expect(await store.tenants()).toEqual(before);
    expect((await store.stores.tenants.get('t2'))?.record.person.firstName).toBe('Ben');
    expect(await store.knex('identities').where('key', 'like', 'tenant:%')).toEqual([]);
    await expectReplayable(store);
  });

  it('of tenants that are held apart from a third keeps them apart', async () => {
    const store = await weaklyJoined();
    await say(store, 'tenants_different', [at(1), at(3)]);
    await deliver(store, basic('applicant_submitted', 2, { ...ben, application_id: 'a2' }));
    await say(store, 'tenants_same', [at(5), at(3)]);
    await deliver(
      store,
      basic('application_approved', 8, { external_id: 'shared' }),
      customer('enrollment_moved_out', 'c1', { customer_external_id: 'shared' }),
    );
    expect((await store.tenants()).map((t) => [t.id, t.ids.customer])).toEqual([
      ['t1', []],
      ['t3', ['c1']],
    ]);
    await expectReplayable(store);
  });
});

/** Father and son of one name, whom a landlord's number made one: 1 and 2 are the father's, 3 and 4 the son's. */
async function fatherAndSon(): Promise<TestStore> {
  const store = await openTestStore();
  const shared = { external_id: 'ext-7' };
  await deliver(
    store,
    basic('applicant_started', 1, shared),
    basic('applicant_submitted', 2, shared),
    basic('applicant_started', 3, { ...shared, application_id: 'a2', unit: '5C' }),
    basic('applicant_submitted', 4, { ...shared, application_id: 'a2', unit: '5C' }),
  );
  expect(ids(await store.tenants())).toEqual(['t1']);
  return store;
}

describe('a split', () => {
  it('gives the events that are named to a tenant of their own, with the keys that only they have', async () => {
    const store = await fatherAndSon();
    await say(store, 'tenants_different', [at(1), at(3), at(4)]);
    expect((await store.tenants()).map((t) => [t.id, t.applications.map((a) => a.id)])).toEqual([
      ['t1', ['a1']],
      ['t3', ['a2']],
    ]);
    await deliver(
      store,
      // The surest key decides where the keys lead to both.
      basic('application_approved', 7, { external_id: 'ext-7', application_id: 'a2', unit: '5C' }),
      basic('application_declined', 8, { external_id: 'ext-7' }),
    );
    // A key that both had stays with the one who kept the id.
    await deliver(
      store,
      basic('applicant_receipt', 9, { external_id: 'ext-7', application_id: null, unit: null }),
    );
    expect((await store.tenants()).map((t) => [t.id, t.stage])).toEqual([
      ['t1', 'declined'],
      ['t3', 'approved'],
    ]);
    expect(await about(store)).toEqual(['t1', 't1', 't3', 't3', 't1', 't3', 't1', 't1']);
    await expectReplayable(store);
  });

  it('takes the id of the correction where its own events name tenants that are there already', async () => {
    const store = await fatherAndSon();
    await say(store, 'tenants_different', [at(3), at(1), at(2)]);
    expect((await store.tenants()).map((t) => [t.id, t.applications.map((a) => a.id)])).toEqual([
      ['t1', ['a2']],
      ['t2', ['a1']],
    ]);
    await say(store, 'tenants_different', [at(1), at(2)]);
    expect(ids(await store.tenants())).toEqual(['t1', 't2', 't6']);
    await expectReplayable(store);
  });

  it('leaves records over there with the tenant that keeps its id, and makes the new one due', async () => {
    const store = await fatherAndSon();
    const row = { tenant_id: 't1', connection: 'oak', updated_at: time(1) };
    await store
      .knex('sync_states')
      .insert({ ...row, kind: 'applicant', place: 'p1', state: 'synced', remote_id: '7' });
    await store.knex('passes').insert({
      tenant_id: 't1',
      connection: 'oak',
      tenant_revision: 4,
      connection_revision: 'r',
    });
    await say(store, 'tenants_different', [at(1), at(3), at(4)]);
    expect(await store.knex('sync_states').select('tenant_id', 'remote_id')).toEqual([
      { tenant_id: 't1', remote_id: '7' },
    ]);
    expect(await store.stores.sync.due('oak', 'r', time(1), 9)).toEqual(['t1', 't3']);
  });

  it('is about what the events named, also after another correction moved them', async () => {
    const store = await fatherAndSon();
    await deliver(store, basic('applicant_submitted', 5, { ...ben, application_id: 'a9', unit: '9' }));
    await say(store, 'tenants_same', [at(5), at(3)]);
    await say(store, 'tenants_different', [at(1), at(3), at(4)]);
    expect((await store.tenants()).map((t) => [t.id, t.applications.map((a) => a.id)])).toEqual([
      ['t1', ['a1', 'a9']],
      ['t3', ['a2']],
    ]);
    await expectReplayable(store);
  });
});

describe('a correction that cannot be carried out', () => {
  it.each([
    ['of an event that is not there', [at(1), at(77)], 'person 1 of event 77, who is nobody on record'],
    ['of a person whom the event does not name', [at(1), at(2, 3)], 'person 4 of event 2'],
    ['of somebody as another than themselves', [at(1), at(1)], 'another person than themselves'],
  ])('%s fails, says why, and changes nothing', async (_title, people, detail) => {
    const store = await fatherAndSon();
    const before = await store.tenants();
    const result = await say(store, 'tenants_different', people);
    expect(result.status).toBe('failed');
    expect(result.detail).toContain(detail);
    expect(await store.tenants()).toEqual(before);
    await deliver(store, basic('application_declined', 8));
    expect((await store.tenants())[0]?.applications[0]?.leasing).toBe('declined');
    await expectReplayable(store);
  });

  it('never joins people of two of Boom’s accounts', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_submitted', 1));
    await store.knex('inbox').update({ account: 'other' });
    await deliver(store, basic('applicant_submitted', 2));
    const result = await say(store, 'tenants_same', [at(2), at(1)]);
    expect(result).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('belongs to another'),
    });
    expect(ids(await store.tenants())).toEqual(['t1', 't2']);
  });
});

describe('what is known of a tenant', () => {
  const shared = { external_id: 'ext-7', application_id: null, unit: null };
  const married = { ...ana, last_name: 'Lopez', phone: null };
  it('holds every spelling, so that neither order nor batches decide who contradicts', async () => {
    const bodies = [
      basic('applicant_started', 1, { ...shared, email: 'old@example.com' }),
      basic('applicant_submitted', 2, { ...shared, ...married, phone: ana.phone, email: 'new@example.com' }),
      basic('applicant_receipt', 3, { ...shared, email: 'old@example.com', phone: null }),
      basic('application_updated', 4, { ...shared, ...married, email: 'new@example.com' }),
      basic('applicant_submitted', 5, { ...shared, ...ben }),
      basic('application_approved', 6, { ...shared, ...ben }),
    ];
    for (const order of [bodies, [...bodies].reverse()]) {
      const store = await openTestStore();
      await deliver(store, ...order);
      expect((await store.tenants()).map((t) => t.person.firstName).sort()).toEqual(['Ana', 'Ben']);
      await expectReplayable(store);
    }
  });

  it('is taken from the record where a tenant is from before it was kept', async () => {
    const store = await openTestStore();
    await deliver(store, basic('applicant_started', 1, shared));
    await store.knex('tenants').update({ known: null });
    await deliver(
      store,
      basic('applicant_started', 2, { ...shared, ...ben }),
      basic('applicant_submitted', 3, shared),
    );
    expect((await store.tenants()).map((t) => t.person.firstName)).toEqual(['Ana', 'Ben']);
  });
});

/** Deliveries whose keys overlap in every way, and corrections of people whom they name. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('screening' as const),
      person: fc.constantFrom({ ...ana }, { ...ana, last_name: 'Lopez' }, { ...ben }),
      application_id: fc.constantFrom(null, 'a1', 'a2'),
      external_id: fc.constantFrom(null, null, 'x1', 'x2'),
      unit: fc.constantFrom(null, '4B', '5C'),
      phone: fc.constantFrom(ana.phone, ben.phone, null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('reporting' as const),
      id: fc.constantFrom('c1', 'c2'),
      named: fc.boolean(),
      external: fc.constantFrom(null, 'x1'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constantFrom('tenants_same' as const, 'tenants_different' as const),
      people: fc.array(fc.nat({ max: 14 }), { minLength: 2, maxLength: 3 }),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function take(store: TestStore, one: Step, n: number): Promise<void> {
  if (one.what === 'screening') {
    const { person, what: _, ...keys } = one;
    await store.deliver(basic('applicant_submitted', n, { ...person, ...keys }));
  } else if (one.what === 'reporting') {
    const names = one.named
      ? {}
      : { customer_first_name: null, customer_last_name: null, customer_email: null };
    await store.deliver(
      customer('enrollment_approved', one.id, { ...names, customer_external_id: one.external }),
    );
  } else {
    await say(
      store,
      one.what,
      one.people.map((eventId) => at(eventId + 1)),
    );
  }
}

describe('whatever the landlord corrects, and when', () => {
  it('a replay gives the same tenants, to the last byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 15 }), async (steps) => {
        const store = await openTestStore();
        for (const [index, one] of steps.entries()) {
          await take(store, one, index);
          if (index % 3 === 0) await projectAll(store);
        }
        await projectAll(store);
        await expectHeldApartBothWays(store);
        await expectReplayable(store);
        await store.knex.destroy();
      }),
      { numRuns: runs(15, 1_000) },
    );
  });
});
