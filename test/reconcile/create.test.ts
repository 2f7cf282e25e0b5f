import { describe, expect, it } from 'vitest';
import { PushError } from '../../src/http/push-error.ts';
import { approvable } from '../../src/reconcile/approvals.ts';
import { aboutAna } from '../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../support/memory.ts';
import { aboutNth, reportingAna } from '../support/people.ts';

const DAY = 24 * 60;
const applicants = (rig: MemoryRig) => rig.pms.records.filter(({ kind }) => kind === 'applicant');
const causes = async (rig: MemoryRig) =>
  (await rig.states()).map(({ state, cause }) => cause ?? state).sort();

async function submitted(rig: MemoryRig, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n += 1) await rig.deliver(aboutNth(n, 'applicant_submitted'));
  await rig.drain();
}

async function approveAll(rig: MemoryRig): Promise<void> {
  const states = approvable(rig.connection, await rig.stores.sync.problems());
  await rig.stores.sync.approve(states, rig.now().toISOString(), true);
  await rig.drain();
}

describe('the quota on new records', () => {
  it('holds what is beyond it, says what to do, and makes it when a person lets it', async () => {
    const rig = await memoryRig({ createsPerDay: 3, concurrency: 4 });
    await submitted(rig, 1, 8);
    expect(applicants(rig)).toHaveLength(3);
    expect(await causes(rig)).toEqual([...Array(5).fill('over_quota'), 'synced', 'synced', 'synced']);
    const held = (await rig.states()).find(({ cause }) => cause === 'over_quota');
    expect(held).toMatchObject({
      message: 'More new records in Memory within a day than "createsPerDay" allows: this one waits for you',
      remedy: expect.stringContaining('boomsync approve memory'),
      plan: { record: 'create', fields: [{ field: 'name' }, { field: 'email' }] },
      intent: null,
    });
    await approveAll(rig);
    expect(applicants(rig)).toHaveLength(8);
    expect(await causes(rig)).toEqual(Array(8).fill('synced'));
  });

  it('does not heal by itself: a thousand forged applicants do not drip in day by day', async () => {
    const rig = await memoryRig({ createsPerDay: 2 });
    await submitted(rig, 1, 5);
    for (let day = 0; day < 3; day += 1) {
      rig.pass(DAY + 1);
      // A fault in between, a retry and news of theirs are no approval.
      rig.pms.faults.set('find', new PushError('transient', 'It broke.', { remedy: 'Wait.' }));
      for (let n = 1; n <= 5; n += 1)
        await rig.deliver(
          aboutNth(n, 'application_updated', 10 + day, { status: 'submitted', unit: `${day}` }),
        );
      await rig.drain();
      rig.pass(5);
      await rig.drain();
      await rig.stores.sync.makeDue({ in: ['parked'] });
      await rig.drain();
    }
    expect(applicants(rig)).toHaveLength(2);
    expect((await causes(rig)).filter((cause) => cause === 'over_quota')).toHaveLength(3);
  });

  it('has room again a day later, for those who come then', async () => {
    const rig = await memoryRig({ createsPerDay: 2 });
    await submitted(rig, 1, 2);
    rig.pass(DAY - 1);
    await submitted(rig, 3, 3);
    expect(applicants(rig)).toHaveLength(2);
    rig.pass(2);
    await submitted(rig, 4, 4);
    expect(applicants(rig).map(({ fields }) => fields.name)).toEqual([
      'Ana1 Ruiz1',
      'Ana2 Ruiz2',
      'Ana4 Ruiz4',
    ]);
  });

  it('is not used up by what a person let through', async () => {
    const rig = await memoryRig({ createsPerDay: 1 });
    await submitted(rig, 1, 4);
    await approveAll(rig);
    expect(applicants(rig)).toHaveLength(4);
    rig.pass(DAY + 1);
    await submitted(rig, 5, 5);
    expect(applicants(rig)).toHaveLength(5);
  });

  it('counts a create of which nobody heard, and finishes it without counting it twice', async () => {
    const rig = await memoryRig({ createsPerDay: 1 });
    const lost = new PushError('unknown_outcome', 'Nobody knows.', { remedy: 'Wait.' });
    rig.pms.faults.set('create', lost);
    await submitted(rig, 1, 1);
    expect(await rig.states()).toMatchObject([{ state: 'creating' }]);
    await submitted(rig, 2, 2);
    expect(applicants(rig)).toHaveLength(0);
    rig.pass(5);
    await rig.drain();
    expect(applicants(rig).map(({ fields }) => fields.name)).toEqual(['Ana1 Ruiz1']);
  });

  it('counts a create of which nobody ever heard, however old it is', async () => {
    const rig = await memoryRig({ createsPerDay: 1 });
    rig.pms.faults.set('create', new PushError('unknown_outcome', 'Nobody knows.', { remedy: 'Wait.' }));
    await submitted(rig, 1, 1);
    rig.pms.faults.set('find', new PushError('invalid', 'It refused.', { remedy: 'Mend it.' }));
    rig.pass(DAY + 1);
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'parked', intent: { email: 'ana1@example.com' } }]);
    await submitted(rig, 2, 2);
    expect(await causes(rig)).toEqual(['invalid', 'over_quota']);
  });

  it('does not count what the PMS refused', async () => {
    const rig = await memoryRig({ createsPerDay: 1 });
    rig.pms.faults.set('create', new PushError('invalid', 'It refused.', { remedy: 'Mend it.' }));
    await submitted(rig, 1, 1);
    await submitted(rig, 2, 2);
    expect(await causes(rig)).toEqual(['invalid', 'synced']);
  });

  it('adopts what a person added in the meantime, whatever the quota', async () => {
    const rig = await memoryRig({ createsPerDay: 0 });
    await submitted(rig, 1, 1);
    expect(await causes(rig)).toEqual(['over_quota']);
    rig.pms.add('applicant', { name: 'Ana1 Ruiz1', email: 'ana1@example.com', phone: null });
    await rig.stores.sync.makeDue({ in: ['parked'] });
    await rig.drain();
    expect(await causes(rig)).toEqual(['synced']);
    expect(applicants(rig)).toHaveLength(1);
  });

  it('makes what was shown in the preview, once it is live', async () => {
    const rig = await memoryRig({ createsPerDay: 1, mode: 'preview' });
    await submitted(rig, 1, 3);
    await rig.stores.sync.approve(await rig.states(), rig.now().toISOString());
    rig.reconnect(rig.pms.connection({ createsPerDay: 1 }));
    await rig.drain();
    expect(applicants(rig)).toHaveLength(3);
  });

  it('is not forgotten when a person approves while the pass is under way', async () => {
    const rig = await memoryRig({ createsPerDay: 0 });
    await submitted(rig, 1, 1);
    await rig.stores.sync.makeDue({ in: ['parked'] });
    let asked = false;
    await rig.drain(async (step) => {
      if (step !== 'intent' || asked) return;
      asked = true;
      await rig.stores.sync.approve(await rig.states(), rig.now().toISOString());
    });
    await rig.drain();
    expect(await causes(rig)).toEqual(['synced']);
  });
});

