/** What a person said of records, through merges, replays and passes that were under way. */
import { describe, expect, it } from 'vitest';
import { down, up } from '../../migrations/0007_answers.ts';
import * as needs from '../../migrations/0013_needs.ts';
import { freshState } from '../../src/reconcile/fresh-state.ts';
import { absorb, moveRecords } from '../../src/store/absorb.ts';
import type { SyncState } from '../../src/store/sync.ts';
import { type Answers, isQuiet, mergedAnswers } from '../../src/store/sync-answers.ts';
import { projectAll, replay } from '../support/corrections.ts';
import { aboutNth } from '../support/people.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const AT = '2026-11-23T12:00:00.000Z';
const SEEN = { firstName: 'a', lastName: null, email: 'b', phone: null };

const theirs = (remoteId: string | null = null) => ({
  take: 'theirs' as const,
  boom: '1',
  there: '2',
  remoteId,
  at: AT,
});
const said = (changes: Partial<Answers>): Answers => ({ fields: {}, same: null, others: [], ...changes });

async function people(count: number): Promise<{ store: TestStore; states: SyncState[] }> {
  const store = await openTestStore();
  for (let n = 1; n <= count; n += 1) await store.deliver(aboutNth(n, 'applicant_submitted'));
  await projectAll(store);
  const states = (await store.tenants()).map(({ id }) => ({
    ...freshState({ tenantId: id, connection: 'oak', kind: 'applicant' as const, place: 'p1' }, AT),
    state: 'parked' as const,
    cause: 'ambiguous',
  }));
  for (const state of states) await store.stores.sync.saveState(state);
  return { store, states };
}

async function two(own: Partial<SyncState>, other: Partial<SyncState>) {
  const { store, states } = await people(2);
  const [first, second] = states;
  if (!first || !second) throw new Error('somebody is missing');
  const { sync } = store.stores;
  for (const [state, changes] of [
    [first, own],
    [second, other],
  ] as const) {
    await sync.saveState({ ...state, ...changes });
    const { answers } = changes;
    if (answers) await sync.answer(state, () => answers);
  }
  return { store, sync, first, second };
}

describe('answers', () => {
  it('stay when a pass ends that began before, and its tenant is due again', async () => {
    const { store, states } = await people(1);
    const [state] = states;
    if (state === undefined) throw new Error('nobody is there');
    const { sync } = store.stores;
    const pass = { tenantId: state.tenantId, connection: 'oak', nextAttemptAt: null };
    const ended = {
      tenantId: state.tenantId,
      pass: { ...pass, tenantRevision: 1, connectionRevision: 'r1' },
      states: [{ ...state, message: 'from before' }],
      gone: [],
      attempts: [],
    };
    await sync.savePasses([ended]);
    expect(await sync.due('oak', 'r1', AT, 10)).toEqual([]);
    expect(await sync.answer(state, (before) => ({ ...before, others: ['7'] }))).toBe(true);
    await sync.savePasses([ended]);
    expect(await sync.states([state.tenantId])).toMatchObject([
      { message: 'from before', answers: { others: ['7'] } },
    ]);
    expect(await sync.due('oak', 'r1', AT, 10)).toEqual([state.tenantId]);
    expect(await sync.answer({ ...state, place: 'p9' }, (before) => before)).toBe(false);
  });

  it('of two records that are one after all are kept of both', async () => {
    for (const [own, other] of [
      [null, null],
      [null, '8'],
      ['8', null],
      ['8', '8'],
    ] as const) {
      const { store, sync, first, second } = await two(
        { remoteId: own, answers: said({ others: ['7'] }) },
        { remoteId: other, answers: said({ fields: { phone: theirs('8') }, others: ['6', '8'] }) },
      );
      await store.knex.transaction((trx) => absorb(trx, second.tenantId, first.tenantId));
      const states = await sync.states([first.tenantId, second.tenantId]);
      const tied = own ?? other;
      expect(states).toMatchObject([
        { tenantId: first.tenantId, remoteId: tied, answers: { fields: { phone: theirs('8') } } },
      ]);
      expect(states[0]?.answers?.others.sort()).toEqual(tied === null ? ['6', '7', '8'] : ['6', '7']);
    }
  });

  it('of two records over there that both stay are kept beside each', async () => {
    const { store, sync, first, second } = await two(
      { remoteId: '7', answers: said({ others: ['8'] }) },
      { remoteId: '8', answers: said({ fields: { phone: theirs('8') } }) },
    );
    await store.knex.transaction((trx) => moveRecords(trx, second.tenantId, first.tenantId));
    const states = await sync.states([first.tenantId]);
    const of = (id: string) => states.find(({ remoteId }) => remoteId === id)?.answers;
    expect(of('8')).toMatchObject({ fields: { phone: theirs('8') }, others: [] });
    expect(of('7')).toMatchObject({ others: ['8'] });
  });

  it('and what is quiet survive a replay', async () => {
    const { store, states } = await people(3);
    const { sync } = store.stores;
    const [first, second] = states;
    if (!first || !second) throw new Error('somebody is missing');
    await sync.answer(first, () => said({ same: { remoteId: '7', seen: SEEN } }));
    await sync.quiet([second], { until: null, why: 'later' });
    const rows = () => store.knex('sync_states').orderBy('tenant_id');
    const before = await rows();
    await replay(store);
    expect(await rows()).toEqual(before);
    const [state] = await sync.states([second.tenantId]);
    expect(state?.quiet).toMatchObject({ until: null, why: 'later' });
  });

  it('that contradict each other are those of the record that stays', () => {
    const own = { remoteId: null, answers: said({ same: { remoteId: '7', seen: SEEN } }) };
    const other = { remoteId: null, answers: said({ others: ['7', '8'] }) };
    expect(mergedAnswers(own, other)).toEqual(said({ same: { remoteId: '7', seen: SEEN }, others: ['8'] }));
    expect(mergedAnswers({ ...own, answers: null }, { ...other, answers: null })).toBeNull();
  });
});

