import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/connect/connection.ts';
import type { Fields, Remote } from '../../src/connect/contract.ts';
import { connectionOf, desiredOf, faultOf, scopeOf } from '../connect/support.ts';
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

describe('Buildium, what we want there', () => {
  it('is a person and a unit, and no more', async () => {
    expect(await connection.desire('applicant', scopeOf({ unitId: '10231' }))).toEqual({
      FirstName: 'Ana',
      LastName: 'Sample',
      Email: 'ana@example.com',
      'PhoneNumbers.Mobile': '(312) 555-0123',
      UnitId: 10231,
    });
  });

  it('leaves alone what Boom does not know', async () => {
    const person = { firstName: 'Ana', lastName: 'Sample', email: null, phone: null };
    expect(await connection.desire('applicant', scopeOf({ person }))).toEqual({
      FirstName: 'Ana',
      LastName: 'Sample',
    });
  });

  it('keeps a number from abroad as it is', async () => {
    const desired = await desiredOf(connection, { phone: '+447911123456' });
    expect(desired.fields['PhoneNumbers.Mobile']).toBe('+447911123456');
  });

  it('never has a conditional approval for an approval', () => {
    expect(connection.decisionFor('approved')).toBe('Approved');
    expect(connection.decisionFor('declined')).toBe('Rejected');
    expect(connection.decisionFor('canceled')).toBe('Cancelled');
    expect(connection.decisionFor('in_review')).toBe('Undecided');
    for (const leasing of ['approved_with_conditions', 'invited', 'applying', 'submitted', 'merged'] as const)
      expect(connection.decisionFor(leasing)).toBeNull();
  });
});

describe('Buildium, looking somebody up', () => {
  it('takes only an exact address among those that contain it', async () => {
    fake.add({ Email: 'juana@example.com' });
    fake.add({ Email: 'ana@example.com.mx' });
    const right = fake.add({ Email: 'ANA@example.com', FirstName: 'ana', LastName: 'SAMPLE' });
    const found = await connection.connector.find('applicant', await desiredOf(connection));
    expect(found.map(({ id }) => id)).toEqual([String(right.Id)]);
  });

  it('reads every page', async () => {
    for (let n = 0; n < 250; n += 1) fake.add({ Email: `x${n}ana@example.com` });
    const right = fake.add({ Email: 'ana@example.com' });
    const found = await connection.connector.find('applicant', await desiredOf(connection));
    expect(found.map(({ id }) => id)).toEqual([String(right.Id)]);
    expect(fake.requests.get('GET /v1/applicants')).toBe(3);
  });

  it('shows both of two who are alike, and guesses about neither', async () => {
    fake.add({ Email: 'ana@example.com' });
    fake.add({ Email: 'ana@example.com' });
    expect(await connection.connector.find('applicant', await desiredOf(connection))).toHaveLength(2);
  });

  it('knows one of a couple who share an address', async () => {
    fake.add({ Email: 'ana@example.com', FirstName: 'Luis' });
    const right = fake.add({ Email: 'ana@example.com', FirstName: 'Ana' });
    const found = await connection.connector.find('applicant', await desiredOf(connection));
    expect(found.map(({ id }) => id)).toEqual([String(right.Id)]);
  });

  it('asks a person when the address is there under another name only', async () => {
    const other = fake.add({ Email: 'ana@example.com', FirstName: 'Luis' });
    const fault = await faultOf(connection.connector.find('applicant', await desiredOf(connection)));
    expect(fault.kind).toBe('ambiguous');
    expect(fault.candidates).toEqual([String(other.Id)]);
    expect(fault.message).not.toContain('Luis');
  });

  it('does not take the applicant of another unit for this one', async () => {
    fake.add({ Email: 'ana@example.com', UnitId: 777 });
    const desired = await desiredOf(connection, {}, '10231');
    expect(await connection.connector.find('applicant', desired)).toEqual([]);
  });

  it('goes by full name and phone where Boom has no address', async () => {
    const phone = [{ Number: '(312) 555-0123', Type: 'Cell' }];
    fake.add({ PhoneNumbers: [{ Number: '(312) 555-9999', Type: 'Cell' }] });
    const right = fake.add({ PhoneNumbers: phone });
    const desired = await desiredOf(connection, { email: null });
    const found = await connection.connector.find('applicant', desired);
    expect(found.map(({ id }) => id)).toEqual([String(right.Id)]);
  });

  it('does not go by a name alone', async () => {
    fake.add({});
    const desired = await desiredOf(connection, { email: null, phone: null });
    expect((await faultOf(connection.connector.find('applicant', desired))).kind).toBe('invalid');
    expect(fake.log).toEqual([]);
  });
});