describe('a promotion to tenant', () => {
  const resident = async (rig: MemoryRig) => {
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.deliver(reportingAna('enrollment_approved'));
    await rig.drain();
  };
  const tenantState = async (rig: MemoryRig) => (await rig.states()).find(({ kind }) => kind === 'tenant');
  const tenants = (rig: MemoryRig) => rig.pms.records.filter(({ kind }) => kind === 'tenant');

  it('makes no tenant where only applicants are made, whoever is named', async () => {
    const rig = await memoryRig();
    await resident(rig);
    const state = await tenantState(rig);
    expect(state).toMatchObject({ state: 'parked', cause: 'not_there' });
    expect(approvable(rig.connection, await rig.states())).toEqual([]);
    await rig.stores.sync.approve(state ? [state] : [], rig.now().toISOString(), true);
    await rig.drain();
    expect(tenants(rig)).toEqual([]);
  });

  it('asks for each person, and makes the tenant once it is let', async () => {
    const rig = await memoryRig({ create: 'tenant' });
    await resident(rig);
    expect(await tenantState(rig)).toMatchObject({
      state: 'parked',
      cause: 'not_there',
      remedy: expect.stringContaining('boomsync approve memory t1'),
      plan: { record: 'create' },
    });
    expect(tenants(rig)).toEqual([]);
    await approveAll(rig);
    expect(tenants(rig)).toHaveLength(1);
    expect(await tenantState(rig)).toMatchObject({ state: 'synced' });
  });

  it('makes none where the PMS has no request for it', async () => {
    const rig = await memoryRig({ create: 'tenant' }, { creates: ['applicant'] });
    await resident(rig);
    expect(approvable(rig.connection, await rig.states())).toEqual([]);
    await approveAll(rig);
    expect(tenants(rig)).toEqual([]);
  });

  it('finds the tenant who is there, and makes none', async () => {
    const rig = await memoryRig();
    rig.pms.add('tenant', { name: 'Ana Ruiz', email: 'ana.ruiz@example.com', phone: null });
    await resident(rig);
    expect(tenants(rig)).toHaveLength(1);
    expect(await tenantState(rig)).toMatchObject({ state: 'synced', remoteId: '1001' });
  });
});

describe('a connection that makes nobody', () => {
  it('makes the one who is named, and nobody who was approved before', async () => {
    const rig = await memoryRig({ create: 'never', createsPerDay: 0 });
    await submitted(rig, 1, 2);
    const [first, second] = await rig.states();
    if (first === undefined || second === undefined) throw new Error('nobody waits');
    expect([first, second]).toMatchObject([
      { cause: 'not_there', plan: { record: 'create' } },
      { cause: 'not_there', remedy: expect.stringContaining('boomsync approve memory') },
    ]);
    await rig.stores.sync.approve([first], rig.now().toISOString());
    await rig.drain();
    expect(applicants(rig)).toEqual([]);
    await rig.stores.sync.approve([second], rig.now().toISOString(), true);
    await rig.drain();
    expect(applicants(rig)).toMatchObject([{ fields: { name: 'Ana2 Ruiz2' } }]);
    expect(await causes(rig)).toEqual(['not_there', 'synced']);
  });

  it('makes none who is named where the PMS has no request for it, or the application has ended', async () => {
    const rig = await memoryRig({ create: 'never' }, { creates: [] });
    await submitted(rig, 1, 1);
    expect(approvable(rig.connection, await rig.states())).toEqual([]);
    await rig.stores.sync.approve(await rig.states(), rig.now().toISOString(), true);
    await rig.drain();
    expect(applicants(rig)).toEqual([]);
    rig.reconnect(rig.pms.connection({ create: 'never' }));
    await rig.deliver(aboutNth(1, 'application_canceled', 5));
    await rig.drain();
    expect(applicants(rig)).toEqual([]);
    expect(await causes(rig)).toEqual(['ended']);
  });

  it('asks for the unit before it makes the one who is named', async () => {
    const rig = await memoryRig({ create: 'never' }, { unitId: 'required' });
    await submitted(rig, 1, 1);
    await rig.stores.sync.approve(await rig.states(), rig.now().toISOString(), true);
    await rig.drain();
    expect(applicants(rig)).toEqual([]);
    expect(await causes(rig)).toEqual(['unmapped_unit']);
  });
});
