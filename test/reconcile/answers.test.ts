/** What a person says of a parked record, over the whole engine and a PMS in memory. */
import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/reconcile/pass-tools.ts';
import type { SyncState } from '../../src/store/sync.ts';
import type { FieldAnswer } from '../../src/store/sync-answers.ts';
import { aboutAna } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';

const ANA = { name: 'Ana Ruiz', email: 'ana.ruiz@example.com', phone: '+15125550143' };

async function only(rig: MemoryRig): Promise<SyncState> {
  const [state, second] = await rig.states();
  if (state === undefined || second !== undefined) throw new Error('there is not one record');
  return state;
}

/** Ana is there, and somebody has given her another phone there. */
async function edited(phone = '+15125550199') {
  const rig = await memoryRig();
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  const [record] = rig.pms.records;
  if (record === undefined) throw new Error('nobody is there');
  record.fields.phone = phone;
  await look(rig);
  expect(await only(rig)).toMatchObject({ state: 'parked', cause: 'edited_there' });
  return { rig, record };
}

async function look(rig: MemoryRig): Promise<void> {
  await rig.stores.sync.makeDue({});
  await rig.drain();
}

/** As the command `settle` keeps it, and nothing more: the process ends right after. */
async function say(rig: MemoryRig, take: FieldAnswer['take']): Promise<void> {
  const state = await only(rig);
  const asked = state.plan?.fields.find(({ field }) => field === 'phone');
  if (asked === undefined) throw new Error('the phone does not differ');
  const { boom, there } = asked;
  const at = rig.now().toISOString();
  const phone = { take, boom, there, remoteId: state.remoteId, at };
  await rig.stores.sync.answer(state, (before) => ({ ...before, fields: { ...before.fields, phone } }));
}

const newPhone = (minute: number, phone: string) =>
  aboutAna('application_updated', minute, { status: 'submitted', phone });

describe('a field that was edited over there', () => {
  it('stays as it is there while Boom says the same, whatever it becomes there', async () => {
    const { rig, record } = await edited();
    await say(rig, 'theirs');
    await rig.drain();
    expect(await only(rig)).toMatchObject({
      state: 'synced',
      cause: null,
      plan: { record: 'none', fields: [{ field: 'phone', does: 'keep' }] },
    });
    for (const phone of ['+15125550111', ANA.phone, '+15125550112', null]) {
      record.fields.phone = phone;
      await look(rig);
      expect([record.fields.phone, (await only(rig)).state]).toEqual([phone, 'synced']);
    }
  });

  it('is asked about anew when Boom says something new, and the answer to that holds as well', async () => {
    const { rig, record } = await edited();
    await say(rig, 'theirs');
    await rig.deliver(newPhone(5, '+15125550177'));
    await rig.drain();
    expect(await only(rig)).toMatchObject({ state: 'parked', cause: 'edited_there' });
    expect(record.fields.phone).toBe('+15125550199');
    rig.pass(1);
    await say(rig, 'boom');
    await rig.drain();
    expect(record.fields.phone).toBe('+15125550177');
    expect(await only(rig)).toMatchObject({ state: 'synced' });
  });

  it('is written over as the person saw it, once', async () => {
    const { rig, record } = await edited();
    await say(rig, 'boom');
    await rig.drain();
    expect(record.fields).toEqual(ANA);
    expect(await only(rig)).toMatchObject({ state: 'synced', cause: null });
    record.fields.phone = '+15125550199';
    await look(rig);
    expect(await only(rig)).toMatchObject({ state: 'parked', cause: 'edited_there' });
    expect(record.fields.phone).toBe('+15125550199');
    rig.pass(1);
    await say(rig, 'boom');
    await rig.drain();
    expect(record.fields).toEqual(ANA);
  });

  it('is not written over where it was edited again meanwhile', async () => {
    const { rig, record } = await edited();
    await say(rig, 'boom');
    record.fields.phone = '+15125550111';
    await rig.drain();
    expect(record.fields.phone).toBe('+15125550111');
    expect(await only(rig)).toMatchObject({ state: 'parked', cause: 'edited_there' });
  });

  it.each(['look', 'update', 'updated', 'read_back'] satisfies Step[])(
    'is written over once though the process is killed at %s',
    async (step) => {
      const { rig, record } = await edited();
      await say(rig, 'boom');
      expect(await rig.killedAt(step)).toBe(true);
      await rig.drain();
      expect(record.fields).toEqual(ANA);
      expect(await only(rig)).toMatchObject({ state: 'synced', pushed: { fields: ANA } });
      record.fields.phone = '+15125550199';
      await look(rig);
      expect(await only(rig)).toMatchObject({ cause: 'edited_there' });
    },
  );

  it('is not forgotten by a pass that was under way when it was said, whatever that pass found', async () => {
    const { rig, record } = await edited();
    await rig.stores.sync.makeDue({});
    let said = false;
    await rig.drain(async (step) => {
      if (step !== 'look' || said) return;
      said = true;
      await say(rig, 'boom');
    });
    expect(said).toBe(true);
    expect(record.fields).toEqual(ANA);
    expect(await only(rig)).toMatchObject({ state: 'synced' });
  });

  it('is answered in preview and written when the connection is live', async () => {
    const rig = await memoryRig({ mode: 'preview' });
    const record = rig.pms.add('applicant', { ...ANA, phone: '+15125550199' });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(await only(rig)).toMatchObject({ cause: 'edited_there', remoteId: null });
    await say(rig, 'boom');
    await rig.drain();
    expect(record.fields.phone).toBe('+15125550199');
    expect(await only(rig)).toMatchObject({ cause: 'preview', plan: { record: 'update' } });
    rig.reconnect(rig.pms.connection());
    await rig.drain();
    expect(record.fields).toEqual(ANA);
  });
});

