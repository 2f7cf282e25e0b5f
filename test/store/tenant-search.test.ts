import { describe, expect, it } from 'vitest';
import { removeTenant } from '../../src/store/absorb.ts';
import { termsOf, wordsOf } from '../../src/store/search-words.ts';
import type { SyncState } from '../../src/store/sync.ts';
import type { TenantQuestion } from '../../src/store/tenant-search.ts';
import { aboutAna } from '../support/buildium.ts';
import { replay, say } from '../support/corrections.ts';
import { aboutNth } from '../support/people.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const EVERYBODY: TenantQuestion = {
  text: '',
  stage: null,
  connection: null,
  standing: null,
  after: null,
  limit: 50,
  now: '2026-11-23T12:00:00.000Z',
};

const find = async ({ stores }: TestStore, changes: Partial<TenantQuestion>): Promise<string[]> =>
  (await stores.tenantSearch.find({ ...EVERYBODY, ...changes })).ids;

async function tell(store: TestStore, ...bodies: Record<string, unknown>[]): Promise<void> {
  for (const body of bodies) await store.deliver(body);
  await store.project();
}

const keptWords = async ({ knex }: TestStore, tenantId: string): Promise<string[]> =>
  (await knex('tenant_words').where({ tenant_id: tenantId }).orderBy('word').select('word')).map(
    ({ word }) => word as string,
  );

/** How a record of `oak` stands. */
async function stand(store: TestStore, tenantId: string, changes: Partial<SyncState>): Promise<void> {
  const { freshState } = await import('../../src/reconcile/fresh-state.ts');
  const name = { tenantId, connection: 'oak', kind: 'applicant' as const, place: 'p1' };
  await store.stores.sync.saveState({ ...freshState(name, EVERYBODY.now), ...changes });
}

describe('the search for tenants', () => {
  it('finds by the beginning of a name, an e-mail address, a number or a unit', async () => {
    const store = await openTestStore();
    await tell(
      store,
      aboutAna('application_approved', 1),
      aboutNth(2, 'application_approved', 1, { unit: '12-C' }),
    );
    for (const text of [
      'ana.ruiz@exa',
      'RUIZ 4b',
      '512 555 0143',
      '(512) 555-0143',
      '+1512',
      '5550143',
      '0143',
      '4b',
    ])
      expect(await find(store, { text }), text).toEqual(['t1']);
    for (const text of ['ruiz2', '12-c', '12c', '12'])
      expect(await find(store, { text }), text).toEqual(['t2']);
    expect(await find(store, { text: 'ana' })).toEqual(['t1', 't2']);
    for (const text of ['uiz', 'example', 'ruiz ben', '%', '_', '…'])
      expect(await find(store, { text }), text).toEqual([]);
  });

  it('takes accents and capitals for what they stand for, in any script', () => {
    expect(termsOf('ZOË  Straße')).toEqual(['zoe', 'straße']);
    expect(termsOf('Ольга')).toEqual(['ольга']);
    expect(termsOf('an ana')).toEqual(['ana']);
  });

  it('follows a record: what it no longer says finds nobody', async () => {
    const store = await openTestStore();
    await tell(store, aboutAna('application_submitted', 1));
    await tell(store, aboutAna('application_approved', 2, { last_name: 'Sosa', unit: '7A' }));
    expect(await find(store, { text: 'ruiz 4b' })).toEqual([]);
    expect(await find(store, { text: 'sosa 7a' })).toEqual(['t1']);
  });

  it('keeps the words of who stays where two are one person, and of nobody else', async () => {
    const store = await openTestStore();
    await tell(store, aboutNth(1, 'application_approved'), aboutNth(2, 'application_approved'));
    await say(store, 'tenants_same', [
      { eventId: 1, position: 0 },
      { eventId: 2, position: 0 },
    ]);
    const [one] = await store.tenants();
    expect(await keptWords(store, 't1')).toEqual(wordsOf(one as NonNullable<typeof one>).sort());
    expect(await keptWords(store, 't2')).toEqual([]);
  });

  it('keeps them through a replay that tells a record differently', async () => {
    const store = await openTestStore();
    await tell(store, aboutNth(1, 'application_approved'), aboutNth(2, 'application_approved'));
    await store
      .knex('tenants')
      .where({ id: 't1' })
      .update({ record: store.knex('tenants as o').where('o.id', 't2').select('record') });
    await store.knex('tenants').where({ id: 't2' }).delete();
    await store.knex('tenant_words').delete();
    await replay(store);
    expect(await find(store, { text: 'ruiz1' })).toEqual(['t1']);
    expect(await find(store, { text: 'ruiz2' })).toEqual(['t2']);
    expect(await find(store, { text: 'ana' })).toEqual(['t1', 't2']);
  });

  it('lets nothing of a tenant be found who is gone', async () => {
    const store = await openTestStore();
    await tell(store, aboutAna('application_approved', 1));
    await store.knex.transaction((trx) => removeTenant(trx, 't1'));
    expect(await store.knex('tenant_words').select()).toEqual([]);
  });

  it('fills in those from before words were kept, a few at a time, and each once', async () => {
    const store = await openTestStore();
    await tell(store, ...Array.from({ length: 30 }, (_, n) => aboutNth(n + 1, 'application_approved')));
    const before = await store.knex('tenant_words').orderBy(['word', 'tenant_id']).select();
    await store.knex('tenant_words').delete();
    await store.knex('tenants').update({ worded: 0 });
    let steps = 0;
    while (await store.stores.fillWords()) steps += 1;
    expect(steps).toBe(2);
    expect(await store.knex('tenant_words').orderBy(['word', 'tenant_id']).select()).toEqual(before);
  });
});

