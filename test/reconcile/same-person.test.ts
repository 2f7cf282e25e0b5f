import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/connect/connection.ts';
import type { Desired, Fields, Kind, Remote } from '../../src/connect/contract.ts';
import { isAnother, isAnotherThanMade } from '../../src/reconcile/same-person.ts';
import { aboutAna, buildiumRig } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';

const text = (fields: Fields, name: string) => (fields[name] as string | undefined) ?? null;
const reads = {
  factsOf: (_kind: Kind, { fields }: Remote): Facts => ({
    firstName: text(fields, 'first'),
    lastName: text(fields, 'last'),
    email: text(fields, 'email'),
    phone: text(fields, 'phone'),
    key: text(fields, 'key'),
  }),
};
const ANA = { firstName: 'Ana', lastName: 'Ruiz', email: 'ana@example.com', phone: '+15125550143' };
const fieldsOf = ({ firstName, lastName, email, phone }: typeof ANA): Fields => ({
  first: firstName,
  last: lastName,
  email,
  phone,
  key: 'bs-1',
});
const wanted = (who = ANA): Desired => ({
  tenantId: 't1',
  place: 'p1',
  key: 'bs-1',
  ...who,
  fields: fieldsOf(who),
});
const known = { desired: wanted(), intent: null, pushed: null };
const shows = (fields: Fields): Remote => ({ id: '1', fields: { ...fieldsOf(ANA), ...fields } });

describe('a record that we know', () => {
  it.each<[string, Fields, boolean]>([
    ['keeps its name alone', { email: 'new@example.com', phone: '+15125550199' }, false],
    ['keeps its name in other letters alone', { first: 'ANÁ', email: 'n@example.com', phone: null }, false],
    ['keeps its e-mail address alone', { first: 'Zoe', last: 'Other', email: 'ANA@example.com' }, false],
    ['has no e-mail and keeps its phone', { first: 'Zoe', email: null, phone: '(512) 555-0143' }, false],
    ['keeps its phone alone', { first: 'Zoe', email: 'z@example.com', phone: '(512) 555-0143' }, true],
    ['shows nobody', { first: null, last: null, email: null, phone: null }, false],
    ['keeps its first name and its phone', { last: 'Lopez', email: 'new@example.com' }, false],
    ['shares a first name', { last: 'Other', email: 'z@example.com', phone: null }, true],
    ['keeps nothing but our key', { first: 'Zoe', last: 'Other', email: 'z@example.com', phone: '1' }, true],
  ])('that %s: another person %#', (_what, fields, another) => {
    expect(isAnother(reads, 'applicant', shows(fields), known)).toBe(another);
  });

  it('is the same person where Boom changed everything and the record still shows what we left', () => {
    const zoe = { firstName: 'Zoe', lastName: 'New', email: 'zoe@example.com', phone: '+15125550199' };
    const pushed = { fields: fieldsOf(ANA), decision: null, notes: [] };
    expect(isAnother(reads, 'applicant', shows({}), { ...known, desired: wanted(zoe) })).toBe(true);
    expect(isAnother(reads, 'applicant', shows({}), { ...known, desired: wanted(zoe), pushed })).toBe(false);
    const intent = wanted();
    expect(isAnother(reads, 'applicant', shows({}), { ...known, desired: wanted(zoe), intent })).toBe(false);
  });
});

describe('the answer to a create', () => {
  it.each<[string, Fields, boolean]>([
    ['as it was sent', {}, false],
    ['in capitals', { first: 'ANA', last: 'RUIZ' }, false],
    ['with its last name cut off', { last: 'Ru' }, false],
    ['of a partner with the same address and phone', { first: 'Ben' }, true],
    ['of a namesake by first name', { last: 'Other', email: 'z@example.com', phone: '+15125550100' }, true],
    ['without a name', { first: null, last: null }, false],
    ['of somebody else', { first: 'Zoe', last: 'Other', email: 'z@example.com', phone: null }, true],
  ])('is a record %s %#', (_what, fields, another) => {
    expect(isAnotherThanMade(reads, 'applicant', shows(fields), wanted())).toBe(another);
  });
});

const writesOf = (rig: MemoryRig) =>
  rig.pms.calls.filter((call) => ['create', 'update', 'decide', 'addNote'].includes(call));

