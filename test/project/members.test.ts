import { describe, expect, it } from 'vitest';
import type { BoomEvent } from '../../src/boom/event.ts';
import type { RecordName } from '../../src/boom/events.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { fold } from '../../src/project/fold.ts';
import type { Tenant } from '../../src/project/tenant.ts';
import { wantedRecords } from '../../src/reconcile/wanted.ts';
import { openTestStore, type TestStore } from '../support/store.ts';
import { ANA, at, event, history, person, unit } from './events.ts';

type Entry = [minute: number, event: BoomEvent];

const ME = { ...ANA, applicantId: 'x1' };
const BEN = person({ applicantId: 'x2', firstName: 'Ben', lastName: 'Okafor' });
const application = { id: 'a1', unit: unit('4B') };

const mine = (name: RecordName, minute: number, id = 'a1'): Entry => [
  minute,
  event(name, { people: [ME], updatedAt: at(minute), application: { ...application, id } }),
];
const everyones = (minute: number, status = 'approved', id = 'a1'): Entry => [
  minute,
  event('activity_read', { updatedAt: at(minute), application: { id, status } }),
];
const read = (minute: number, people = [BEN], id = 'a1'): Entry => [
  minute,
  event('application_read', {
    people,
    updatedAt: at(minute),
    application: { ...application, id, status: 'submitted' },
  }),
];
const merged = (minute: number): Entry => [
  minute,
  event('application_merged', { updatedAt: at(minute), merge: { targetId: 'a9', mergedIds: ['a1'] } }),
];

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

/** Ana's record, by the stamps alone: everything arrives in the order given. */
function foldedFrom(entries: readonly Entry[]): Tenant {
  const events = history(entries.map(([, item], index) => [index * 60, item])).map((item) => ({
    ...item,
    positions: item.event.people.flatMap((one, position) => (one.applicantId === 'x1' ? [position] : [])),
  }));
  return fold({ id: 't1', account: 'main' }, events);
}
const standing = (entries: readonly Entry[]) =>
  foldedFrom(entries).applications.map((a) => [a.id, a.leasing, a.left]);

function expectInAnyOrder(entries: readonly Entry[], wanted: ReturnType<typeof standing>): void {
  for (const order of permutations(entries)) expect(standing(order)).toEqual(wanted);
}

describe('somebody whom a read of the application no longer names', () => {
  const submitted = mine('applicant_submitted', 1);

  it('has left it, hears no more of it, and stands as they stood', () => {
    expectInAnyOrder([submitted, read(10), everyones(20)], [['a1', 'submitted', true]]);
    expectInAnyOrder([submitted, read(10), everyones(10, 'rejected')], [['a1', 'submitted', true]]);
    expectInAnyOrder(
      [submitted, everyones(5), read(10), everyones(20, 'rejected')],
      [['a1', 'approved', true]],
    );
  });

  it('is in it again once something names them', () => {
    expectInAnyOrder(
      [submitted, read(10), mine('application_updated', 20), everyones(30)],
      [['a1', 'approved', false]],
    );
    expectInAnyOrder([submitted, read(10), read(20, [BEN, ME]), everyones(30)], [['a1', 'approved', false]]);
  });

  it('is in it where the read is older than what names them', () => {
    expectInAnyOrder([read(0), submitted, everyones(20)], [['a1', 'approved', false]]);
  });

  it('is in it where only their name says so: the read would name them by another id', () => {
    const nameOnly: Entry = [
      1,
      event('applicant_submitted', {
        people: [{ ...ANA, applicantId: null }],
        updatedAt: at(1),
        application,
      }),
    ];
    const events = history([nameOnly, read(10)]).map((item) =>
      item.id === 2 ? { ...item, positions: [] } : item,
    );
    expect(fold({ id: 't1', account: 'main' }, events).applications[0]).toMatchObject({ left: false });
  });

  it('is in it where the read names nobody', () => {
    expectInAnyOrder([submitted, read(10, []), everyones(20)], [['a1', 'approved', false]]);
  });

  it('does not follow it into what it is merged into', () => {
    expectInAnyOrder(
      [submitted, read(10), merged(20), everyones(30, 'approved', 'a9')],
      [['a1', 'submitted', true]],
    );
  });

  it('followed it where the merge came first, and can leave the target', () => {
    const [target, log] = [read(30, [BEN], 'a9'), everyones(40, 'approved', 'a9')];
    expect(standing([submitted, merged(20), read(25), log])).toEqual([
      ['a1', 'merged', false],
      ['a9', 'approved', false],
    ]);
    expect(standing([submitted, merged(20), target, log])).toEqual([
      ['a1', 'merged', false],
      ['a9', 'submitted', true],
    ]);
  });

  it('has no stage for it, and is contradicted by nobody', () => {
    const entries = [mine('application_approved', 1), read(10)];
    expect(foldedFrom(entries)).toMatchObject({ stage: null });
    const declined: Entry = [
      20,
      event('application_declined', { people: [BEN], updatedAt: at(20), application }),
    ];
    expect(foldedFrom([...entries, declined]).applications[0]).toMatchObject({ contradicted: false });
  });
});

