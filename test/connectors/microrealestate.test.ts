import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fakeMicrorealestate from '../../connectors/microrealestate/fake.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import type { Fields, Remote } from '../../src/connect/contract.ts';
import { connectionOf, desiredOf, faultOf, scopeOf } from '../connect/support.ts';

const ANA = { name: 'Ana Sample', email: 'ana@example.com', phone: '+13125550123' };
const TODAY = '12/11/2026';
const LEASE = { beginDate: '01/12/2026', endDate: '30/11/2027' };

let fake: FakePms;
let server: FakeServer;
let connection: Connection;

beforeEach(async () => {
  fake = fakeMicrorealestate(() => new Date('2026-11-12T15:00:00Z'), '');
  server = await startFakeServer(fake);
  connection = await connectionTo({});
});

afterEach(() => server.close());

function connectionTo(credentials: Record<string, string>): Promise<Connection> {
  return connectionOf({
    connector: 'microrealestate',
    server: fake.server?.(server.url) ?? server.url,
    credentials: { ...fake.credentials, ...credentials },
  });
}

type Raw = Record<string, unknown>;

/** As the landlord's own pages ask. */
async function asStaff(method: string, path: string, body?: object): Promise<{ status: number; body: Raw }> {
  const { organizationId = '', clientId, clientSecret } = fake.credentials;
  const url = `${server.url}/api/v2`;
  const json = { 'content-type': 'application/json' };
  const signIn = await fetch(`${url}/authenticator/landlord/signin`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ clientId, clientSecret }),
  });
  const { accessToken } = (await signIn.json()) as { accessToken: string };
  const headers = { ...json, authorization: `Bearer ${accessToken}`, organizationId };
  const answer = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Raw };
}

