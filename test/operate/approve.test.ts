/** Letting records be made that wait for a person, over a real store. */
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/connect/connection.ts';
import type { Kind } from '../../src/connect/contract.ts';
import { approve } from '../../src/operate/approve.ts';
import type { CommandTools } from '../../src/operate/command.ts';
import { freshState } from '../../src/reconcile/fresh-state.ts';
import { ana, ben } from '../support/oak.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const AT = '2026-11-23T12:00:00.000Z';

function toolsOf({ stores }: TestStore, create: Connection['create']): CommandTools {
  const oak = { name: 'oak', create, capabilities: { creates: ['applicant', 'tenant'] } };
  const tools = {
    stores,
    connections: () => [oak],
    wake: () => {},
    settled: async () => {},
    now: () => new Date(AT),
  };
  return tools as unknown as CommandTools;
}

/** t1 is one more applicant than a day allows, t2 a tenant who is not there. */
async function twoWaiting(): Promise<TestStore> {
  const store = await openTestStore();
  for (const body of [ana, ben]) await store.deliver(body);
  await store.project();
  const parked = (tenantId: string, kind: Kind, cause: string) => ({
    ...freshState({ tenantId, connection: 'oak', kind, place: `p${tenantId}` }, AT),
    state: 'parked' as const,
    cause,
  });
  await store.stores.sync.saveState(parked('t1', 'applicant', 'over_quota'));
  await store.stores.sync.saveState(parked('t2', 'tenant', 'not_there'));
  return store;
}

async function approvedIn({ stores }: TestStore): Promise<string[]> {
  const states = await stores.sync.states(['t1', 't2']);
  return states.filter(({ approvedAt }) => approvedAt === AT).map(({ tenantId }) => tenantId);
}

const asked = { connection: 'oak', tenantIds: null, shown: null };

describe('approving', () => {
  it('lets everybody through who is beyond a day’s share, and tenants only by name', async () => {
    const store = await twoWaiting();
    const result = await approve(asked, toolsOf(store, 'tenant'));
    expect(result).toMatchObject({ approved: [{ tenantId: 't1' }], unnamed: ['t2'] });
    expect(await approvedIn(store)).toEqual(['t1']);

    await approve({ ...asked, tenantIds: ['t2'] }, toolsOf(store, 'tenant'));
    expect(await approvedIn(store)).toEqual(['t1', 't2']);
  });

  it('makes no tenants where only applicants may be made', async () => {
    for (const create of ['applicant', 'never'] as const) {
      const store = await twoWaiting();
      const result = await approve({ ...asked, tenantIds: ['t2'] }, toolsOf(store, create));
      expect(result).toMatchObject({ approved: [] });
      expect(await approvedIn(store)).toEqual([]);
    }
  });

  it('lets an applicant through by name where nobody is made', async () => {
    const store = await twoWaiting();
    const [t1] = await store.stores.sync.states(['t1']);
    if (t1 === undefined) throw new Error('nobody waits');
    await store.stores.sync.saveState({ ...t1, cause: 'not_there' });
    const never = toolsOf(store, 'never');
    expect(await approve({ ...asked, tenantIds: ['t2'] }, never)).toMatchObject({ approved: [] });
    expect(await approve({ ...asked, tenantIds: ['t1'] }, never)).toMatchObject({
      approved: [{ tenantId: 't1' }],
    });
    expect(await store.stores.sync.states(['t1'])).toMatchObject([{ namedAt: AT }]);
  });

  it('does not take somebody for named who is let through with the others', async () => {
    const store = await twoWaiting();
    await approve({ ...asked, tenantIds: ['t1'] }, toolsOf(store, 'tenant'));
    expect(await store.stores.sync.states(['t1'])).toMatchObject([{ approvedAt: AT, namedAt: null }]);
  });

  it('keeps what was shown of somebody whom no pass has gone over', async () => {
    const store = await twoWaiting();
    const shown = [{ tenantId: 't2', kind: 'applicant' as const, place: 'p2' }];
    await approve({ ...asked, shown }, toolsOf(store, 'applicant'));
    const states = await store.stores.sync.states(['t2']);
    expect(states.find(({ kind }) => kind === 'applicant')).toMatchObject({
      approvedAt: AT,
      state: 'waiting',
    });
  });

  it('refuses where nobody is to be made, or there is no such connection', async () => {
    const store = await twoWaiting();
    expect(await approve(asked, toolsOf(store, 'never'))).toMatchObject({
      error: expect.stringContaining('oak'),
    });
    expect(await approve({ ...asked, connection: 'elm' }, toolsOf(store, 'applicant'))).toMatchObject({
      error: 'There is no connection elm',
    });
  });
});
