import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/connect/connection.ts';
import { aboutAna } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';
import { reportingAna } from '../support/people.ts';

const all = (outcome: Outcome) => ({
  onEnd: { declined: outcome, canceled: outcome, merged: outcome, moved_out: outcome },
});
const there = (rig: MemoryRig, kind = 'applicant') => {
  const record = rig.pms.records.find((one) => one.kind === kind);
  return {
    decision: record?.decision,
    notes: (record?.notes ?? []).map((note) => note.replace(/ on .*/, '')),
  };
};

/** Applied, and then these, five minutes after each other. */
async function told(rig: MemoryRig, ...events: string[]): Promise<void> {
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  for (const [at, event] of events.entries()) {
    const status = event.endsWith('reverted') ? { id: 'a1', status: 'submitted' } : {};
    await rig.deliver(aboutAna(event, 5 + 5 * at, status));
    await rig.drain();
  }
}

describe('a decline', () => {
  it.each([
    ['status', { decision: 'No', notes: [] }],
    ['annotate', { decision: null, notes: ['BoomScreen: declined'] }],
    ['nothing', { decision: null, notes: [] }],
  ] as const)('with %s', async (outcome, expected) => {
    const rig = await memoryRig(all(outcome));
    await told(rig, 'application_declined');
    expect(there(rig)).toEqual(expected);
    expect(await rig.states()).toMatchObject([{ state: 'synced' }]);
  });

  it.each([
    ['status', { decision: 'No', notes: [] }],
    ['annotate', { decision: 'Open', notes: ['BoomScreen: declined'] }],
    ['nothing', { decision: 'Open', notes: [] }],
  ] as const)('with %s leaves no approval of ours standing', async (outcome, expected) => {
    const rig = await memoryRig(all(outcome));
    await told(rig, 'application_approved', 'application_declined');
    expect(there(rig)).toEqual(expected);
  });

  it('overwrites no decision of the landlord’s, whatever is wanted', async () => {
    for (const outcome of ['status', 'annotate', 'nothing'] as const) {
      const rig = await memoryRig(all(outcome));
      await told(rig);
      for (const record of rig.pms.records) record.decision = 'Yes';
      await rig.deliver(aboutAna('application_declined', 5));
      await rig.drain();
      expect(there(rig).decision).toBe('Yes');
    }
  });
});

describe('a cancellation and a merge', () => {
  it('have no word there, so that they are noted where they are wanted', async () => {
    for (const [outcome, notes] of [
      ['status', ['BoomScreen: canceled']],
      ['annotate', ['BoomScreen: canceled']],
      ['nothing', []],
    ] as const) {
      const rig = await memoryRig(all(outcome));
      await told(rig, 'application_canceled');
      expect(there(rig)).toEqual({ decision: null, notes });
    }
  });

  it('never delete the record', async () => {
    const rig = await memoryRig(all('status'));
    await told(rig, 'application_approved', 'application_canceled');
    expect(rig.pms.records).toHaveLength(1);
  });
});

describe('an approval', () => {
  it('is set as a status, and taken back as one, whatever is wanted of ends', async () => {
    const rig = await memoryRig(all('nothing'));
    await told(rig, 'application_approved');
    expect(there(rig).decision).toBe('Yes');
    await rig.deliver(aboutAna('application_decision_reverted', 30, { id: 'a1', status: 'submitted' }));
    await rig.drain();
    expect(there(rig)).toEqual({ decision: 'Open', notes: [] });
  });
});

describe('a move-out', () => {
  it.each([
    ['annotate', ['Rent reporting: ended', 'Rent reporting: moved out, says Boom,']],
    ['nothing', ['Rent reporting: ended']],
  ] as const)('with %s', async (outcome, notes) => {
    const rig = await memoryRig(all(outcome));
    const record = rig.pms.add('tenant', { name: 'Ana Ruiz', email: 'ana.ruiz@example.com', phone: null });
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.deliver(reportingAna('enrollment_approved'));
    await rig.drain();
    const fields = { ...record.fields };
    record.notes.length = 0;
    await rig.deliver(reportingAna('enrollment_moved_out'));
    await rig.drain();
    expect(there(rig, 'tenant').notes).toEqual(notes);
    expect(record.fields).toEqual(fields);
    expect(record.decision).toBeNull();
  });
});
