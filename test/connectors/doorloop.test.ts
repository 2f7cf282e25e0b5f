import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fakeDoorloop from '../../connectors/doorloop/fake.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import type { Fields, Kind, Remote } from '../../src/connect/contract.ts';
import { connectionOf, desiredOf, faultOf, scopeOf } from '../connect/support.ts';

const ANA = {
  firstName: 'Ana',
  lastName: 'Sample',
  email: 'ana@example.com',
  phone: '+13125550123',
};

let fake: FakePms;
let server: FakeServer;
let connection: Connection;

beforeEach(async () => {
  fake = fakeDoorloop(() => new Date(), '');
  server = await startFakeServer(fake);
  connection = await connectionTo(fake.credentials);
});

afterEach(() => server.close());

function connectionTo(credentials: Record<string, string>): Promise<Connection> {
  return connectionOf({ connector: 'doorloop', server: server.url, credentials });
}

/** Staff write a whole record, in whatever form DoorLoop has it. */
async function staffPuts(id: string, record: object): Promise<void> {
  const answer = await fetch(`${server.url}/tenants/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${fake.credentials.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ firstName: 'Ana', lastName: 'Sample', ...record }),
  });
  expect(answer.status).toBe(200);
}

async function raw(id: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.url}/tenants/${id}`, {
    headers: { authorization: `Bearer ${fake.credentials.apiKey}` },
  });
  return (await answer.json()) as Record<string, unknown>;
}

async function found(kind: Kind = 'applicant', own: Partial<typeof ANA> | { email: null } = {}) {
  const remotes = await connection.connector.find(kind, await desiredOf(connection, own));
  return remotes.map(({ id }) => id);
}

async function readBack(id: string): Promise<Remote> {
  const remote = await connection.connector.read('applicant', id);
  if (remote === null) throw new Error('it is not there');
  return remote;
}

async function updated(remote: Remote, changes: Fields): Promise<void> {
  const whole = { ...remote.fields, ...changes };
  await connection.connector.update('applicant', remote.id, changes, whole, remote.record);
}

describe('DoorLoop, what we want there', () => {
  it('is a person, and no more', async () => {
    expect(await connection.desire('applicant', scopeOf({ unitId: '1' }))).toEqual(ANA);
    expect(await connection.desire('tenant', scopeOf({ unitId: '1' }))).toEqual(ANA);
  });

  it('has no word for a decision: each is a note', () => {
    for (const leasing of ['approved', 'declined', 'canceled', 'in_review', 'merged'] as const)
      expect(connection.decisionFor(leasing, 'applicant')).toBeNull();
    expect(connection.connector.decision).toBeUndefined();
  });
});

describe('DoorLoop, looking somebody up', () => {
  it('takes only an exact address among those that a loose search finds', async () => {
    fake.add?.('applicant', { ...ANA, email: 'juana@example.com' });
    fake.add?.('applicant', { ...ANA, email: 'ana@example.org' });
    const right = fake.add?.('applicant', { ...ANA, firstName: 'ANA', email: 'ANA@example.com' });
    expect(await found()).toEqual([right]);
  });

  it('reads every page', async () => {
    for (let n = 0; n < 205; n += 1) fake.add?.('applicant', { ...ANA, email: `ana${n}@example.com` });
    const right = fake.add?.('applicant', ANA);
    expect(await found()).toEqual([right]);
    expect(server.seen.map(({ query }) => query.page_number)).toEqual(['1', '2', '3']);
  });

  it('knows a person by any address of theirs, and says which is the main one', async () => {
    const id = fake.add?.('applicant', ANA) ?? '';
    const emails = [
      { type: 'PRIMARY', address: 'work@example.com' },
      { type: 'OTHER', address: 'Ana@example.com' },
    ];
    await staffPuts(id, { emails });
    const [remote, ...more] = await connection.connector.find('applicant', await desiredOf(connection));
    expect(more).toEqual([]);
    expect(remote).toMatchObject({ id, fields: { email: 'work@example.com' } });
  });

  it('makes nobody a prospect who is a tenant already', async () => {
    const id = fake.add?.('tenant', ANA);
    expect(await found('applicant')).toEqual([id]);
    expect(await found('tenant')).toEqual([id]);
  });

  it('does not take a prospect for a tenant', async () => {
    const id = fake.add?.('applicant', ANA) ?? '';
    expect(await found('tenant')).toEqual([]);
    fake.onLease?.(id);
    expect(await found('tenant')).toEqual([id]);
  });

  it('goes by full name and any phone where Boom has no address', async () => {
    fake.add?.('applicant', { ...ANA, phone: '+13125559999' });
    const right = fake.add?.('applicant', { ...ANA, email: null }) ?? '';
    await staffPuts(right, {
      phones: [
        { type: 'MOBILE', number: '(312) 555-7777' },
        { type: 'HOME', number: '(312) 555-0123' },
      ],
    });
    expect(await found('applicant', { email: null })).toEqual([right]);
  });

  it('asks a person when the address is there under another name only', async () => {
    const other = fake.add?.('applicant', { ...ANA, firstName: 'Luis' });
    const fault = await faultOf(connection.connector.find('applicant', await desiredOf(connection)));
    expect(fault).toMatchObject({ kind: 'ambiguous', candidates: [other] });
    expect(fault.message).not.toContain('Luis');
  });
});

