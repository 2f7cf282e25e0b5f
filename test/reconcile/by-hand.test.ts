import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/connect/connection.ts';
import { acknowledged, isTask } from '../../src/reconcile/acknowledge.ts';
import { aboutAna } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';

async function checklist(own: Partial<Connection> = {}): Promise<MemoryRig> {
  return await memoryRig(own, { byHand: true, find: 'none', readBack: false });
}

async function tick(rig: MemoryRig): Promise<void> {
  const tasks = (await rig.states()).filter(isTask);
  expect(tasks).not.toEqual([]);
  for (const task of tasks) await rig.stores.sync.saveState(acknowledged(task, rig.now().toISOString()));
  await rig.stores.sync.makeDue({});
  await rig.drain();
}
const stateOf = async (rig: MemoryRig, kind = 'applicant') =>
  (await rig.states()).find((state) => state.kind === kind);

describe('a PMS without an API', () => {
  it('makes a task of what is to be done, and takes the tick for the acknowledgement', async () => {
    const rig = await checklist();
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(await stateOf(rig)).toMatchObject({
      state: 'parked',
      cause: 'by_hand',
      remedy: expect.stringContaining('boomsync done t1 memory'),
      plan: {
        record: 'create',
        fields: [{ field: 'name', boom: 'Ana Ruiz' }, { field: 'email' }, { field: 'phone' }],
        decision: { from: null, to: 'Yes' },
      },
    });
    await tick(rig);
    expect(await stateOf(rig)).toMatchObject({ state: 'synced', plan: null, pushed: { decision: 'Yes' } });
    expect(rig.pms.calls).toEqual([]);
  });

  it('asks for what has changed since, and for nothing else', async () => {
    const rig = await checklist();
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    await tick(rig);
    await rig.deliver(
      aboutAna('application_decision_reverted', 5, { status: 'submitted', phone: '+15125550177' }),
    );
    await rig.drain();
    expect((await stateOf(rig))?.plan).toEqual({
      record: 'update',
      fields: [
        {
          field: 'phone',
          boom: '+15125550177',
          pushed: '+15125550143',
          there: '+15125550143',
          does: 'write',
        },
      ],
      decision: { from: 'Yes', to: 'Open' },
      notes: [],
    });
  });

  it('takes a task back when Boom takes back what it was about', async () => {
    const rig = await checklist();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    await tick(rig);
    await rig.deliver(aboutAna('application_approved', 5));
    await rig.drain();
    expect(await stateOf(rig)).toMatchObject({ cause: 'by_hand' });
    await rig.deliver(aboutAna('application_decision_reverted', 9, { status: 'submitted' }));
    await rig.drain();
    expect(await stateOf(rig)).toMatchObject({ state: 'synced', plan: null });
  });

  it('acknowledges what was shown, and asks next for what Boom said meanwhile', async () => {
    const rig = await checklist();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const shown = (await rig.states()).filter(isTask);
    await rig.deliver(aboutAna('application_updated', 5, { status: 'submitted', phone: '+15125550177' }));
    await rig.drain();
    for (const task of shown) await rig.stores.sync.saveState(acknowledged(task, rig.now().toISOString()));
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(await stateOf(rig)).toMatchObject({
      cause: 'by_hand',
      plan: { record: 'update', fields: [{ field: 'phone', boom: '+15125550177' }] },
    });
  });

  it('asks for a note where there is no word, once', async () => {
    const rig = await checklist();
    await rig.deliver(aboutAna('application_conditionally_approved', 1));
    await rig.drain();
    const { notes } = (await stateOf(rig))?.plan ?? { notes: [] };
    expect(notes.map((note) => note.replace(/ on .*/, ''))).toEqual(['BoomScreen: conditional approval']);
    await tick(rig);
    expect(await stateOf(rig)).toMatchObject({ state: 'synced', plan: null });
  });

  it('lets a decision settle before it asks', async () => {
    const rig = await checklist({ decisionDelayMs: 10 * 60_000 });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    await tick(rig);
    const now = rig.now();
    await rig.deliver(
      aboutAna('application_approved', 0, { application_updated_at: now.toISOString() }),
      now,
    );
    await rig.drain();
    expect(await stateOf(rig)).toMatchObject({ state: 'waiting', cause: 'settling' });
    rig.pass(10);
    await rig.drain();
    expect(await stateOf(rig)).toMatchObject({ cause: 'by_hand', plan: { decision: { to: 'Yes' } } });
  });
});
