/** What Boom does to applications and by itself, and what becomes of the records in the PMS. */
import { describe, expect, it } from 'vitest';
import { bookSource } from '../read/source.ts';
import { aboutAna, buildiumRig } from '../support/buildium.ts';

const APPLICATION = { Id: 1, ApplicationStatus: 'New', ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z' };
const ANA = { FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana.ruiz@example.com' };
const time = (minute: number) => new Date(Date.UTC(2026, 10, 1, 12, minute)).toISOString();

describe('a decision that is taken back', () => {
  it('is taken back over there while the record is not on a lease', async () => {
    const rig = await buildiumRig();
    const there = rig.buildium.add({ ...ANA, Applications: [{ ...APPLICATION }] });
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    expect(there.Applications[0]?.ApplicationStatus).toBe('Approved');
    await rig.deliver(aboutAna('application_decision_reverted', 5, { id: 'a1', status: 'submitted' }));
    await rig.drain();
    expect(there.Applications[0]?.ApplicationStatus).toBe('Undecided');
  });

  it('asks for a person where the record is on a lease, and writes nothing', async () => {
    const rig = await buildiumRig();
    const there = rig.buildium.add({ ...ANA, Applications: [{ ...APPLICATION }] });
    await rig.deliver(aboutAna('application_approved', 1));
    await rig.drain();
    const [application] = there.Applications;
    if (application === undefined) throw new Error('There is no application');
    application.ApplicationStatus = 'AddedToLease';
    await rig.deliver(aboutAna('application_decision_reverted', 5, { id: 'a1', status: 'submitted' }));
    await rig.drain();
    expect(application.ApplicationStatus).toBe('AddedToLease');
    expect(await rig.states()).toMatchObject([{ state: 'parked', cause: 'on_a_lease' }]);
  });
});

describe('a merge', () => {
  it('marks the record of the merged application and deletes nothing; what comes late goes to the target', async () => {
    const rig = await buildiumRig({ units: { '4B': '10231', '5C': '10232' } });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    const [source] = rig.buildium.records.values();
    await rig.deliver({
      event: 'application_merged',
      request_id: 'm1',
      target_application_id: 'a2',
      merged_application_ids: ['a1'],
      merged_at: time(5),
    });
    await rig.deliver(
      aboutAna('application_updated', 6, { application_id: 'a2', unit: '5C', status: 'submitted' }),
    );
    await rig.drain();
    expect(source && rig.buildium.records.has(source.Id)).toBe(true);
    const notes = [...rig.buildium.notes.values()].flat().map((note) => note.Note);
    expect(notes).toEqual([
      expect.stringContaining('BoomScreen: merged into another application on 1 Nov 2026'),
    ]);

    await rig.deliver(aboutAna('application_approved', 9));
    await rig.drain();
    const [ana] = await rig.tenants();
    const standing = ana?.applications.map(({ id, leasing, mergedInto }) => [id, leasing, mergedInto]);
    expect(standing).toEqual([
      ['a1', 'merged', 'a2'],
      ['a2', 'approved', null],
    ]);
  });
});

describe('where Boom itself pushed the applicant into Buildium', () => {
  it('that record is taken over and no second one made', async () => {
    const rig = await buildiumRig();
    const pushed = rig.buildium.add({ ...ANA, Applications: [{ ...APPLICATION }] });
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.deliver(
      aboutAna('push_applicants_to_property_management_system', 2, { pms_push_status: 'success' }),
    );
    await rig.drain();
    expect(rig.buildium.records.size).toBe(1);
    expect(await rig.states()).toMatchObject([{ state: 'synced', remoteId: String(pushed.Id) }]);
    expect(await rig.stores.tenants.countPushFailures()).toBe(0);
  });

  it('a failure of that is told until it worked, or until the landlord put it aside', async () => {
    const boom = bookSource();
    const rig = await buildiumRig({}, boom);
    const push = (minute: number, changes: object) =>
      rig.deliver(aboutAna('push_applicants_to_property_management_system', minute, changes));
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await push(2, { pms_push_status: 'failed', error_message: 'unit not found' });
    await rig.drain();
    const [failure] = await rig.stores.tenants.pushFailures();
    expect(failure?.record.boomPush).toMatchObject({
      status: 'failed',
      error: 'unit not found',
      failed: true,
    });

    expect(await rig.stores.tenants.ignorePushFailure(failure?.record.id ?? '')).toBe(1);
    expect(await rig.stores.tenants.countPushFailures()).toBe(0);
    await rig.deliver(
      aboutAna('push_applicants_to_property_management_system', 9, { pms_push_status: 'error' }),
      new Date('2026-11-20T18:00:00.000Z'),
    );
    await rig.drain();
    expect(await rig.stores.tenants.countPushFailures()).toBe(1);
    await rig.deliver(
      aboutAna('push_applicants_to_property_management_system', 15, { pms_push_status: 'success' }),
      new Date('2026-11-20T19:00:00.000Z'),
    );
    await rig.drain();
    expect(await rig.stores.tenants.countPushFailures()).toBe(0);
  });
});