describe('a quiet record', () => {
  it('is quiet after two tenants turned out to be one', async () => {
    const { store, sync, first, second } = await two({}, {});
    await sync.quiet([second], { until: '2026-12-01T00:00:00.000Z', why: 'later' });
    await store.knex.transaction((trx) => moveRecords(trx, second.tenantId, first.tenantId));
    const [state] = await sync.states([first.tenantId]);
    if (state === undefined) throw new Error('it is gone');
    expect(isQuiet(state, AT)).toBe(true);
    expect(isQuiet(state, '2026-12-02T00:00:00.000Z')).toBe(false);
    expect(await sync.countQuiet(AT)).toEqual([{ connection: 'oak', count: 1 }]);
    expect(await sync.countQuiet('2026-12-02T00:00:00.000Z')).toEqual([]);
  });

  it('speaks up when other records fit, and not when the same are named in another order', async () => {
    const { store, states } = await people(1);
    const { sync } = store.stores;
    const state = { ...(states[0] as SyncState), candidates: ['7', '8'] };
    const quiet = async () => (await sync.states([state.tenantId])).map((one) => one.quiet !== null);
    await sync.saveState(state);
    await sync.quiet([state], { until: null, why: '' });
    await sync.saveState({ ...state, candidates: ['8', '7'] });
    expect(await quiet()).toEqual([true]);
    await sync.saveState({ ...state, state: 'waiting', cause: 'fresh_read', candidates: [] });
    expect(await quiet()).toEqual([true]);
    await sync.saveState({ ...state, candidates: ['8', '9'] });
    expect(await quiet()).toEqual([false]);
  });
});

describe('a database from before', () => {
  it('takes tenants that were approved for named, and applicants not', async () => {
    const { store, states } = await people(2);
    const [first, second] = states as [SyncState, SyncState];
    await store.stores.sync.approve([first], AT);
    await store.stores.sync.approve([{ ...second, kind: 'tenant' }], AT);
    // What came later rests on it.
    await needs.down(store.knex);
    await down(store.knex);
    await up(store.knex);
    await needs.up(store.knex);
    const named = (await store.stores.sync.states([first.tenantId, second.tenantId])).filter(
      ({ namedAt }) => namedAt !== null,
    );
    expect(named).toMatchObject([{ tenantId: second.tenantId, kind: 'tenant', namedAt: AT }]);
  });
});
