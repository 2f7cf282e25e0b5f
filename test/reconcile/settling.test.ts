import { describe, expect, it } from 'vitest';
import { aboutAna, buildiumRig, type Rig } from '../support/buildium.ts';
import type { EngineRig } from '../support/engine.ts';
import { memoryRig } from '../support/memory.ts';

const MINUTES = 10;

/** A delivery that Boom sends, and that arrives, so many minutes after the rig's clock. */
async function decided(rig: EngineRig, event: string, minutes: number, changes: object = {}): Promise<void> {
  const at = new Date(rig.now().getTime() + minutes * 60_000);
  await rig.deliver(aboutAna(event, 0, { application_updated_at: at.toISOString(), ...changes }), at);
}

async function withApplication(): Promise<Rig> {
  const rig = await buildiumRig({ decisionDelayMinutes: MINUTES });
  rig.buildium.add({
    FirstName: 'Ana',
    LastName: 'Ruiz',
    Email: 'ana.ruiz@example.com',
    Applications: [{ Id: 1, ApplicationStatus: 'New', ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z' }],
  });
  return rig;
}
const status = (rig: Rig) => [...rig.buildium.records.values()][0]?.Applications[0]?.ApplicationStatus;
const notes = (rig: Rig) => [...rig.buildium.notes.values()].flat().map(({ Note }) => Note);

describe('a decision settles before it is sent', () => {
  it('waits, while the fields are sent, and goes out when its time has come', async () => {
    const rig = await withApplication();
    await decided(rig, 'application_approved', -1);
    await rig.drain();
    expect(status(rig)).toBe('New');
    expect([...rig.buildium.records.values()][0]?.UnitId).toBe(10231);
    expect(await rig.states()).toMatchObject([
      { state: 'waiting', cause: 'settling', plan: { decision: { from: 'Undecided', to: 'Approved' } } },
    ]);
    rig.pass(MINUTES - 2);
    await rig.drain();
    expect(status(rig)).toBe('New');
    rig.pass(2);
    await rig.drain();
    expect(status(rig)).toBe('Approved');
    expect(await rig.states()).toMatchObject([{ state: 'synced', cause: null }]);
  });

  it('never reaches the PMS when it is taken back meanwhile', async () => {
    const rig = await withApplication();
    await decided(rig, 'application_approved', -1);
    await rig.drain();
    rig.pass(5);
    await decided(rig, 'application_decision_reverted', 0, { id: 'a1', status: 'submitted' });
    await rig.drain();
    rig.pass(MINUTES * 3);
    await rig.drain();
    expect(status(rig)).toBe('New');
    expect(notes(rig)).toEqual([]);
    expect((await rig.attempts()).filter(({ action }) => action === 'decide')).toEqual([]);
    expect(await rig.states()).toMatchObject([{ state: 'synced' }]);
  });

  it('waits as a note too', async () => {
    const rig = await buildiumRig({ decisionDelayMinutes: MINUTES });
    await decided(rig, 'application_approved', -1);
    await rig.drain();
    expect(notes(rig)).toEqual([]);
    expect(await rig.states()).toMatchObject([
      { cause: 'settling', plan: { record: 'create', notes: [expect.stringContaining('approved')] } },
    ]);
    rig.pass(MINUTES);
    await rig.drain();
    expect(notes(rig)).toHaveLength(1);
  });

  it('settles from when it arrived, however old it says that it is', async () => {
    const rig = await withApplication();
    await decided(rig, 'application_approved', -10 * MINUTES);
    await rig.drain();
    expect(status(rig)).toBe('New');
    expect(await rig.states()).toMatchObject([{ state: 'waiting', cause: 'settling' }]);
    rig.pass(MINUTES / 2);
    await rig.stores.sync.makeDue({});
    await rig.drain();
    expect(status(rig)).toBe('New');
    rig.pass(MINUTES / 2);
    await rig.drain();
    expect(status(rig)).toBe('Approved');
  });

  it('settles anew when Boom decides otherwise meanwhile', async () => {
    const rig = await withApplication();
    await decided(rig, 'application_approved', -10 * MINUTES);
    await rig.drain();
    rig.pass(MINUTES - 1);
    await decided(rig, 'application_declined', -5 * MINUTES);
    await rig.drain();
    rig.pass(MINUTES - 1);
    await rig.drain();
    expect(status(rig)).toBe('New');
  });

  it('has settled by what a preview saw of it', async () => {
    const rig = await memoryRig({ decisionDelayMs: MINUTES * 60_000, mode: 'preview' });
    const there = rig.pms.add('applicant', { name: 'Ana Ruiz', email: 'ana.ruiz@example.com', phone: null });
    await decided(rig, 'application_approved', -1);
    await rig.drain();
    rig.pass(MINUTES);
    rig.reconnect(rig.pms.connection({ decisionDelayMs: MINUTES * 60_000 }));
    await rig.drain();
    expect(there.decision).toBe('Yes');
  });

  it('waits no longer than the landlord said, though a clock was set back', async () => {
    const rig = await withApplication();
    await decided(rig, 'application_approved', 600);
    await rig.drain();
    const next = await rig.stores.sync.nextAttempt('oak');
    expect(Date.parse(next ?? '') - rig.now().getTime()).toBeLessThanOrEqual(MINUTES * 60_000);
  });

  it('says what somebody edited there before it says that a decision waits', async () => {
    const rig = await memoryRig({ decisionDelayMs: MINUTES * 60_000 });
    rig.pms.add('applicant', { name: 'Ana Ruiz', email: 'ana.ruiz@example.com', phone: 'edited' });
    await decided(rig, 'application_approved', -1);
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'parked', cause: 'edited_there' }]);
    rig.pass(MINUTES);
    await rig.drain();
    expect(rig.pms.records[0]?.decision).toBe('Yes');
  });
});
