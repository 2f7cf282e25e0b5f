import { describe, expect, it } from 'vitest';
import { PushError } from '../../src/http/push-error.ts';
import { undoWrites } from '../../src/reconcile/undo.ts';
import type { Undone } from '../../src/reconcile/undone.ts';
import { aboutAna } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';

async function undo(rig: MemoryRig, { dryRun = false, id }: { dryRun?: boolean; id?: number } = {}) {
  const { attempts } = rig.stores;
  const one = id === undefined ? null : await attempts.get(id);
  const writes = one === null ? await attempts.writesSince('2000-01-01') : [one];
  return await undoWrites(writes, rig.connection, dryRun, { ...rig.stores, now: rig.now });
}
const results = (undone: Undone[]) => undone.map(({ attempt, result }) => [attempt.action, result]);
const record = (rig: MemoryRig) => {
  const [only] = rig.pms.records;
  if (only === undefined) throw new Error('nobody is there');
  return only;
};
const writesOf = (rig: MemoryRig) =>
  rig.pms.calls.filter((call) => ['create', 'update', 'decide', 'addNote'].includes(call));

/** Ana was there before us: her phone was written twice, and her application approved. */
async function written(): Promise<MemoryRig> {
  const rig = await memoryRig();
  const there = rig.pms.add('applicant', { name: 'Ana Ruiz', email: 'ana.ruiz@example.com', phone: null });
  there.decision = 'Open';
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  rig.pass(60);
  await rig.deliver(aboutAna('application_approved', 5, { phone: '+15125550177' }));
  await rig.drain();
  expect(record(rig)).toMatchObject({ fields: { phone: '+15125550177' }, decision: 'Yes' });
  return rig;
}

