/** The commands by which a person answers what a parked record asks, over the engine and a PMS in memory. */
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { PushError } from '../../src/http/push-error.ts';
import { type Candidates, candidates } from '../../src/operate/candidates.ts';
import { choose } from '../../src/operate/choose.ts';
import type { CommandTools } from '../../src/operate/command.ts';
import { createCommands } from '../../src/operate/commands.ts';
import { quiet, unquiet } from '../../src/operate/quiet.ts';
import { settle } from '../../src/operate/settle.ts';
import { readStatus } from '../../src/operate/status.ts';
import type { RecordName, SyncState } from '../../src/store/sync.ts';
import { aboutAna } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';

const ANA = { name: 'Ana Ruiz', email: 'ana.ruiz@example.com', phone: '+15125550143' };

function toolsOf(rig: MemoryRig): CommandTools {
  const tools = {
    stores: rig.stores,
    connections: () => [rig.connection],
    timezone: 'UTC',
    wake: () => {},
    settled: () => rig.drain(),
    now: rig.now,
  };
  return tools as unknown as CommandTools;
}

async function parked(rig: MemoryRig): Promise<SyncState> {
  const state = (await rig.states()).find((one) => one.state === 'parked');
  if (state === undefined) throw new Error('nothing is parked');
  return state;
}

const nameOf = ({ tenantId, connection, kind, place }: SyncState): RecordName => ({
  tenantId,
  connection,
  kind,
  place,
});

/** Ana is there with other values than Boom's in two fields. */
async function edited() {
  const rig = await memoryRig();
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  const [record] = rig.pms.records;
  if (record === undefined) throw new Error('nobody is there');
  Object.assign(record.fields, { phone: '+15125550199', email: 'a.ruiz@example.com' });
  await rig.stores.sync.makeDue({});
  await rig.drain();
  return { rig, record, tools: toolsOf(rig), name: nameOf(await parked(rig)) };
}

describe('settle', () => {
  it('keeps theirs of one field, and asks on about the other', async () => {
    const { rig, record, tools, name } = await edited();
    const asked = { ...name, fields: ['phone'], take: 'theirs' as const, shown: null };
    expect(await settle(asked, tools)).toMatchObject({
      settled: [{ field: 'phone', boom: ANA.phone, there: '+15125550199' }],
      record: { state: 'parked', cause: 'edited_there', message: expect.stringMatching(/: email$/) },
    });
    const rest = await settle({ ...asked, fields: null, take: 'boom' }, tools);
    expect(rest).toMatchObject({ settled: [{ field: 'email' }], record: { state: 'synced' } });
    expect(record.fields).toEqual({ ...ANA, phone: '+15125550199' });

    // A person may change their mind.
    expect(await settle({ ...asked, take: 'boom' }, tools)).toMatchObject({ record: { state: 'synced' } });
    expect(record.fields).toEqual(ANA);
    expect(await rig.attempts()).toMatchObject([
      { action: 'create' },
      { action: 'update', before: { email: 'a.ruiz@example.com' } },
      { action: 'update', before: { phone: '+15125550199' } },
    ]);
  });

  it('refuses what changed since it was shown, and fields that nobody asks about', async () => {
    const { record, tools, name } = await edited();
    const asked = { ...name, fields: ['phone'], take: 'boom' as const };
    const shown = { phone: { boom: ANA.phone, there: '+15125550100' } };
    expect(await settle({ ...asked, shown }, tools)).toMatchObject({
      error: 'phone has changed since you looked, so nothing was done',
    });
    expect(await settle({ ...asked, fields: ['name'], shown: null }, tools)).toMatchObject({
      error: 'You are not asked about name of this record',
    });
    expect(await settle({ ...asked, place: 'p99', shown: null }, tools)).toMatchObject({
      error: expect.stringContaining('no such record'),
    });
    expect(record.fields.phone).toBe('+15125550199');
  });

  it('keeps what cannot be changed there as it is', async () => {
    const rig = await memoryRig({}, { updates: [] });
    rig.pms.add('applicant', { ...ANA, phone: null });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const state = await parked(rig);
    expect(state.cause).toBe('cannot_change');
    const asked = { ...nameOf(state), fields: null, shown: null };
    expect(await settle({ ...asked, take: 'boom' }, toolsOf(rig))).toHaveProperty('error');
    expect(await settle({ ...asked, take: 'theirs' }, toolsOf(rig))).toMatchObject({
      record: { state: 'synced' },
    });
  });
});

