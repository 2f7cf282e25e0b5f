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
    expect(connection.decisionFor('approved', 'applicant')).toBe('Approved');
    expect(connection.decisionFor('declined', 'applicant')).toBe('Rejected');
    expect(connection.decisionFor('canceled', 'applicant')).toBe('Cancelled');
    expect(connection.decisionFor('in_review', 'applicant')).toBe('Undecided');
    for (const leasing of ['approved_with_conditions', 'invited', 'applying', 'submitted', 'merged'] as const)
      expect(connection.decisionFor(leasing, 'applicant')).toBeNull();
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
    expect(fault.kind).toBe('forbidden');
    expect(fault.message).toContain('phone numbers');
    expect(fake.records.get(Id)?.PhoneNumbers).toEqual(PhoneNumbers);
  });

  it('does not take a stored format for an edit', async () => {
    const desired = await desiredOf(connection, { phone: '+13125550123' });
    const created = await connection.connector.create('applicant', desired.fields, 'key', desired);
    const remote = await readBack(created.id);
    for (const [field, value] of Object.entries(desired.fields))
      expect(connection.rules('applicant').same(field, value, remote.fields[field])).toBe(true);
    expect(connection.rules('applicant').same('PhoneNumbers.Mobile', '+13125550123', '(312) 555-0123')).toBe(
      true,
    );
  });

  it('reads a record that is gone as none', async () => {
    expect(await connection.connector.read('applicant', '99')).toBeNull();
  });
});
