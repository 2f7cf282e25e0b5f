/** What a person says they did by hand, over a real store. */
import { expect, it } from 'vitest';
import type { CommandTools } from '../../src/operate/command.ts';
import { done } from '../../src/operate/done.ts';
import { freshState } from '../../src/reconcile/fresh-state.ts';
import { ana } from '../support/oak.ts';
import { openTestStore } from '../support/store.ts';

const AT = '2026-11-23T12:00:00.000Z';
const RECORD = { kind: 'applicant', place: 'p2' } as const;

it('takes for done the one record that it is said of, and all of a person where none is named', async () => {
  const store = await openTestStore();
  const { stores } = store;
  await store.deliver(ana);
  await store.project();
  for (const place of ['p1', 'p2', 'p3']) {
    const name = { tenantId: 't1', connection: 'oak', kind: 'applicant', place } as const;
    const plan = { record: 'none' as const, fields: [], decision: { from: null, to: 'Yes' }, notes: [] };
    await stores.sync.saveState({ ...freshState(name, AT), state: 'parked', cause: 'by_hand', plan });
  }
  const tools = {
    stores,
    wake: () => {},
    settled: async () => {},
    now: () => new Date(AT),
    alone: (_connection: string, work: () => Promise<unknown>) => work(),
  } as unknown as CommandTools;
  const places = (result: object) =>
    'acknowledged' in result && (result.acknowledged as { place: string }[]).map(({ place }) => place);

  const asked = { tenantId: 't1', connection: 'oak' };
  expect(places(await done({ ...asked, record: RECORD }, tools))).toEqual(['p2']);
  const open = (await stores.sync.states(['t1'])).filter(({ cause }) => cause === 'by_hand');
  expect(open.map(({ place }) => place)).toEqual(['p1', 'p3']);

  expect(await done({ ...asked, record: RECORD }, tools)).toMatchObject({
    error: expect.stringContaining('t1'),
  });
  expect(places(await done({ ...asked, record: null }, tools))).toEqual(['p1', 'p3']);
});
