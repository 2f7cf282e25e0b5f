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