/** Two records fit Ana; the second has another phone. */
async function two() {
  const rig = await memoryRig();
  const first = rig.pms.add('applicant', ANA);
  const second = rig.pms.add('applicant', { ...ANA, phone: '+15125550199', unmapped: 'x' });
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  return { rig, first, second, tools: toolsOf(rig), name: nameOf(await parked(rig)) };
}

describe('candidates', () => {
  it('shows what Boom says and each record as it is now, and writes nothing', async () => {
    const { rig, second, tools, name } = await two();
    second.fields.phone = '+15125550111';
    const calls = rig.pms.calls.length;
    expect(await candidates(name, tools)).toMatchObject({
      label: 'Memory',
      boom: { fields: ANA, facts: { firstName: 'Ana', lastName: 'Ruiz', phone: ANA.phone } },
      candidates: [
        { remoteId: '1001', fields: ANA, heldBy: null },
        {
          remoteId: '1002',
          fields: { ...ANA, phone: '+15125550111' },
          facts: { firstName: 'Ana', lastName: 'Ruiz', email: ANA.email, phone: '+15125550111' },
        },
      ],
    });
    const {
      candidates: [, shown],
    } = (await candidates(name, tools)) as Candidates;
    expect(shown?.fields).not.toHaveProperty('unmapped');
    expect(new Set(rig.pms.calls.slice(calls))).toEqual(new Set(['read']));
  });

  it('leaves out what is gone, and asks nothing of a connection that is paused', async () => {
    const { rig, tools, name } = await two();
    rig.pms.records.splice(0, 1);
    expect(await candidates(name, tools)).toMatchObject({ candidates: [{ remoteId: '1002' }] });
    await rig.stores.connections.pause('memory', rig.now().toISOString());
    const calls = rig.pms.calls.length;
    expect(await candidates(name, tools)).toMatchObject({ error: expect.stringContaining('You paused') });
    expect(rig.pms.calls).toHaveLength(calls);
  });
});

describe('choose', () => {
  it('ties the record to the one that a person names, for good', async () => {
    const { rig, first, second, tools, name } = await two();
    const asked = { ...name, remoteId: '1002', same: true, seen: null };
    expect(await choose(asked, tools)).toMatchObject({ record: { remoteId: '1002', cause: 'edited_there' } });
    await settle({ ...name, fields: null, take: 'boom', shown: null }, tools);
    expect([first.fields, second.fields.phone]).toEqual([ANA, ANA.phone]);
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'synced', remoteId: '1002', candidates: [] }]);
    expect(await rig.attempts()).toMatchObject([
      { action: 'look', outcome: 'ambiguous' },
      { action: 'adopt', remoteId: '1002' },
      { action: 'update' },
    ]);
  });

  it('takes a record for the same person that shows another, until it shows yet another', async () => {
    const rig = await memoryRig();
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const [record] = rig.pms.records;
    if (record === undefined) throw new Error('nobody is there');
    Object.assign(record.fields, { name: 'Annie Lopez', email: 'annie@example.com', phone: null });
    await rig.stores.sync.makeDue({});
    await rig.drain();
    const state = await parked(rig);
    expect(state.cause).toBe('another_person');
    const asked = { ...nameOf(state), remoteId: '1001', same: true, seen: null };
    expect(await choose(asked, toolsOf(rig))).toMatchObject({ record: { cause: 'edited_there' } });
    // What we write there ourselves is no other person.
    await settle({ ...nameOf(state), fields: ['phone'], take: 'boom', shown: null }, toolsOf(rig));
    expect(record.fields.phone).toBe(ANA.phone);
    expect((await parked(rig)).cause).toBe('edited_there');
    Object.assign(record.fields, { name: 'Zoe Other', email: 'zoe@example.com', phone: null });
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect((await parked(rig)).cause).toBe('another_person');
    expect(record.fields.name).toBe('Zoe Other');
  });

  it('refuses what another tenant has, what nobody asks about, and what shows somebody else by now', async () => {
    const { rig, second, tools, name } = await two();
    const asked = { ...name, same: true, seen: null };
    expect(await choose({ ...asked, remoteId: '1099' }, tools)).toMatchObject({
      error: 'You are not asked about record 1099 of Memory',
    });
    const shown = (await candidates(name, tools)) as Candidates;
    const seen = shown.candidates.find(({ remoteId }) => remoteId === '1002')?.seen ?? null;
    Object.assign(second.fields, { name: 'Zoe Other' });
    expect(await choose({ ...asked, remoteId: '1002', seen }, tools)).toMatchObject({
      error: expect.stringContaining('shows somebody else since you looked'),
    });
    const state = await parked(rig);
    await rig.stores.sync.saveState({ ...state, tenantId: 't1', place: 'p9', remoteId: '1001' });
    expect(await choose({ ...asked, remoteId: '1001' }, tools)).toMatchObject({
      error: "Record 1001 of Memory is t1's already",
    });
    expect((await rig.states()).every(({ answers }) => answers === null)).toBe(true);
  });

  it('leaves out the one that is somebody else’s', async () => {
    const { tools, name } = await two();
    const asked = { ...name, remoteId: '1002', same: false, seen: null };
    expect(await choose(asked, tools)).toMatchObject({ record: { state: 'synced', remoteId: '1001' } });
  });
});