describe('undo', () => {
  it('takes back every write, newest first, and shows what it would do before', async () => {
    const rig = await written();
    const asked = writesOf(rig).length;
    const shown = await undo(rig, { dryRun: true });
    expect(results(shown)).toEqual([
      ['decide', 'would'],
      ['update', 'would'],
      ['update', 'edited'],
    ]);
    expect(shown[0]?.fields).toEqual([{ field: 'decision', from: 'Yes', to: 'Open' }]);
    expect(shown[1]?.fields).toEqual([{ field: 'phone', from: '+15125550177', to: '+15125550143' }]);
    expect(writesOf(rig)).toHaveLength(asked);
    expect((await rig.states())[0]?.heldAt).toBeNull();

    expect(results(await undo(rig))).toEqual([
      ['decide', 'done'],
      ['update', 'done'],
      ['update', 'done'],
    ]);
    expect(record(rig)).toMatchObject({ fields: { phone: null }, decision: 'Open' });
    expect(await undo(rig)).toEqual([]);
  });

  it('holds what was taken back until a person says retry', async () => {
    const rig = await written();
    await undo(rig);
    expect(await rig.states()).toMatchObject([
      { state: 'skipped', cause: 'undone', remedy: expect.stringContaining('boomsync retry t1') },
    ]);
    const asked = rig.pms.calls.length;
    await rig.deliver(aboutAna('application_updated', 9, { status: 'approved', phone: '+15125550188' }));
    await rig.drain();
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(rig.pms.calls).toHaveLength(asked);

    expect(await rig.stores.sync.release(['t1'])).toBe(1);
    await rig.drain();
    expect(record(rig)).toMatchObject({ fields: { phone: '+15125550188' }, decision: 'Yes' });
    expect(await rig.states()).toMatchObject([{ state: 'synced', heldAt: null }]);
  });

  it('leaves what somebody has edited since', async () => {
    const rig = await written();
    record(rig).fields.phone = 'edited there';
    record(rig).decision = 'No';
    const undone = await undo(rig);
    expect(results(undone)).toEqual([
      ['decide', 'edited'],
      ['update', 'edited'],
      ['update', 'edited'],
    ]);
    expect(undone[1]).toMatchObject({ fields: [], edited: ['phone'] });
    expect(record(rig)).toMatchObject({ fields: { phone: 'edited there' }, decision: 'No' });
  });

  it('takes back one write and nothing that came after it', async () => {
    const rig = await written();
    const [newest] = await rig.stores.attempts.writesSince('2000-01-01');
    const [undone] = await undo(rig, { id: newest?.id ?? 0 });
    expect(undone).toMatchObject({ result: 'done', fields: [{ field: 'decision' }] });
    expect(record(rig)).toMatchObject({ fields: { phone: '+15125550177' }, decision: 'Open' });
  });

  it('keeps a record that it made and says so there, once', async () => {
    const rig = await memoryRig();
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    const first = await undo(rig);
    expect(results(first)).toEqual([
      ['decide', 'done'],
      ['create', 'by_hand'],
    ]);
    expect(first[1]).toMatchObject({ remedy: expect.stringContaining('record 1001') });
    await undo(rig);
    expect(rig.pms.records).toHaveLength(1);
    expect(record(rig).notes).toEqual([
      expect.stringContaining('Made by boomsync, taken back by the landlord'),
    ]);
  });

  it('names a note that only a person can delete', async () => {
    const rig = await memoryRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    await rig.deliver(aboutAna('application_conditionally_approved', 2));
    await rig.drain();
    const [note] = await undo(rig);
    expect(note).toMatchObject({
      result: 'by_hand',
      remedy: expect.stringMatching(/record 1001: BoomScreen: conditional approval/),
    });
    expect(record(rig).notes).toHaveLength(2);
  });

  it('sets no decision on a lease', async () => {
    const rig = await written();
    record(rig).onLease = true;
    expect((await undo(rig))[0]).toMatchObject({
      result: 'by_hand',
      message: 'The record in Memory is on a lease',
    });
    expect(record(rig).decision).toBe('Yes');
  });

  it('says what failed, asks no more of a connection that fails, and holds the records all the same', async () => {
    const rig = await written();
    const down = new PushError('unauthorized', 'Memory refused our key.', { remedy: 'Mend the key.' });
    rig.pms.faults.set('read', down);
    const undone = await undo(rig);
    expect(undone.map(({ result, message }) => [result, message])).toEqual(
      Array(3).fill(['failed', 'Memory refused our key.']),
    );
    expect((await rig.states())[0]).toMatchObject({ cause: 'undone', heldAt: expect.any(String) });
    expect(results(await undo(rig))).toEqual([
      ['decide', 'done'],
      ['update', 'done'],
      ['update', 'done'],
    ]);
  });

  it('keeps what it did as history, with what was there before', async () => {
    const rig = await written();
    await undo(rig);
    const undone = (await rig.attempts()).filter(({ action }) => action === 'undo');
    expect(undone).toMatchObject([
      { outcome: 'done', before: { decision: 'Yes' }, changes: { decision: 'Open' } },
      { outcome: 'done', before: { phone: '+15125550177' }, changes: { phone: '+15125550143' } },
      { outcome: 'done', before: { phone: '+15125550143' }, changes: { phone: null } },
    ]);
  });

  it('never touches what was refused: what stands there now, a person put there', async () => {
    const rig = await written();
    const refused = new PushError('forbidden', 'It refused.', { remedy: 'Look there.' });
    rig.pms.faults.set('update', refused);
    rig.pass(60);
    await rig.deliver(aboutAna('application_updated', 9, { status: 'approved', phone: '+15125550199' }));
    await rig.drain();
    record(rig).fields.phone = '+15125550199';
    const [write] = await rig.stores.attempts.writesSince('2000-01-01');
    expect(write).toMatchObject({ outcome: 'forbidden', changes: { phone: '+15125550199' } });
    const asked = writesOf(rig).length;
    expect(await undo(rig, { id: write?.id ?? 0 })).toMatchObject([
      { result: 'by_hand', fields: [], message: expect.stringContaining('refused') },
    ]);
    expect(writesOf(rig)).toHaveLength(asked);
    expect(record(rig).fields.phone).toBe('+15125550199');
  });

  it('holds the record though its place has got another name', async () => {
    const rig = await written();
    const [state] = await rig.states();
    const [newest] = await rig.stores.attempts.writesSince('2000-01-01');
    if (state === undefined || newest === undefined) throw new Error('nothing was written');
    const elsewhere = { ...newest, place: 'elsewhere' };
    const tools = { ...rig.stores, now: rig.now };
    expect(await undoWrites([elsewhere], rig.connection, false, tools)).toMatchObject([{ result: 'done' }]);
    expect(await rig.states()).toMatchObject([{ cause: 'undone', heldAt: expect.any(String) }]);
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(record(rig).decision).toBe('Open');
  });

  it('takes nothing back that no record of ours could keep from being written again', async () => {
    const rig = await written();
    const [newest] = await rig.stores.attempts.writesSince('2000-01-01');
    if (newest === undefined) throw new Error('nothing was written');
    const unknown = { ...newest, place: 'elsewhere', remoteId: '9999' };
    const tools = { ...rig.stores, now: rig.now };
    expect(await undoWrites([unknown], rig.connection, false, tools)).toMatchObject([
      { result: 'by_hand', message: expect.stringContaining('no longer knows this record') },
    ]);
    expect(record(rig).decision).toBe('Yes');
  });

  it('leaves to a person what it cannot empty, and takes back the rest', async () => {
    const rig = await memoryRig();
    const there = rig.pms.add('applicant', { name: null, email: 'ana.ruiz@example.com', phone: null });
    const find = async () => [{ id: there.id, fields: { ...there.fields } }];
    const { connector } = rig.pms.connection();
    rig.reconnect({
      ...rig.connection,
      connector: {
        ...connector,
        find,
        update: async (kind, id, changes, whole) => {
          const { phone, ...rest } = changes;
          await connector.update(kind, id, phone === null ? rest : changes, whole);
        },
      },
    });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(record(rig).fields).toMatchObject({ name: 'Ana Ruiz', phone: '+15125550143' });
    rig.pass(1);
    record(rig).fields.email = 'new@example.com';
    const [first] = await rig.stores.attempts.writesSince('2000-01-01');
    if (first === undefined) throw new Error('nothing was written');
    const { id: _id, undoneAt: _undoneAt, ...attempt } = first;
    await rig.stores.attempts.save({
      ...attempt,
      before: { ...attempt.before, email: 'ana.ruiz@example.com' },
      changes: { ...attempt.changes, email: 'new@example.com' },
    });
    const [newest] = await rig.stores.attempts.writesSince('2000-01-01');
    const undone = await undo(rig, { id: newest?.id ?? 0 });
    expect(undone.map(({ result, fields, message }) => [result, fields, message])).toEqual([
      ['done', [{ field: 'email', from: 'new@example.com', to: 'ana.ruiz@example.com' }], null],
      ['by_hand', [], 'name was empty before, and Memory does not let boomsync empty it'],
      ['by_hand', [], 'phone was empty before, and Memory does not let boomsync empty it'],
    ]);
    expect(record(rig).fields).toEqual({
      name: 'Ana Ruiz',
      email: 'ana.ruiz@example.com',
      phone: '+15125550143',
    });
  });

  it.each(['hold', 'save', 'finish', 'saveState', 'markUndone'] as const)(
    'that was killed at %s holds the record, and does not call it synced',
    async (at) => {
      const rig = await written();
      const [newest] = await rig.stores.attempts.writesSince('2000-01-01');
      if (newest === undefined) throw new Error('nothing was written');
      let die = () => {};
      const died = new Promise<void>((resolve) => {
        die = resolve;
      });
      const stops =
        <A extends unknown[], R>(name: string, work: (...given: A) => Promise<R>) =>
        async (...given: A): Promise<R> => {
          if (name !== at) return await work(...given);
          die();
          return await new Promise<never>(() => {});
        };
      const { attempts, sync } = rig.stores;
      void undoWrites([newest], rig.connection, false, {
        attempts: {
          save: stops('save', attempts.save),
          finish: stops('finish', attempts.finish),
          markUndone: stops('markUndone', attempts.markUndone),
        },
        sync: {
          states: sync.states,
          hold: stops('hold', sync.hold),
          saveState: stops('saveState', sync.saveState),
        },
        now: rig.now,
      });
      await died;
      await rig.stores.sync.makeDue({});
      await rig.drain();
      const [state] = await rig.states();
      if (at === 'hold') expect(state).toMatchObject({ state: 'synced', heldAt: null });
      else expect(state).toMatchObject({ state: 'skipped', cause: 'undone', heldAt: expect.any(String) });
    },
  );
});