/** Two records fit Ana. */
async function two() {
  const rig = await memoryRig();
  const first = rig.pms.add('applicant', ANA);
  const second = rig.pms.add('applicant', { ...ANA, phone: '+15125550199' });
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  expect(await only(rig)).toMatchObject({ cause: 'ambiguous', candidates: ['1001', '1002'], remoteId: null });
  return { rig, first, second };
}

async function isNot(rig: MemoryRig, ...ids: string[]): Promise<void> {
  await rig.stores.sync.answer(await only(rig), (before) => ({
    ...before,
    others: [...before.others, ...ids],
  }));
}

describe('records of which a person says that they are somebody else’s', () => {
  it('are left out, so that the one that is left is taken', async () => {
    const { rig, first } = await two();
    await isNot(rig, '1001');
    await rig.drain();
    expect(await only(rig)).toMatchObject({ remoteId: '1002', candidates: [] });
    expect(first.notes).toEqual([]);
    await look(rig);
    expect(await only(rig)).toMatchObject({ remoteId: '1002' });
  });

  it('are left out also where the place has got another name since', async () => {
    const { rig } = await two();
    await isNot(rig, '1001');
    await rig.knex('sync_states').update({ place: 'p99' });
    await rig.drain();
    expect(await only(rig)).toMatchObject({ place: 'p1', remoteId: '1002', answers: { others: ['1001'] } });
  });

  it('are left out all, so that one of their own is made', async () => {
    const { rig, first, second } = await two();
    await isNot(rig, '1001', '1002');
    expect(await rig.killedAt('create')).toBe(true);
    await rig.drain();
    expect(rig.pms.records).toHaveLength(3);
    expect(await only(rig)).toMatchObject({ state: 'synced', remoteId: '1003' });
    expect([first.fields, second.fields.phone]).toEqual([ANA, '+15125550199']);
  });

  it('are let go where we knew them, and nothing is written on them', async () => {
    const rig = await memoryRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const [record] = rig.pms.records;
    const zoe = { name: 'Zoe Other', email: 'zoe@example.com', phone: null };
    Object.assign(record?.fields ?? {}, zoe);
    await look(rig);
    expect(await only(rig)).toMatchObject({
      cause: 'another_person',
      candidates: ['1001'],
      remoteId: '1001',
    });
    await isNot(rig, '1001');
    await rig.drain();
    expect(await only(rig)).toMatchObject({ state: 'synced', remoteId: '1002' });
    expect(record).toMatchObject({ fields: zoe });
    expect(rig.pms.records[1]).toMatchObject({ fields: ANA });
  });
});
