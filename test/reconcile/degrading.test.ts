/** What a PMS cannot do, its manifest says: the engine does the next best thing, and says what it left out. */
import { describe, expect, it } from 'vitest';
import type { RemoteUnit } from '../../src/connect/contract.ts';
import { PushError } from '../../src/http/push-error.ts';
import { aboutAna } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';
import { aboutNth } from '../support/people.ts';

const first = async (rig: MemoryRig) => (await rig.states())[0];
const UNSAID =
  'Memory has no place for what Boom decided or reports, and takes no notes: it is shown here only';

async function withoutDecisions(rig: MemoryRig): Promise<MemoryRig> {
  delete rig.connection.connector.decision;
  delete rig.connection.connector.decide;
  return rig;
}

describe('a PMS without a place for decisions', () => {
  it('is told in a note', async () => {
    const rig = await withoutDecisions(await memoryRig());
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(rig.pms.records[0]?.notes).toEqual([expect.stringContaining('BoomScreen: approved')]);
  });

  it('that takes no notes either is told nothing, and that is said', async () => {
    const rig = await withoutDecisions(await memoryRig({}, { notes: 'none' }));
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(rig.pms.records[0]?.notes).toEqual([]);
    expect(await first(rig)).toMatchObject({ state: 'synced', cause: null, message: UNSAID });
  });
});

describe('a PMS that takes no notes', () => {
  it('is not told of a conditional approval, and that is said', async () => {
    const rig = await memoryRig({}, { notes: 'none' });
    await rig.deliver(aboutAna('application_conditionally_approved', 1));
    await rig.drain();
    expect(rig.pms.records[0]).toMatchObject({ decision: null, notes: [] });
    expect(await first(rig)).toMatchObject({ state: 'synced', message: UNSAID });
  });

  it('is not told of one as of an approval, though its manifest has one word for both', async () => {
    const rig = await memoryRig({
      decisionFor: (leasing) => (leasing.startsWith('approved') ? 'Yes' : null),
    });
    await rig.deliver(aboutAna('application_conditionally_approved', 1));
    await rig.drain();
    expect(rig.pms.records[0]).toMatchObject({
      decision: null,
      notes: [expect.stringContaining('conditional approval')],
    });
  });

  it('has nothing left out while Boom has said nothing', async () => {
    const rig = await memoryRig({}, { notes: 'none' });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(await first(rig)).toMatchObject({ state: 'synced', message: null });
  });
});

describe('notes', () => {
  it('count as said only when the PMS shows them', async () => {
    const rig = await withoutDecisions(await memoryRig());
    rig.pms.deaf = true;
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(await first(rig)).toMatchObject({
      state: 'retrying',
      cause: 'conflict',
      message: 'We sent a note and Memory does not show it',
    });
    rig.pms.deaf = false;
    rig.pass(5);
    await rig.drain();
    expect(rig.pms.records[0]?.notes).toHaveLength(1);
    expect(await first(rig)).toMatchObject({ state: 'synced' });
  });

  it('that cannot be read are sent once, and a person is asked where nobody knows', async () => {
    const rig = await withoutDecisions(await memoryRig());
    delete rig.connection.connector.notes;
    rig.pms.faults.set('addNote', new PushError('unknown_outcome', 'Nobody knows.', { remedy: 'Wait.' }));
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(await first(rig)).toMatchObject({ state: 'parked', cause: 'note_unknown' });
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(rig.pms.calls.filter((call) => call === 'addNote')).toHaveLength(1);
  });

  it('that cannot be read are sent again where the PMS refused them', async () => {
    const rig = await withoutDecisions(await memoryRig());
    delete rig.connection.connector.notes;
    rig.pms.faults.set('addNote', new PushError('transient', 'It broke.', { remedy: 'Wait.' }));
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    rig.pass(5);
    await rig.drain();
    expect(rig.pms.records[0]?.notes).toHaveLength(1);
  });

  it('that staff deleted are not written again', async () => {
    const rig = await withoutDecisions(await memoryRig());
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    rig.pms.records[0]?.notes.splice(0);
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(rig.pms.records[0]?.notes).toEqual([]);
  });
});

describe('a PMS whose records nobody changes from outside', () => {
  it('is never sent a change, and the difference is shown to a person', async () => {
    const rig = await memoryRig({}, { updates: [] });
    rig.pms.add('applicant', { name: 'Ana Ruiz', email: 'ana.ruiz@example.com', phone: null });
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(rig.pms.calls).not.toContain('update');
    expect(await first(rig)).toMatchObject({
      state: 'parked',
      cause: 'cannot_change',
      message: expect.stringContaining('phone'),
      plan: { record: 'none', fields: [{ field: 'phone' }] },
    });
    expect(rig.pms.records[0]?.decision).toBe('Yes');
  });

  it('that makes none either is only looked into', async () => {
    const rig = await memoryRig({}, { creates: [], updates: [] });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(rig.pms.records).toEqual([]);
    expect(await first(rig)).toMatchObject({ state: 'parked', cause: 'not_there' });
  });
});

describe('a unit that the map does not know', () => {
  const UNITS: RemoteUnit[] = [
    { id: '71', title: 'Unit 4-B', property: 'Oak Street', address: null, externalId: null },
    { id: '72', title: '5A', property: 'Oak Street', address: null, externalId: null },
  ];
  const rigWith = async (list: () => AsyncIterable<RemoteUnit>) => {
    const rig = await memoryRig({ createsPerDay: 1000 }, { unitId: 'required' });
    rig.connection.connector.units = list;
    return rig;
  };

  it('parks with the likely ones, and ties nothing', async () => {
    const rig = await rigWith(async function* () {
      yield* UNITS;
    });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(await first(rig)).toMatchObject({ state: 'parked', cause: 'unmapped_unit' });
    expect((await first(rig))?.message).toMatch(/Likely: "Oak Street \/ Unit 4-B" \(71\)$/);
    expect(rig.pms.records).toEqual([]);
  });

  it('asks for the list once for many tenants', async () => {
    let lists = 0;
    const rig = await rigWith(async function* () {
      lists += 1;
      yield* UNITS;
    });
    for (let n = 1; n <= 30; n += 1) await rig.deliver(aboutNth(n, 'applicant_submitted'));
    await rig.drain();
    expect(lists).toBe(1);
  });

  it('is said without them where the list fails', async () => {
    const rig = await rigWith(() => {
      throw new PushError('forbidden', 'No right.', { remedy: 'Give it.' });
    });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(await first(rig)).toMatchObject({
      cause: 'unmapped_unit',
      remedy: expect.stringContaining('units:'),
    });
  });
});

describe('two records that fit', () => {
  it('are listed, and neither is touched', async () => {
    const rig = await memoryRig();
    for (let n = 0; n < 2; n += 1)
      rig.pms.add('applicant', { name: 'Ana Ruiz', email: 'ana.ruiz@example.com' });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(await first(rig)).toMatchObject({
      state: 'parked',
      cause: 'ambiguous',
      message: 'Two or more records in Memory fit this person (there: 1001, 1002)',
    });
    expect(rig.pms.calls).not.toContain('update');
  });
});