async function found(own: Partial<Parameters<typeof desiredOf>[1]> = {}): Promise<string[]> {
  const remotes = await connection.connector.find('applicant', await desiredOf(connection, own));
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

describe('the fake MicroRealEstate, as the real one was seen to be', () => {
  it.each([
    ['a date in another form', { ...ANA, properties: [], beginDate: '2026-12-01' }],
    ['a property that is not there', { ...ANA, properties: [{ propertyId: 'nowhere' }] }],
    ['no properties', ANA],
  ])('answers 500 to %s', async (_, body) => {
    const id = fake.add?.('applicant', ANA);
    expect((await asStaff('PATCH', `/tenants/${id}`, { _id: id, ...body })).status).toBe(500);
  });

  it('answers about somebody else where a change does not say of whom it is', async () => {
    const first = fake.add?.('applicant', ANA);
    const second = fake.add?.('applicant', { ...ANA, name: 'Ben Okafor' });
    const { body } = await asStaff('PATCH', `/tenants/${second}`, { name: 'Ben Okafor', properties: [] });
    expect(body._id).toBe(first);
  });

  it('makes up a reference where a change has none', async () => {
    const id = fake.add?.('applicant', { ...ANA, reference: 'bs-1' });
    const { body } = await asStaff('PATCH', `/tenants/${id}`, { _id: id, name: 'Ana', properties: [] });
    expect(body.reference).not.toBe('bs-1');
  });

  it('shows a tenant without dates as on a lease of today', async () => {
    const id = fake.add?.('applicant', ANA);
    expect((await asStaff('GET', `/tenants/${id}`)).body).toMatchObject({ beginDate: TODAY, endDate: TODAY });
  });
});

describe('MicroRealEstate, what we want there', () => {
  it('is a person under one name, with our id', async () => {
    expect(await connection.desire('applicant', scopeOf())).toEqual({ ...ANA, reference: scopeOf().key });
  });

  it('has no place for a decision, and no notes', () => {
    expect(connection.decisionFor('approved', 'applicant')).toBeNull();
    expect(connection.connector.decision).toBeUndefined();
    expect(connection.connector.addNote).toBeUndefined();
  });
});

describe('MicroRealEstate, looking somebody up', () => {
  it('goes by our own id first, whatever else has changed', async () => {
    const right = fake.add?.('applicant', {
      name: 'Ana Newname',
      email: 'new@example.com',
      reference: 'bs-1',
    });
    fake.add?.('applicant', ANA);
    expect(await found()).toEqual([right]);
  });

  it('goes by exact address and whole name, whatever the capitals', async () => {
    fake.add?.('applicant', { ...ANA, email: 'juana@example.com' });
    const right = fake.add?.('applicant', { ...ANA, name: 'ANA  Sample', email: 'Ana@example.com' });
    expect(await found()).toEqual([right]);
  });

  it('asks a person when the address is there under another name only', async () => {
    const other = fake.add?.('applicant', { ...ANA, name: 'Luis Sample' });
    const fault = await faultOf(connection.connector.find('applicant', await desiredOf(connection)));
    expect(fault).toMatchObject({ kind: 'ambiguous', candidates: [other] });
    expect(fault.message).not.toContain('Luis');
  });

  it('goes by whole name and phone where Boom has no address, and never by half a name', async () => {
    const right = fake.add?.('applicant', { ...ANA, email: null, phone: '(312) 555-0123' });
    fake.add?.('applicant', { ...ANA, name: 'Ana', email: null });
    expect(await found({ email: null })).toEqual([right]);
    const half = connection.connector.find(
      'applicant',
      await desiredOf(connection, { email: null, lastName: null }),
    );
    expect(await half).toEqual([]);
  });
});

describe('MicroRealEstate, creating', () => {
  it('makes a tenant without a lease, which reads back as we want it', async () => {
    const desired = await desiredOf(connection);
    const { id } = await connection.connector.create('applicant', desired.fields, 'key', desired);
    expect(server.seen.at(-1)?.body).toEqual({
      name: 'Ana Sample',
      isCompany: false,
      reference: scopeOf().key,
      properties: [],
      contacts: [{ contact: 'Ana Sample', email: ANA.email, phone: ANA.phone }],
    });
    expect((await readBack(id)).fields).toEqual(desired.fields);
  });

  it('sends no reference that a landlord switched off', async () => {
    const off = await connectionOf({
      connector: 'microrealestate',
      server: fake.server?.(server.url) ?? null,
      credentials: fake.credentials,
      fields: { reference: { off: true } },
    });
    const desired = await desiredOf(off, { phone: null });
    await off.connector.create('applicant', desired.fields, 'key', desired);
    expect(server.seen.at(-1)?.body).toEqual({
      name: 'Ana Sample',
      isCompany: false,
      properties: [],
      contacts: [{ contact: 'Ana Sample', email: ANA.email }],
    });
  });
});

describe('MicroRealEstate, updating', () => {
  const BESIDE = { street1: '12 Oak Street', zipCode: '60601', leaseId: '64b7f3a2c1d2e3f4000000bb' };
  const contacts = [
    { contact: 'Ana Sample', email: ANA.email, phone: ANA.phone },
    { contact: 'Her mother', email: 'mother@example.com', phone: '+13125550199' },
    { contact: 'Her lawyer', email: 'lawyer@example.com' },
  ];
  const staffRecord = async () => {
    fake.add?.('applicant', { ...ANA, name: 'Somebody Else', email: 'else@example.com' });
    const id = fake.add?.('applicant', ANA) ?? '';
    const whole = { _id: id, name: ANA.name, reference: 'R17', properties: [], contacts, ...BESIDE };
    expect((await asStaff('PATCH', `/tenants/${id}`, whole)).status).toBe(200);
    return id;
  };

  it('changes the first contact and the name, and keeps what staff entered beside', async () => {
    const id = await staffRecord();
    const others = fake.people('applicant').filter((person) => person.id !== id);
    await updated(await readBack(id), { name: 'Ana Newname', phone: '+13125552222' });
    const [first, ...rest] = contacts;
    expect((await asStaff('GET', `/tenants/${id}`)).body).toMatchObject({
      ...BESIDE,
      name: 'Ana Newname',
      reference: 'R17',
      contacts: [{ ...first, contact: 'Ana Newname', phone: '+13125552222' }, ...rest],
    });
    expect(fake.people('applicant').filter((person) => person.id !== id)).toEqual(others);
  });

  it('gives a tenant without contacts a first one', async () => {
    const id = fake.add?.('applicant', ANA) ?? '';
    await asStaff('PATCH', `/tenants/${id}`, { _id: id, name: ANA.name, properties: [], contacts: [] });
    await updated(await readBack(id), { email: ANA.email });
    expect((await asStaff('GET', `/tenants/${id}`)).body.contacts).toEqual([
      { contact: ANA.name, email: ANA.email },
    ]);
  });

  it('sends back neither the lease of today that it was shown, nor what was worked out', async () => {
    const id = await staffRecord();
    await updated(await readBack(id), { phone: '+13125552222' });
    const sent = server.seen.findLast(({ method }) => method === 'PATCH')?.body as Raw;
    expect(Object.keys(sent).sort()).toEqual(
      ['_id', 'name', 'reference', 'properties', 'contacts', ...Object.keys(BESIDE)].sort(),
    );
    expect(sent).toMatchObject({ _id: id, reference: 'R17', properties: [] });
  });

  it('twice equals once', async () => {
    const id = await staffRecord();
    await updated(await readBack(id), { phone: '+13125552222' });
    const once = await asStaff('GET', `/tenants/${id}`);
    await updated(await readBack(id), { phone: '+13125552222' });
    expect(await asStaff('GET', `/tenants/${id}`)).toEqual(once);
  });

  it.each([
    ['is on a lease', (id: string) => fake.onLease?.(id)],
    [
      'has dates and no property yet',
      (id: string) =>
        asStaff('PATCH', `/tenants/${id}`, { _id: id, name: ANA.name, properties: [], ...LEASE }),
    ],
  ])('changes nothing of a tenant who %s', async (_, onLease) => {
    const id = await staffRecord();
    await onLease(id);
    const before = await asStaff('GET', `/tenants/${id}`);
    const fault = await faultOf(updated(await readBack(id), { phone: '+13125552222' }));
    expect(fault.message).toContain('lease');
    expect(await asStaff('GET', `/tenants/${id}`)).toEqual(before);
  });
});

describe('MicroRealEstate, a tenant that is gone', () => {
  it('is told from a fault: both are a 500 there', async () => {
    const id = fake.add?.('applicant', ANA) ?? '';
    expect(await connection.connector.read('applicant', '64b7f3a2c1d2e3f4ffffffff')).toBeNull();
    server.trouble({ what: 'status', status: 500 });
    expect((await faultOf(connection.connector.read('applicant', id))).kind).toBe('transient');
  });
});

describe('MicroRealEstate, the credentials', () => {
  it('give a token that is used again, and another when it has run out', async () => {
    const signIns = () => server.seen.filter(({ path }) => path.endsWith('/signin')).length;
    await connection.connector.check();
    await found();
    expect(signIns()).toBe(1);
    fake.expireTokens?.();
    await found();
    expect(signIns()).toBe(2);
  });

  it('are refused where the secret is wrong', async () => {
    const wrong = await connectionTo({ clientSecret: 'another.secret.signed' });
    expect((await faultOf(wrong.connector.check())).kind).toBe('unauthorized');
  });

  it('are of another organization: nobody is taken for gone', async () => {
    const id = fake.add?.('applicant', ANA) ?? '';
    const wrong = await connectionTo({ organizationId: '0123456789abcdef01234567' });
    expect((await faultOf(wrong.connector.check())).kind).toBe('unauthorized');
    const fault = await faultOf(wrong.connector.read('applicant', id));
    expect(fault.kind).toBe('unauthorized');
    expect(fault.remedy).toContain('organizationId');
  });
});