const ana = { id: 'x1', first_name: 'Ana', last_name: 'Ruiz', email: 'ana@example.com' };
const ben = { id: 'x2', first_name: 'Ben', last_name: 'Okafor', email: 'ben@example.com' };

const time = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString();
const said = (name: string, minute: number, { id, ...who }: typeof ana) => ({
  event: name,
  application_id: 'a1',
  applicant_id: id,
  ...who,
  unit: '4B',
  application_updated_at: time(minute),
});
const apiRead = (id: string, minute: number, applicants: (typeof ana)[]) => ({
  event: 'application_read',
  read_at: time(minute),
  object: {
    id,
    status: 'submitted',
    application_updated_at: time(minute),
    applicants: applicants.map((one) => ({ ...one, role: 'applicant', application_status: 'submitted' })),
  },
});
const logged = (id: string, minute: number) => ({
  event: 'activity_read',
  read_at: time(minute),
  object: {
    id: `log-${id}`,
    application_id: id,
    event_type: 'decision_made',
    occurred_at: time(minute),
    details: { status: 'approved', decision_at: time(minute) },
  },
});

async function put(store: TestStore, body: Record<string, unknown>): Promise<void> {
  const id = await store.deliver(body);
  if (String(body.event).endsWith('_read'))
    await store.knex('inbox').where({ id }).update({ source: 'read' });
}

/** A PMS that takes applicants and every decision; nothing of it is called. */
const CONNECTION = {
  name: 'oak-street',
  label: 'Oak Street',
  create: 'applicant',
  capabilities: {
    kinds: ['applicant', 'tenant'],
    creates: ['applicant', 'tenant'],
    local: false,
    update: 'merges',
    find: 'exact',
    readBack: true,
    notes: 'staff',
    applicants: 'applied',
    unitId: 'unused',
  },
  takes: async () => true,
  unitIdOf: () => null,
} as unknown as Connection;

const wantedOf = async (tenant: Tenant | undefined) =>
  (await wantedRecords(tenant as Tenant, CONNECTION, { timezone: 'UTC', installation: 'i1' })).map(
    ({ scope, decision, obstacle }) => [
      scope.application?.id,
      decision?.leasing ?? null,
      obstacle?.cause ?? null,
    ],
  );

describe('after a split', () => {
  const before = [said('applicant_submitted', 1, ana), said('applicant_submitted', 2, ben)];
  const approvals = [logged('a1', 20), said('application_submitted', 15, ana)];

  it.each([1, 100])('who stayed is approved and who left is not (batches of %i)', async (batch) => {
    const after = [apiRead('a1', 10, [ana]), apiRead('b1', 11, [ben]), ...approvals];
    for (const bodies of [
      [...before, ...after],
      [...before, ...[...after].reverse()],
      [...[...after].reverse(), ...before],
    ]) {
      const store = await openTestStore();
      for (const body of bodies) await put(store, body);
      await store.project(batch);
      const tenants = await store.tenants();
      const [anas, bens] = ['Ana', 'Ben'].map((name) => tenants.find((t) => t.person.firstName === name));
      expect(anas?.applications.map((a) => [a.id, a.leasing, a.left])).toEqual([['a1', 'approved', false]]);
      expect(bens?.applications.map((a) => [a.id, a.leasing, a.left]).sort()).toEqual([
        ['a1', 'submitted', true],
        ['b1', 'submitted', false],
      ]);
      expect(await wantedOf(anas)).toEqual([['a1', 'approved', null]]);
      const bensWanted = await wantedOf(bens);
      expect(bensWanted).toContainEqual(['b1', 'submitted', null]);
      expect(bensWanted.filter(([id]) => id === 'a1').every(([, , cause]) => cause === 'left')).toBe(true);
      expect(bensWanted.map(([, leasing]) => leasing)).not.toContain('approved');
    }
  });

  it('nothing is written about who left, where no other application is known', async () => {
    const store = await openTestStore();
    for (const body of [...before, apiRead('a1', 10, [ana]), logged('a1', 20)]) await put(store, body);
    await store.project();
    const [, bens] = await store.tenants();
    expect(bens).toMatchObject({ person: { firstName: 'Ben' }, stage: null });
    expect(await wantedOf(bens)).toEqual([['a1', null, 'left']]);
  });
});