const NO_BACKUP = { schedule: null, folder: '/nowhere' } as unknown as Config['backup'];

describe('quiet', () => {
  const status = (rig: MemoryRig) =>
    readStatus({
      stores: rig.stores,
      connections: [rig.connection],
      config: { accounts: [], timezone: 'UTC', backup: NO_BACKUP },
      server: { running: true, address: null },
      now: rig.now,
    });

  it('is not counted until its time is over, and said apart', async () => {
    const { rig, tools, name } = await edited();
    expect((await status(rig)).verdict).toBe('needs_you');
    const until = new Date(rig.now().getTime() + 60 * 60_000).toISOString();
    expect(await quiet({ records: [name], until, why: 'later' }, tools)).toEqual({ quiet: [name] });
    const now = await status(rig);
    expect(now).toMatchObject({
      verdict: 'in_line',
      sentence: '0 of 1 tenant in line. You put 1 thing aside.',
      connections: [{ quiet: 1, records: { parked: 0 } }],
    });
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect((await status(rig)).connections).toMatchObject([{ quiet: 1 }]);
    rig.pass(61);
    expect(await status(rig)).toMatchObject({ verdict: 'needs_you', connections: [{ quiet: 0 }] });
  });

  it('ends when something else is the matter, also after all was well in between', async () => {
    const { rig, record, tools, name } = await edited();
    await quiet({ records: [name], until: null, why: '' }, tools);
    record.fields.email = ANA.email;
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ cause: 'edited_there', quiet: null }]);

    await quiet({ records: [name], until: null, why: '' }, tools);
    const asTheyWere = { ...record.fields };
    Object.assign(record.fields, ANA);
    await rig.stores.sync.makeDue({});
    await rig.drain();
    Object.assign(record.fields, asTheyWere);
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'parked', cause: 'edited_there', quiet: null }]);
  });

  it('does not end because the PMS does not answer for a while', async () => {
    const { rig, tools, name } = await edited();
    await quiet({ records: [name], until: null, why: '' }, tools);
    rig.pms.faults.set('read', new PushError('transient', 'It failed', { remedy: 'Wait.' }));
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'retrying', quiet: { until: null } }]);
    rig.pass(5);
    await rig.drain();
    expect((await status(rig)).connections).toMatchObject([{ quiet: 1, records: { parked: 0 } }]);
    expect(await unquiet([name], tools)).toEqual({ ended: 1 });
    expect((await status(rig)).verdict).toBe('needs_you');
  });

  it('takes only what needs a person, and a time that is to come', async () => {
    const { rig, tools, name } = await edited();
    const past = { records: [name], until: '2020-01-01T00:00:00Z', why: '' };
    expect(await quiet(past, tools)).toHaveProperty('error');
    await settle({ ...name, fields: null, take: 'theirs', shown: null }, tools);
    expect(await quiet({ ...past, until: null }, tools)).toMatchObject({ error: 'None of these needs you' });
    expect(await rig.stores.sync.countQuiet(rig.now().toISOString())).toEqual([]);
  });
});

it('each is asked for by name, and refuses what is asked for wrongly', async () => {
  const { tools, name } = await edited();
  const commands = createCommands(tools);
  expect(await commands.run('settle', { ...name, fields: null, take: 'theirs' })).toMatchObject({
    take: 'theirs',
  });
  await expect(commands.run('settle', { ...name, fields: null, take: 'mine' })).rejects.toThrow();
  await expect(commands.run('quiet', { records: [name], until: 'tomorrow', why: '' })).rejects.toThrow();
  expect(await commands.run('candidates', name)).toMatchObject({ candidates: [] });
  expect(await commands.run('choose', { ...name, remoteId: '1', same: true })).toHaveProperty('error');
  expect(await commands.run('unquiet', { records: [name] })).toEqual({ ended: 0 });
});
