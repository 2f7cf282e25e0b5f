import { describe, expect, it } from 'vitest';
import { freshState } from '../../src/reconcile/fresh-state.ts';
import { REFUSALS } from '../../src/reconcile/refusals.ts';
import { absorb, moveRecords } from '../../src/store/absorb.ts';
import type { Attempt } from '../../src/store/attempts.ts';
import type { SyncState } from '../../src/store/sync.ts';
import { aboutNth } from '../support/people.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const AT = '2026-11-23T12:00:00.000Z';

async function storeWith(people: number): Promise<{ store: TestStore; states: SyncState[] }> {
  const store = await openTestStore();
  for (let n = 1; n <= people; n += 1) await store.deliver(aboutNth(n, 'applicant_submitted'));
  await store.project();
  const states = (await store.tenants()).map(({ id }) =>
    freshState({ tenantId: id, connection: 'oak', kind: 'applicant', place: 'p1' }, AT),
  );
  return { store, states };
}

function creating({ tenantId, connection, kind, place }: SyncState, at = AT): Attempt {
  const what = { action: 'create' as const, outcome: 'sent', message: null, before: null, changes: null };
  return { tenantId, connection, kind, place, remoteId: null, at, ...what };
}

const passOf = (state: SyncState) => ({
  tenantId: state.tenantId,
  pass: {
    tenantId: state.tenantId,
    connection: 'oak',
    tenantRevision: 1,
    connectionRevision: 'r1',
    nextAttemptAt: null,
  },
  states: [state],
  gone: [],
  attempts: [],
});

describe('the quota on creates', () => {
  it('gives the last places to so many of those who ask at once', async () => {
    const { store, states } = await storeWith(8);
    const quota = { most: 3, since: '2026-11-22T12:00:00.000Z', refusals: REFUSALS };
    const given = await Promise.all(
      states.map((state) => store.stores.sync.saveIntent(state, creating(state), quota)),
    );
    expect(given.filter((id) => id !== null)).toHaveLength(3);
    expect(await store.knex('attempts').count({ n: '*' })).toEqual([{ n: 3 }]);
    expect(await store.knex('sync_states').count({ n: '*' })).toEqual([{ n: 3 }]);
  });

  it('counts neither what is older, nor another connection’s', async () => {
    const { store, states } = await storeWith(3);
    const [first, second, third] = states;
    if (!first || !second || !third) throw new Error('somebody is missing');
    const { sync } = store.stores;
    await sync.saveIntent(first, creating(first, '2026-11-21T12:00:00.000Z'), null);
    const elsewhere = { ...second, connection: 'elm' };
    await sync.saveIntent(elsewhere, creating(elsewhere), null);
    const quota = { most: 1, since: '2026-11-22T12:00:00.000Z', refusals: REFUSALS };
    expect(await sync.saveIntent(third, creating(third), quota)).not.toBeNull();
    expect(await sync.saveIntent(second, creating(second), quota)).toBeNull();
  });
});

describe('the quota on creates, of tenants who are one person after all', () => {
  const quota = { most: 2, since: '2026-11-22T12:00:00.000Z', refusals: REFUSALS };

  /** The first two have each a record and are merged; the third asks. */
  async function merged(outcome: string) {
    const { store, states } = await storeWith(3);
    const [first, second, third] = states;
    if (!first || !second || !third) throw new Error('somebody is missing');
    const { sync } = store.stores;
    for (const [state, remoteId] of [
      [first, '7'],
      [second, '8'],
    ] as const) {
      const id = await sync.saveIntent({ ...state, intent: null }, creating(state), null);
      const attempt = { ...creating(state), id, outcome, remoteId };
      await sync.saveState({ ...state, state: 'synced', remoteId }, [attempt]);
    }
    await store.knex.transaction((trx) => moveRecords(trx, second.tenantId, first.tenantId));
    return { store, sync, first, second, third };
  }

  it('counts each record that was made, also where it could not be read afterwards', async () => {
    for (const outcome of ['done', 'not_found']) {
      const { sync, third } = await merged(outcome);
      expect(await sync.saveIntent(third, creating(third), quota)).toBeNull();
      expect(await sync.saveIntent(third, creating(third), { ...quota, most: 3 })).not.toBeNull();
    }
  });

  it('counts the records of the one who asks as well', async () => {
    const { sync, first } = await merged('done');
    expect(await sync.saveIntent(first, creating(first), quota)).toBeNull();
  });
});