/** A connection whose PMS answers every create with `id`. */
async function answering(id: string, changes: object = {}): Promise<MemoryRig> {
  const rig = await memoryRig();
  const { connector } = rig.connection;
  const create = async () => {
    rig.pms.calls.push('create');
    return { id, fields: {} };
  };
  rig.reconnect({ ...rig.connection, connector: { ...connector, create }, ...changes });
  return rig;
}

describe('the record of another person', () => {
  it('is not taken for the one that was made, nor written to', async () => {
    const rig = await answering('1001');
    const zoe = rig.pms.add('applicant', { name: 'Zoe Other', email: 'zoe@example.com', phone: null });
    zoe.decision = 'Open';
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    const parked = {
      state: 'parked',
      cause: 'another_person',
      message: expect.stringContaining('(there: 1001)'),
      remoteId: null,
      intent: null,
      pushed: null,
    };
    expect(await rig.states()).toMatchObject([parked]);
    expect(await rig.attempts()).toMatchObject([
      { action: 'create', outcome: 'another_person', remoteId: null },
    ]);
    rig.pass(600);
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(await rig.states()).toMatchObject([parked]);
    expect(new Set(writesOf(rig))).toEqual(new Set(['create']));
    expect(zoe).toMatchObject({
      fields: { name: 'Zoe Other', email: 'zoe@example.com', phone: null },
      decision: 'Open',
      notes: [],
    });
  });

  it('is not taken where a PMS keeps one record an address and a partner of theirs has it', async () => {
    const rig = await answering('1001');
    const ben = rig.pms.add('applicant', { name: 'Ben Ruiz', email: 'ana.ruiz@example.com', phone: null });
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ cause: 'another_person', remoteId: null }]);
    expect(ben).toMatchObject({ fields: { name: 'Ben Ruiz', phone: null }, notes: [] });
  });

  it('is not taken where another tenant of ours has it', async () => {
    const rig = await memoryRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const { connector } = rig.connection;
    const create = async () => ({ id: '1001', fields: {} });
    rig.reconnect({ ...rig.connection, connector: { ...connector, create } });
    const ben = { first_name: 'Ben', email: 'ben@example.com', phone: null, application_id: 'a2' };
    await rig.deliver(aboutAna('application_approved', 2, { ...ben, external_id: 'ext-ben' }));
    await rig.drain();
    const states = await rig.states();
    expect(states.map(({ cause, remoteId }) => [cause, remoteId])).toEqual([
      [null, '1001'],
      ['another_person', null],
    ]);
    expect(rig.pms.records).toMatchObject([{ fields: { name: 'Ana Ruiz' }, notes: [], decision: null }]);
  });

  it('is left alone where the record that we knew has become theirs', async () => {
    const rig = await buildiumRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const [record] = rig.buildium.records.values();
    if (record === undefined) throw new Error('nobody is there');
    const zoe = { FirstName: 'Zoe', LastName: 'Other', Email: 'zoe@example.com' };
    Object.assign(record, zoe, {
      Applications: [
        { Id: 1, ApplicationStatus: 'New', ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z' },
      ],
    });
    await rig.deliver(aboutAna('application_approved', 5, { phone: '+15125550177' }));
    await rig.drain();
    expect(await rig.states()).toMatchObject([
      {
        state: 'parked',
        cause: 'another_person',
        message: expect.stringMatching(
          /^The record in Buildium that we knew is another person's now \(there: /,
        ),
        remedy: expect.stringContaining('boomsync retry'),
      },
    ]);
    expect(record).toMatchObject({ ...zoe, Applications: [{ ApplicationStatus: 'New' }] });
    expect([...rig.buildium.notes.values()].flat()).toEqual([]);
  });

  it('is written to by neither of two tenants that hold one record', async () => {
    const rig = await memoryRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    const ben = { first_name: 'Ben', email: 'ben@example.com', application_id: 'a2', external_id: 'ext-ben' };
    await rig.deliver(aboutAna('applicant_submitted', 1, ben));
    await rig.drain();
    const states = await rig.states();
    const [first] = states;
    for (const state of states)
      await rig.stores.sync.saveState({ ...state, remoteId: first?.remoteId ?? '' });
    const asked = writesOf(rig).length;
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect((await rig.states()).map(({ cause }) => cause)).toEqual(['another_person', 'another_person']);
    expect(writesOf(rig)).toHaveLength(asked);
  });
});
