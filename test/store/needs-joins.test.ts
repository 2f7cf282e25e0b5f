import { describe, expect, it } from 'vitest';
import { freshState } from '../../src/reconcile/fresh-state.ts';
import { aboutAna } from '../support/buildium.ts';
import { replay, say } from '../support/corrections.ts';
import { aboutNth, reportingAna } from '../support/people.ts';
import { openTestStore, type TestStore } from '../support/store.ts';
import { planOf } from './plan-of.ts';

async function joined(): Promise<TestStore> {
  const store = await openTestStore();
  await store.deliver(aboutAna('application_approved', 1));
  await store.deliver(reportingAna('enrollment_approved'));
  await store.deliver(aboutNth(2, 'application_approved'));
  await store.project();
  return store;
}

describe('whom only name, e-mail and phone join', () => {
  it('is told with the time since when', async () => {
    const { stores } = await joined();
    const open = await stores.weakJoins.open({ connections: ['oak'], limit: 10 });
    expect(open.map(({ record }) => record.person.firstName)).toEqual(['Ana']);
    expect(open[0]?.since).toMatch(/^2026-11-/);
    expect(await stores.weakJoins.count(['oak'])).toBe(1);
    expect(await stores.weakJoins.count([])).toBe(1);
  });

  it('is not told twice, where a record of a connection that is there asks the same', async () => {
    const { stores } = await joined();
    const name = { tenantId: 't1', connection: 'oak', kind: 'applicant' as const, place: 'p1' };
    const state = { ...freshState(name, '2026-11-20T13:00:00.000Z'), state: 'parked' as const };
    await stores.sync.saveState({ ...state, cause: 'edited_there' });
    expect(await stores.weakJoins.count(['oak'])).toBe(1);
    await stores.sync.saveState({ ...state, cause: 'weak_match' });
    expect(await stores.weakJoins.count(['oak'])).toBe(0);
    expect(await stores.weakJoins.open({ connections: ['oak'], limit: 10 })).toEqual([]);
    expect(await stores.weakJoins.count(['elm'])).toBe(1);
  });

  it.each(['tenants_same', 'tenants_different'] as const)(
    'ends with what a person says: %s',
    async (said) => {
      const store = await joined();
      await say(store, said, [
        { eventId: 1, position: 0 },
        { eventId: 2, position: 0 },
      ]);
      expect(await store.stores.weakJoins.count([])).toBe(0);
      await replay(store);
      expect(await store.stores.weakJoins.count([])).toBe(0);
    },
  );

  it('is found by a replay where an earlier version did not see it', async () => {
    const store = await joined();
    const { record } = await store.knex('tenants').where({ id: 't1' }).first('record');
    const before = JSON.stringify({ ...JSON.parse(record), weaklyJoined: false });
    await store.knex('tenants').where({ id: 't1' }).update({ record: before, weakly_joined: null });
    await replay(store);
    expect(await store.stores.weakJoins.count([])).toBe(1);
  });

  it('is counted by indexes alone', async () => {
    const { knex, stores } = await joined();
    const plan = await planOf(knex, () => stores.weakJoins.count(['oak', 'elm']));
    expect(plan).toContain('tenants USING COVERING INDEX tenants_weakly_joined');
    expect(plan).toContain('sync_states USING COVERING INDEX sync_states_needs');
    const first = await planOf(knex, () => stores.weakJoins.open({ connections: ['oak'], limit: 5 }));
    expect(first).toContain('tenants USING INDEX tenants_weakly_joined');
    expect(first).not.toContain('TEMP B-TREE');
  });
});
