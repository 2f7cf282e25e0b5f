import { describe, expect, it, onTestFinished } from 'vitest';
import { ConnectionWorker } from '../../src/reconcile/worker.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createStores } from '../../src/store/stores.ts';
import { aboutAna } from '../support/buildium.ts';
import { memoryRig } from '../support/memory.ts';
import { aboutNth } from '../support/people.ts';

describe('a connection that the landlord paused', () => {
  it('does nothing, drops nothing, survives a restart, and drains when it is resumed', async () => {
    const rig = await memoryRig();
    await rig.stores.connections.pause('memory', rig.now().toISOString());
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    rig.pass(7 * 24 * 60);
    await rig.drain();
    expect(rig.pms.calls).toEqual([]);
    const again = createStores(await openedAgain(rig.folder));
    expect((await again.connections.get('memory'))?.pausedAt).toBe('2026-11-23T12:00:00.000Z');
    await rig.stores.connections.pause('memory', null);
    await rig.drain();
    expect(rig.pms.records).toMatchObject([{ decision: 'Yes' }]);
  });

  it('is left alone from the next tenant on, though it is paused in the middle of a round', async () => {
    const rig = await memoryRig({ concurrency: 1 });
    for (let n = 1; n <= 4; n += 1) await rig.deliver(aboutNth(n, 'applicant_submitted'));
    await rig.drain(async (step) => {
      if (step === 'created') await rig.stores.connections.pause('memory', rig.now().toISOString());
    });
    expect(rig.pms.records).toHaveLength(1);
    await rig.stores.connections.pause('memory', null);
    await rig.drain();
    expect(rig.pms.records).toHaveLength(4);
  });

  it('stays paused when it failed before', async () => {
    const rig = await memoryRig();
    const health = { kind: null, message: null, remedy: null, since: '', waitUntil: null, probes: 0 };
    await rig.stores.connections.pause('memory', '2026-11-20T12:00:00.000Z');
    await rig.stores.connections.save({ name: 'memory', state: 'working', ...health });
    expect((await rig.stores.connections.get('memory'))?.pausedAt).toBe('2026-11-20T12:00:00.000Z');
  });
});

describe('what may not run beside a pass', () => {
  it('waits for the pass that is under way, and the round takes on nobody more meanwhile', async () => {
    const rig = await memoryRig({ concurrency: 1 });
    for (let n = 1; n <= 3; n += 1) await rig.deliver(aboutNth(n, 'applicant_submitted'));
    await rig.project();
    const seen: number[] = [];
    let alone: Promise<void> | null = null;
    const worker = new ConnectionWorker(rig.connection, {
      ...rig.stores,
      timezone: 'UTC',
      log: { info: () => {}, warn: () => {}, error: () => {} },
      now: rig.now,
      random: () => 0,
      awaitsRead: async () => false,
      step(step) {
        if (step === 'create') alone ??= worker.alone(async () => void seen.push(rig.pms.records.length));
      },
    });
    await worker.drain();
    await alone;
    expect(seen).toEqual([1]);
    expect(rig.pms.records).toHaveLength(3);
  });
});

async function openedAgain(folder: string) {
  const knex = await openDatabase(`${folder}/boomsync.sqlite`, { readonly: true });
  onTestFinished(async () => {
    await knex.destroy();
  });
  return knex;
}