describe('the list of tenants', () => {
  async function many(count: number): Promise<TestStore> {
    const store = await openTestStore();
    await tell(store, ...Array.from({ length: count }, (_, n) => aboutNth(n + 1, 'application_approved')));
    return store;
  }

  it('shows who needs somebody first, then who is under way, then the others as they came', async () => {
    const store = await many(6);
    await stand(store, 't4', { state: 'parked', cause: 'invalid' });
    await stand(store, 't2', { state: 'retrying', cause: 'transient' });
    await stand(store, 't3', { state: 'waiting', cause: 'preview' });
    await stand(store, 't5', { state: 'synced' });
    expect(await find(store, {})).toEqual(['t4', 't2', 't1', 't3', 't5', 't6']);
    expect(await find(store, { text: 'ana' })).toEqual(['t4', 't2', 't1', 't3', 't5', 't6']);
    expect(await find(store, { standing: 'needs_you' })).toEqual(['t4']);
    expect(await find(store, { standing: 'catching_up' })).toEqual(['t2']);
    expect(await find(store, { standing: 'in_line' })).toEqual(['t1', 't3', 't5', 't6']);
    expect(await find(store, { connection: 'oak' })).toEqual(['t4', 't2', 't3', 't5']);
    expect(await find(store, { connection: 'elm' })).toEqual([]);
    expect(await find(store, { stage: 'declined' })).toEqual([]);
    expect(await find(store, { stage: 'approved', connection: 'oak', text: 'ruiz4' })).toEqual(['t4']);
  });

  it('does not put first what somebody has put off, until the time has come', async () => {
    const store = await many(2);
    await stand(store, 't2', { state: 'parked', cause: 'invalid' });
    const record = { tenantId: 't2', connection: 'oak', kind: 'applicant' as const, place: 'p1' };
    await store.stores.sync.quiet([record], { until: '2026-11-24T00:00:00.000Z', why: 'seen' });
    expect(await find(store, {})).toEqual(['t1', 't2']);
    expect(await find(store, { standing: 'needs_you' })).toEqual([]);
    expect(await find(store, { now: '2026-11-25T00:00:00.000Z' })).toEqual(['t2', 't1']);
  });

  it.each([{}, { text: 'ana' }, { stage: 'approved' }, { text: 'ruiz', connection: 'oak' }])(
    'goes through everybody once by pages: %o',
    async (changes) => {
      const store = await many(23);
      for (const n of [3, 9, 10, 22]) await stand(store, `t${n}`, { state: 'parked', cause: 'invalid' });
      for (const n of [4, 11, 12]) await stand(store, `t${n}`, { state: 'synced' });
      const whole = await find(store, changes);
      const paged: string[] = [];
      let after: string | null = null;
      do {
        const page = await store.stores.tenantSearch.find({ ...EVERYBODY, ...changes, after, limit: 3 });
        paged.push(...page.ids);
        after = page.next;
      } while (after !== null);
      expect(paged).toEqual(whole);
      expect(new Set(paged).size).toBe('connection' in changes ? 7 : 23);
    },
  );

  it('reads a page from the start where it is asked for with nonsense', async () => {
    const store = await many(2);
    expect(await find(store, { after: 'nonsense' })).toEqual(['t1', 't2']);
    expect(await find(store, { after: '9.t1' })).toEqual([]);
  });

  it('reads along an index, and never all there is', async () => {
    const store = await many(3);
    await stand(store, 't1', { state: 'parked', cause: 'invalid' });
    const asked: string[] = [];
    store.knex.on('query', ({ sql, bindings }: { sql: string; bindings: string[] }) => {
      const given = [...bindings];
      asked.push(sql.replaceAll('?', () => `'${given.shift()}'`));
    });
    for (const changes of [{}, { text: 'ana ruiz' }, { stage: 'approved' }, { connection: 'oak' }])
      for (const after of [null, '3.t1']) await find(store, { ...changes, after });
    store.knex.removeAllListeners('query');
    const selects = new Set(asked.filter((sql) => sql.startsWith('select')));
    expect(selects.size).toBeGreaterThan(10);
    for (const sql of selects) {
      const plan: { detail: string }[] = await store.knex.raw(`explain query plan ${sql}`);
      const steps = plan.map(({ detail }) => detail);
      // A scan of an index is along the list; each query has a limit.
      const bad = steps.filter(
        (step) => /^SCAN/.test(step) && !/USING .*INDEX|\(subquery|^SCAN some/.test(step),
      );
      const sorts = steps.filter((step) => /USE TEMP B-TREE/.test(step));
      expect({ sql, bad, sorts }).toEqual({ sql, bad: [], sorts: [] });
      const isTrouble = sql.includes("state in ('parked'");
      if (isTrouble && sql.includes('`connection` ='))
        expect(steps.join()).toContain('sync_states_trouble_there (connection=? AND state=?');
      else if (isTrouble) expect(steps.join()).toContain('sync_states_trouble (state=?');
      else if (sql.includes("kind <> ''")) expect(steps.join()).toContain('sync_states_people (connection=?');
    }
  });
});
