/** What a landlord says about who is who, and what becomes of it in the PMS. */
import { describe, expect, it } from 'vitest';
import { aboutAna, buildiumRig } from '../support/buildium.ts';
import { say } from '../support/corrections.ts';

const NO_IDS = { application_id: null, external_id: null, unit: null };

describe('a join that only name, e-mail and phone made', () => {
  it('lets its decision through once the landlord has confirmed it', async () => {
    const rig = await buildiumRig();
    const there = rig.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      Applications: [
        { Id: 1, ApplicationStatus: 'New', ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z' },
      ],
    });
    const sure = await rig.deliver(aboutAna('applicant_submitted', 1));
    const weak = await rig.deliver(aboutAna('application_approved', 5, NO_IDS));
    await rig.drain();
    expect(await rig.states()).toMatchObject([{ state: 'parked', cause: 'weak_match' }]);
    expect(there.Applications[0]?.ApplicationStatus).toBe('New');

    const said = await say(rig, 'tenants_same', [
      { eventId: sure, position: 0 },
      { eventId: weak, position: 0 },
    ]);
    expect(said.status).toBe('projected');
    await rig.drain();
    expect(there.Applications[0]?.ApplicationStatus).toBe('Approved');
    expect(await rig.states()).toMatchObject([{ state: 'synced' }]);
    expect(rig.buildium.records.size).toBe(1);
  });

  it('takes it away once the landlord has undone it, and neither has the other’s outcome', async () => {
    const rig = await buildiumRig();
    const sure = await rig.deliver(aboutAna('applicant_submitted', 1));
    const weak = await rig.deliver(aboutAna('application_approved', 5, NO_IDS));
    await rig.drain();
    await say(rig, 'tenants_different', [
      { eventId: sure, position: 0 },
      { eventId: weak, position: 0 },
    ]);
    await rig.drain();
    expect((await rig.tenants()).map(({ stage, weaklyJoined }) => [stage, weaklyJoined])).toEqual([
      ['submitted', false],
      ['approved', false],
    ]);
    const [first] = await rig.states();
    expect(first).toMatchObject({ state: 'synced' });
    expect([...rig.buildium.notes.values()].flat()).toEqual([]);
  });
});

describe('two people who were taken for one', () => {
  it('each keep their own record over there once they are set apart', async () => {
    const rig = await buildiumRig({ units: { '4B': '10231', '5C': '10232', '6D': '10233' } });
    const household = { phone: '5125550143', email: 'ruiz@example.com', external_id: 'H12' };
    const sam = { ...household, first_name: 'Sam' };
    const samantha = {
      ...household,
      first_name: 'Samantha',
      unit: '5C',
      application_id: 'a2',
    };
    const first = await rig.deliver(aboutAna('applicant_submitted', 1, sam));
    await rig.drain();
    const second = await rig.deliver(aboutAna('applicant_submitted', 2, samantha));
    await rig.drain();
    const [tenant, ...others] = await rig.tenants();
    expect(others).toEqual([]);
    await say(rig, 'tenants_different', [
      { eventId: first, position: 0 },
      { eventId: second, position: 0 },
    ]);
    await rig.drain();
    await rig.deliver(aboutAna('application_declined', 5, { ...sam, unit: '6D', application_id: 'a3' }));
    await rig.drain();
    const hers = [...rig.buildium.records.values()].find(({ UnitId }) => UnitId === 10232);
    expect(hers).toMatchObject({ FirstName: 'Samantha', Email: 'ruiz@example.com' });
    const states = await rig.states();
    expect(states.find(({ remoteId }) => remoteId === String(hers?.Id))?.tenantId).not.toBe(tenant?.id);
    expect(states.filter(({ cause }) => cause === 'superseded')).toEqual([]);
  });
});