describe('tenants who are one person after all', () => {
  async function two(own: Partial<SyncState>, other: Partial<SyncState>) {
    const { store, states } = await storeWith(2);
    const [first, second] = states;
    if (!first || !second) throw new Error('somebody is missing');
    const { sync } = store.stores;
    await sync.saveState({ ...first, ...own });
    const tried = { ...creating(second), id: null, remoteId: other.remoteId ?? null };
    await sync.saveState({ ...second, ...other }, [tried]);
    return { store, sync, first, second };
  }
  const records = (states: SyncState[]) =>
    states.map(({ place, remoteId, cause }) => ({ place, remoteId, cause }));

  it('keep both records of one place in the book, and what was tried on each', async () => {
    const { store, sync, first, second } = await two({ remoteId: '7' }, { remoteId: '8', heldAt: AT });
    await store.knex.transaction((trx) => moveRecords(trx, second.tenantId, first.tenantId));
    const beside = `p1 of ${second.tenantId}`;
    expect(records(await sync.states([first.tenantId]))).toEqual([
      { place: 'p1', remoteId: '7', cause: null },
      { place: beside, remoteId: '8', cause: 'superseded' },
    ]);
    expect(await sync.holders('oak', 'applicant', '8')).toMatchObject([{ state: 'parked' }]);
    expect(await store.stores.attempts.of(first.tenantId, 10)).toMatchObject([
      { place: beside, remoteId: '8' },
    ]);
  });

  it('keep the one record that there is', async () => {
    for (const [own, other] of [
      [null, '8'],
      ['8', null],
      ['8', '8'],
    ] as const) {
      const { store, sync, first, second } = await two({ remoteId: own }, { remoteId: other });
      await store.knex.transaction((trx) => moveRecords(trx, second.tenantId, first.tenantId));
      expect(records(await sync.states([first.tenantId]))).toEqual([
        { place: 'p1', remoteId: '8', cause: null },
      ]);
    }
  });

  it('do not lose a record to a pass that was under way', async () => {
    const { store, sync, first, second } = await two({ remoteId: '7' }, { remoteId: null });
    await store.knex.transaction((trx) => absorb(trx, second.tenantId, first.tenantId));
    await sync.saveState({ ...second, remoteId: '8' });
    await sync.savePasses([{ ...passOf({ ...second, remoteId: '8' }), gone: [second] }]);
    expect(records(await sync.states([first.tenantId]))).toEqual([
      { place: 'p1', remoteId: '7', cause: null },
      { place: `p1 of ${second.tenantId}`, remoteId: '8', cause: 'superseded' },
    ]);
  });
});

describe('a next attempt', () => {
  it('is due that a clock which was set back since has planned', async () => {
    const { store, states } = await storeWith(1);
    const [state] = states;
    if (state === undefined) throw new Error('nobody is there');
    const { sync } = store.stores;
    for (const [nextAttemptAt, due] of [
      ['2026-11-29T12:00:00.000Z', []],
      ['2027-11-23T12:00:00.000Z', [state.tenantId]],
    ] as const) {
      const { pass, ...rest } = passOf(state);
      await sync.savePasses([{ ...rest, pass: { ...pass, nextAttemptAt } }]);
      expect(await sync.due('oak', 'r1', AT, 10)).toEqual(due);
    }
  });
});

describe('what a person said', () => {
  it('is not undone by a pass that began before, and the tenant is due again', async () => {
    const { store, states } = await storeWith(1);
    const [state] = states;
    if (state === undefined) throw new Error('nobody is there');
    const { sync } = store.stores;
    await sync.savePasses([passOf(state)]);
    expect(await sync.due('oak', 'r1', AT, 10)).toEqual([]);
    await sync.approve([state], AT);
    await sync.hold([state], AT);
    await sync.savePasses([passOf({ ...state, message: 'from before' })]);
    expect(await sync.states([state.tenantId])).toMatchObject([
      { approvedAt: AT, heldAt: AT, message: 'from before' },
    ]);
    expect(await sync.due('oak', 'r1', AT, 10)).toEqual([state.tenantId]);
  });

  it('is released once', async () => {
    const { store, states } = await storeWith(2);
    const { sync } = store.stores;
    for (const state of states) await sync.savePasses([passOf(state)]);
    await sync.hold(states.slice(0, 1), AT);
    const ids = states.map(({ tenantId }) => tenantId);
    expect(await sync.release(ids)).toBe(1);
    expect(await sync.release(ids)).toBe(0);
    expect((await sync.due('oak', 'r1', AT, 10)).length).toBeGreaterThan(0);
  });
});

describe('who is not in line', () => {
  it('counts whom a connection has not looked at, or not since they or it changed', async () => {
    const { store, states } = await storeWith(3);
    const { sync } = store.stores;
    const count = (revision = 'r1') => sync.tenantsNotInLine([{ name: 'oak', revision }]);
    expect(await count()).toBe(3);
    await sync.savePasses(states.map((state) => passOf({ ...state, state: 'synced' })));
    expect(await count()).toBe(0);
    expect(await count('r2')).toBe(3);
    const [first] = states;
    if (first === undefined) throw new Error('nobody');
    await sync.savePasses([passOf({ ...first, state: 'parked', cause: 'ambiguous' })]);
    expect(await count()).toBe(1);
    expect(await sync.tenantsNotInLine([])).toBe(0);
  });
});