describe('DoorLoop, creating', () => {
  it('makes a prospect with one address and one number', async () => {
    const desired = await desiredOf(connection);
    const { id } = await connection.connector.create('applicant', desired.fields, 'key', desired);
    expect(server.seen.at(-1)?.body).toEqual({
      firstName: 'Ana',
      lastName: 'Sample',
      emails: [{ type: 'PRIMARY', address: 'ana@example.com' }],
      phones: [{ type: 'MOBILE', number: '+13125550123' }],
    });
    expect(await raw(id)).toMatchObject({ type: 'PROSPECT_TENANT' });
    const remote = await readBack(id);
    for (const [field, value] of Object.entries(desired.fields))
      expect(connection.rules('applicant').same(field, value, remote.fields[field])).toBe(true);
  });

  it('makes no tenant', async () => {
    const desired = await desiredOf(connection);
    const create = connection.connector.create('tenant', desired.fields, 'key', desired);
    expect((await faultOf(create)).kind).toBe('forbidden');
    expect(server.seen).toEqual([]);
  });
});

describe('DoorLoop, updating', () => {
  const record = {
    dateOfBirth: '1990-05-17',
    notes: 'Called twice',
    prospectInfo: { status: 'Toured' },
    emails: [
      { type: 'WORK', address: 'work@example.com', preferred: true },
      { type: 'PRIMARY', address: 'ana@example.com' },
    ],
    phones: [{ type: 'HOME', number: '(312) 555-1111' }],
  };

  it('keeps what staff entered, although an update blanks what it leaves out', async () => {
    const id = fake.add?.('applicant', ANA) ?? '';
    await staffPuts(id, record);
    await updated(await readBack(id), { lastName: 'Newname' });
    expect(await raw(id)).toMatchObject({
      ...record,
      lastName: 'Newname',
      emails: expect.arrayContaining(record.emails),
    });
    expect(await raw(id)).toHaveProperty('emails.length', 2);
  });

  it('changes the main address and number, and leaves the others', async () => {
    const id = fake.add?.('applicant', ANA) ?? '';
    await staffPuts(id, record);
    await updated(await readBack(id), { email: 'new@example.com', phone: '+13125552222' });
    const { emails, phones } = await raw(id);
    expect(emails).toEqual([{ type: 'PRIMARY', address: 'new@example.com' }, record.emails[0]]);
    expect(phones).toEqual([{ type: 'HOME', number: '(312) 555-2222' }]);
  });

  it('sends back nothing that only DoorLoop may write, nor what we added to find the person', async () => {
    fake.add?.('applicant', ANA);
    const [remote] = await connection.connector.find('applicant', await desiredOf(connection));
    if (remote === undefined) throw new Error('nobody was found');
    await updated(remote, { lastName: 'Newname' });
    expect(Object.keys(server.seen.at(-1)?.body as object).sort()).toEqual(
      ['emails', 'firstName', 'lastName', 'phones'].sort(),
    );
  });

  it('twice equals once', async () => {
    const id = fake.add?.('applicant', ANA) ?? '';
    await staffPuts(id, record);
    const changes = { email: 'new@example.com' };
    await updated(await readBack(id), changes);
    const { updatedAt: _first, ...once } = await raw(id);
    await updated(await readBack(id), changes);
    const { updatedAt: _second, ...twice } = await raw(id);
    expect(twice).toEqual(once);
  });
});

describe('DoorLoop, notes', () => {
  const note = { marker: '[boomsync approved 2026-11-12T15:14Z]', text: 'BoomScreen: approved.' };

  it('are those of this person only', async () => {
    const id = fake.add?.('applicant', ANA) ?? '';
    const other = fake.add?.('applicant', { ...ANA, email: 'ben@example.com' }) ?? '';
    await connection.connector.addNote?.('applicant', id, note);
    expect((await connection.connector.notes?.('applicant', id))?.map(({ marker }) => marker)).toEqual([
      note.marker,
    ]);
    expect(await connection.connector.notes?.('applicant', other)).toEqual([]);
  });
});

describe('DoorLoop, a role that may not', () => {
  it('is said in a landlord’s words, and nobody’s key is refused', async () => {
    const reader = await connectionTo({ apiKey: 'fake-reader' });
    await reader.connector.check();
    const desired = await desiredOf(reader);
    const fault = await faultOf(reader.connector.create('applicant', desired.fields, 'key', desired));
    expect(fault.kind).toBe('forbidden');
    expect(fault.concernsConnection).toBe(false);
    expect(fault.remedy).toContain('role');
  });

  it('is another thing than a wrong key', async () => {
    const wrong = await connectionTo({ apiKey: 'another' });
    expect((await faultOf(wrong.connector.check())).kind).toBe('unauthorized');
  });
});
