import { describe, expect, it } from 'vitest';
import { freshState } from '../../src/reconcile/fresh-state.ts';
import { createNeedsStore, pageOf } from '../../src/store/needs.ts';
import type { SyncState } from '../../src/store/sync.ts';
import { aboutNth } from '../support/people.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const time = (minute: number) => new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();

async function parkedPeople(count: number): Promise<{ store: TestStore; states: SyncState[] }> {
  const store = await openTestStore();
  for (let n = 1; n <= count; n += 1) await store.deliver(aboutNth(n, 'applicant_submitted'));
  await store.project();
  const states: SyncState[] = [];
  for (const { id } of await store.tenants()) {
    const name = { tenantId: id, connection: 'oak', kind: 'applicant' as const, place: 'p1' };
    states.push({ ...freshState(name, time(0)), state: 'parked', cause: 'not_there' });
  }
  for (const state of states) await store.stores.sync.saveState(state);
  return { store, states };
}

describe('what needs a person', () => {
  it('is counted by cause, and read a page at a time, each once', async () => {
    const { store, states } = await parkedPeople(7);
    const { needs, sync } = store.stores;
    const [first] = states;
    if (first === undefined) throw new Error('there is nobody');
    await sync.saveState({ ...first, cause: 'invalid' });
    expect(await needs.groups(time(1))).toEqual([
      { connection: 'oak', cause: 'invalid', count: 1 },
      { connection: 'oak', cause: 'not_there', count: 6 },
    ]);
    const group = { connection: 'oak', cause: 'not_there' };
    const seen: string[] = [];
    for (let after: SyncState | null = null; ; ) {
      const page = await needs.page(group, { now: time(1), limit: 4, after });
      seen.push(...page.map(({ state }) => state.tenantId));
      after = page.at(-1)?.state ?? null;
      if (page.length < 4) break;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  it('leaves out what is quiet until it wakes', async () => {
    const { store, states } = await parkedPeople(2);
    const { needs, sync } = store.stores;
    await sync.quiet(states.slice(0, 1), { until: time(10), why: 'later' });
    expect(await needs.groups(time(1))).toMatchObject([{ count: 1 }]);
    expect(await needs.quiet({ now: time(1), limit: 10 })).toMatchObject([
      { state: { quiet: { why: 'later' } } },
    ]);
    expect(await needs.groups(time(11))).toMatchObject([{ count: 2 }]);
    expect(await needs.quiet({ now: time(11), limit: 10 })).toEqual([]);
  });

  it('knows since when and how often, and when the last was settled', async () => {
    const { store, states } = await parkedPeople(1);
    const { needs, sync } = store.stores;
    const [state] = states;
    if (state === undefined) throw new Error('there is nobody');
    const group = { connection: 'oak', cause: 'not_there' };
    const read = async (cause: string) =>
      (await needs.page({ ...group, cause }, { now: time(9), limit: 1 })).map(({ since, seen }) => ({
        since,
        seen,
      }));
    expect(await read('not_there')).toEqual([{ since: time(0), seen: 1 }]);
    await sync.saveState({ ...state, updatedAt: time(1) });
    await sync.saveState({ ...state, state: 'retrying', cause: 'transient', updatedAt: time(2) });
    await sync.saveState({ ...state, updatedAt: time(3) });
    expect(await read('not_there')).toEqual([{ since: time(0), seen: 3 }]);
    await sync.saveState({ ...state, cause: 'invalid', updatedAt: time(4) });
    expect(await read('invalid')).toEqual([{ since: time(4), seen: 1 }]);
    expect(await needs.lastEndedAt()).toBeNull();
    await sync.saveState({ ...state, state: 'synced', cause: null, updatedAt: time(5) });
    expect(await needs.lastEndedAt()).toBe(time(5));
    await sync.saveState({ ...state, updatedAt: time(6) });
    expect(await read('not_there')).toEqual([{ since: time(6), seen: 1 }]);
  });

  it('is found by its index, without looking at the others', async () => {
    const { store } = await parkedPeople(1);
    const plan = async (sql: string, bindings: readonly unknown[]) => {
      const rows: { detail: string }[] = await store.knex.raw(`explain query plan ${sql}`, [
        ...bindings,
      ] as never);
      return rows.map(({ detail }) => detail).join('; ');
    };
    const after = { tenantId: 't1', kind: 'applicant' as const, place: 'p1' };
    const page = pageOf(
      store.knex,
      { connection: 'oak', cause: 'invalid' },
      { now: time(1), limit: 5, after },
    );
    const { sql, bindings } = page.toSQL().toNative();
    const paged = await plan(sql, bindings as unknown[]);
    expect(paged).toContain('USING INDEX sync_states_needs (state=? AND connection=? AND cause=?');
    expect(paged).not.toContain('TEMP B-TREE');
    const queries: { sql: string; bindings: unknown[] }[] = [];
    store.knex.on('query', (query: { sql: string; bindings: unknown[] }) => queries.push(query));
    await createNeedsStore(store.knex).groups(time(1));
    const grouped = await plan(queries[0]?.sql ?? '', queries[0]?.bindings ?? []);
    expect(grouped).toContain('COVERING INDEX sync_states_needs');
    expect(grouped).not.toContain('TEMP B-TREE');
    queries.length = 0;
    await createNeedsStore(store.knex).quiet({ now: time(1), limit: 5 });
    const aside = await plan(queries[0]?.sql ?? '', queries[0]?.bindings ?? []);
    expect(aside).toContain('INDEX sync_states_aside (state=? AND quiet_until>?)');
    expect(aside).not.toContain('TEMP B-TREE');
  });
});
