import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/connect/connection.ts';
import type { Fields, Remote } from '../../src/connect/contract.ts';
import { connectionOf, desiredOf, faultOf } from '../connect/support.ts';
import { type FakeBuildium, startFakeBuildium } from '../fakes/buildium.ts';

let fake: FakeBuildium;
let connection: Connection;

beforeEach(async () => {
  fake = await startFakeBuildium();
  connection = await connectionOf({ server: fake.url, units: { 'Oak Street / 4B': '10231' } });
});

afterEach(() => fake.close());

async function updated(remote: Remote, changes: Fields): Promise<void> {
  await connection.connector.update('applicant', remote.id, changes, { ...remote.fields, ...changes });
}

async function readBack(id: number | string): Promise<Remote> {
  const remote = await connection.connector.read('applicant', String(id));
  if (remote === null) throw new Error('it is not there');
  return remote;
}

describe('Buildium, the decision', () => {
  const application = (Id: number, ApplicationStatus: string, day: string) => ({
    Id,
    ApplicationStatus,
    ApplicationSubmittedDateTime: `2026-11-${day}T00:00:00Z`,
  });

  it('is set on the newest application of that person, and never on the group', async () => {
    const Applications = [application(7, 'New', '02'), application(8, 'Rejected', '01')];
    const { Id } = fake.add({ Applications });
    expect(await connection.connector.decision?.('applicant', String(Id))).toEqual({
      value: 'Undecided',
      open: true,
      locked: false,
    });
    await connection.connector.decide?.('applicant', String(Id), 'Approved');
    expect(Applications.map(({ ApplicationStatus }) => ApplicationStatus)).toEqual(['Approved', 'Rejected']);
    expect(fake.log.at(-1)).toMatchObject({
      path: `/v1/applicants/${Id}/applications/7`,
      body: { ApplicationStatus: 'Approved' },
    });
    expect([...fake.requests.keys()].some((route) => route.includes('groups'))).toBe(false);
  });

  it('is nothing where nobody has applied in Buildium', async () => {
    const { Id } = fake.add({ Applications: [application(7, 'Draft', '02')] });
    expect(await connection.connector.decision?.('applicant', String(Id))).toBeNull();
    const decide = connection.connector.decide?.('applicant', String(Id), 'Approved');
    expect((await faultOf(Promise.resolve(decide))).kind).toBe('not_found');
  });

  it.each([
    [{ Applications: [application(7, 'AddedToLease', '02')] }],
    [{ Applications: [application(7, 'AddedToDraftLease', '02')] }],
    [{ Applications: [application(7, 'Approved', '02')], Status: 'AddedToLease' }],
    [{ Applications: [application(7, 'Approved', '02')], TenantId: 12 }],
    [{ Applications: [application(7, 'New', '03'), application(6, 'AddedToLease', '02')] }],
  ])('is not ours any more once there is a lease: %j', async (record) => {
    const { Id } = fake.add(structuredClone(record));
    expect((await connection.connector.decision?.('applicant', String(Id)))?.locked).toBe(true);
    const decide = connection.connector.decide?.('applicant', String(Id), 'Rejected');
    expect((await faultOf(Promise.resolve(decide))).kind).toBe('conflict');
    expect(fake.requests.has('PUT /v1/applicants/{id}/applications/{id}')).toBe(false);
  });

  it('that a landlord has made or put off is not open', async () => {
    for (const status of ['Approved', 'Rejected', 'Cancelled', 'Deferred']) {
      const { Id } = fake.add({ Applications: [application(7, status, '02')] });
      expect(await connection.connector.decision?.('applicant', String(Id))).toEqual({
        value: status,
        open: false,
        locked: false,
      });
    }
  });

  it('is not written twice', async () => {
    const { Id } = fake.add({ Applications: [application(7, 'Approved', '02')] });
    await connection.connector.decide?.('applicant', String(Id), 'Approved');
    expect(fake.requests.has('PUT /v1/applicants/{id}/applications/{id}')).toBe(false);
  });

  it('is looked up without reading what the person wrote into the application', async () => {
    const { Id } = fake.add({ Applications: [application(7, 'New', '02')] });
    await connection.connector.decision?.('applicant', String(Id));
    await connection.connector.decide?.('applicant', String(Id), 'Approved');
    expect(fake.requests.has('GET /v1/applicants/{id}/applications')).toBe(false);
  });
});

describe('Buildium, notes', () => {
  const marker = '[boomsync approved 2026-11-12]';

  it('carry their marker and are found again by it', async () => {
    const { Id } = fake.add({});
    fake.notes.set(Id, [{ Id: 1, Note: 'Called on Monday' }]);
    const text = 'BoomScreen: approved on 12 Nov 2026. Details in Boom.';
    await connection.connector.addNote?.('applicant', String(Id), { marker, text });
    await connection.connector.addNote?.('applicant', String(Id), { marker, text: `${text} ${marker}` });
    expect(await connection.connector.notes?.('applicant', String(Id))).toEqual([
      { marker: '', text: 'Called on Monday' },
      { marker, text: `${text} ${marker}` },
      { marker, text: `${text} ${marker}` },
    ]);
  });

  it('are all read, however many there are', async () => {
    const { Id } = fake.add({});
    fake.notes.set(
      Id,
      Array.from({ length: 230 }, (_, n) => ({ Id: n, Note: `Note ${n}` })),
    );
    expect(await connection.connector.notes?.('applicant', String(Id))).toHaveLength(230);
  });
});

describe('Buildium, what leaves this machine', () => {
  it('is only fields of the field map, whatever was read', async () => {
    const desired = await desiredOf(connection, {}, '10231');
    const created = await connection.connector.create('applicant', desired.fields, 'key', desired);
    await updated(await readBack(created.id), { Email: 'new@example.com' });
    await connection.connector.addNote?.('applicant', created.id, {
      marker: '[boomsync x 1]',
      text: 'Short.',
    });
    const allowed = ['FirstName', 'LastName', 'Email', 'PhoneNumbers', 'UnitId'];
    const bodies = fake.log
      .filter(({ body }) => body !== null)
      .map(({ body }) => Object.keys(body as object));
    expect(bodies).toHaveLength(3);
    expect(bodies[0]?.filter((name) => !allowed.includes(name))).toEqual(['SendRentalApplicationEmail']);
    expect(bodies[1]?.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(bodies[2]).toEqual(['Note']);
  });

  it('is refused where it stands in no field map', async () => {
    const { Id } = fake.add({});
    const fault = await faultOf(updated(await readBack(Id), { TaxId: '123-45-6789' }));
    expect(fault.fields).toEqual(['TaxId']);
    expect(fault.message).not.toContain('6789');
  });

  it('goes with the landlord’s key in the headers only', async () => {
    await connection.connector.check();
    expect(fake.log[0]?.headers).toMatchObject({
      'x-buildium-client-id': 'an-id',
      'x-buildium-client-secret': 'a-secret-nobody-may-see',
    });
    expect(fake.log[0]?.headers['user-agent']).toMatch(/^boomsync\/\d/);
    expect(fake.log[0]?.query).toEqual({ limit: '1' });
  });
});