describe('Buildium, creating', () => {
  it('sends no e-mail to anybody', async () => {
    const desired = await desiredOf(connection, {}, '10231');
    const created = await connection.connector.create('applicant', desired.fields, 'key', desired);
    expect(fake.log.at(-1)?.body).toEqual({
      FirstName: 'Ana',
      LastName: 'Sample',
      Email: 'ana@example.com',
      PhoneNumbers: { Mobile: '(312) 555-0123' },
      UnitId: 10231,
      SendRentalApplicationEmail: false,
    });
    expect(fake.mailsSent).toBe(0);
    expect((await readBack(created.id)).fields).toMatchObject(desired.fields);
  });

  it('refuses by itself what Buildium would refuse, and names the fields', async () => {
    const desired = await desiredOf(connection, { lastName: 'x'.repeat(128), firstName: null, phone: '555' });
    const fault = await faultOf(connection.connector.create('applicant', desired.fields, 'key', desired));
    expect(fault.kind).toBe('invalid');
    expect(fault.fields).toEqual(['FirstName', 'LastName', 'PhoneNumbers.Mobile']);
    expect(fake.log).toEqual([]);
  });
});

describe('Buildium, updating', () => {
  it('keeps what the landlord entered, although an update blanks what it leaves out', async () => {
    const { Id } = fake.add({
      Email: 'ana@example.com',
      UnitId: 5,
      PhoneNumbers: [
        { Number: '(312) 555-1111', Type: 'Home' },
        { Number: '(312) 555-2222', Type: 'Office' },
        { Number: '(312) 555-0123', Type: 'Cell' },
        { Number: '(312) 555-3333', Type: 'Fax' },
      ],
    });
    await updated(await readBack(Id), { LastName: 'Newname' });
    expect(fake.records.get(Id)).toMatchObject({
      FirstName: 'Ana',
      LastName: 'Newname',
      Email: 'ana@example.com',
      UnitId: 5,
    });
    expect(fake.records.get(Id)?.PhoneNumbers).toHaveLength(4);
    expect(fake.records.get(Id)?.PhoneNumbers).toContainEqual({ Number: '(312) 555-2222', Type: 'Office' });
  });

  it('twice equals once', async () => {
    const { Id } = fake.add({ Email: 'ana@example.com' });
    const remote = await readBack(Id);
    await updated(remote, { LastName: 'Newname' });
    const once = structuredClone(fake.records.get(Id));
    await updated(remote, { LastName: 'Newname' });
    expect(fake.records.get(Id)).toEqual(once);
  });

  it.each([
    [[{ Number: '(312) 555-1111', Type: 'Personal' }]],
    [
      [
        { Number: '(312) 555-1111', Type: 'Cell' },
        { Number: '(312) 555-2222', Type: 'Cell' },
      ],
    ],
  ])('does not lose a phone number that an update has no place for: %j', async (PhoneNumbers) => {
    const { Id } = fake.add({ PhoneNumbers });
    const fault = await faultOf(updated(await readBack(Id), { LastName: 'Newname' }));
    expect(fault.kind).toBe('conflict');
    expect(fault.message).toContain('phone numbers');
    expect(fake.records.get(Id)?.PhoneNumbers).toEqual(PhoneNumbers);
  });

  it('does not take a stored format for an edit', async () => {
    const desired = await desiredOf(connection, { phone: '+13125550123' });
    const created = await connection.connector.create('applicant', desired.fields, 'key', desired);
    const remote = await readBack(created.id);
    for (const [field, value] of Object.entries(desired.fields))
      expect(connection.same(field, value, remote.fields[field])).toBe(true);
    expect(connection.same('PhoneNumbers.Mobile', '+13125550123', '(312) 555-0123')).toBe(true);
  });

  it('reads a record that is gone as none', async () => {
    expect(await connection.connector.read('applicant', '99')).toBeNull();
  });
});

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
