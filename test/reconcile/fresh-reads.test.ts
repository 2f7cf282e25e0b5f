/** What Boom's API adds before and after a record is made. */
import { describe, expect, it } from 'vitest';
import { PushError } from '../../src/http/push-error.ts';
import { anApplication, bookSource } from '../read/source.ts';
import { aboutAna, buildiumRig } from '../support/buildium.ts';

const ANA = {
  id: 'p1',
  first_name: 'Ana',
  last_name: 'Ruiz',
  email: 'ana.ruiz@example.com',
  phone: '+15125550199',
  external_id: 'ext-ana',
  role: 'applicant',
  application_status: 'submitted',
};
const UNIT = { id: 'u1', title: '4B', property: null };
const application = (changes = {}) =>
  anApplication('a1', {
    applicants: [ANA],
    application_updated_at: '2026-11-01T12:05:00.000Z',
    ...changes,
  });

describe('with API keys', () => {
  it('a record is made of what Boom shows, not of what its message said', async () => {
    const boom = bookSource();
    boom.book.units.push(UNIT);
    boom.book.applications.push(application());
    const rig = await buildiumRig({}, boom);
    await rig.deliver(aboutAna('applicant_submitted', 1, { phone: '+15125550143' }));
    await rig.drain();
    expect([...rig.buildium.records.values()]).toMatchObject([
      { PhoneNumbers: [{ Number: '(512) 555-0199' }] },
    ]);
    expect(rig.buildium.requests.get('POST /v1/applicants')).toBe(1);
    expect(rig.buildium.requests.get('PUT /v1/applicants/{id}') ?? 0).toBe(0);
  });

  it('a record waits while Boom does not answer, five minutes at most', async () => {
    const boom = bookSource();
    boom.before = () => {
      throw new PushError('transient', 'Boom did not answer in time.', {
        remedy: 'Wait.',
        unreachable: true,
      });
    };
    const rig = await buildiumRig({}, boom);
    await rig.deliver(aboutAna('applicant_submitted', 1), new Date('2026-11-23T12:00:00.000Z'));
    await rig.drain();
    expect(rig.buildium.records.size).toBe(0);
    expect(await rig.states()).toMatchObject([{ state: 'waiting', cause: 'fresh_read', remoteId: null }]);
    // Nor is anything looked up over there meanwhile.
    expect([...rig.buildium.requests.keys()]).toEqual([]);
    rig.pass(4);
    await rig.drain();
    expect(rig.buildium.records.size).toBe(0);
    rig.pass(2);
    await rig.drain();
    expect(rig.buildium.records.size).toBe(1);
    expect(await rig.states()).toMatchObject([{ state: 'synced' }]);
  });

  it('a record that we know goes on while Boom does not answer', async () => {
    const boom = bookSource();
    const rig = await buildiumRig({}, boom);
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    boom.before = () => {
      throw new PushError('transient', 'Boom did not answer in time.', {
        remedy: 'Wait.',
        unreachable: true,
      });
    };
    await rig.deliver(
      aboutAna('applicant_submitted', 2, { phone: '+15125550177' }),
      new Date('2026-11-23T12:00:00.000Z'),
    );
    await rig.drain();
    expect([...rig.buildium.records.values()]).toMatchObject([
      { PhoneNumbers: [{ Number: '(512) 555-0177' }] },
    ]);
  });

  it('nobody waits where Boom has told all there is', async () => {
    const boom = bookSource();
    const rig = await buildiumRig({}, boom);
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    expect(rig.buildium.records.size).toBe(1);
  });

  it('rent reporting that names only ids finds the person, and the unit by the address', async () => {
    const boom = bookSource();
    boom.book.customers.push({ id: 'c1', first_name: 'Cleo', last_name: 'Park', email: 'cleo@example.com' });
    boom.book.enrollments.push({
      id: 'e1',
      customer_id: 'c1',
      status: 'approved',
      address: '4 Elm Court, Apt 12',
    });
    const rig = await buildiumRig({}, boom);
    await rig.deliver({
      event: 'enrollment_approved',
      request_id: 'r1',
      customer_id: 'c1',
      enrollment_id: 'e1',
    });
    await rig.drain();
    const [cleo] = await rig.tenants();
    expect(cleo).toMatchObject({
      person: { firstName: 'Cleo', lastName: 'Park', email: 'cleo@example.com' },
      knownOnlyById: false,
      residencies: [{ status: 'unknown', unit: { address: '4 Elm Court, Apt 12' } }],
    });
    expect(rig.buildium.records.size).toBe(0);
  });

  it('a decision of which the message was lost is found by the next message', async () => {
    const boom = bookSource();
    boom.book.units.push(UNIT);
    boom.book.applications.push(application());
    const rig = await buildiumRig({}, boom);
    await rig.deliver(aboutAna('applicant_submitted', 1));
    await rig.drain();
    boom.book.applications[0] = application({
      status: 'rejected',
      decision_at: '2026-11-02T09:00:00.000Z',
      application_updated_at: '2026-11-02T09:00:00.000Z',
    });
    await rig.deliver(aboutAna('applicant_receipt', 2));
    await rig.drain();
    const [ana] = await rig.tenants();
    expect(ana?.applications).toMatchObject([{ leasing: 'declined', decidedAt: '2026-11-02T09:00:00.000Z' }]);
  });
});
