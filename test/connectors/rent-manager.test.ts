import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fakeRentManager from '../../connectors/rent-manager/fake.ts';
import type { FakeAnswer, FakePms, FakeRequest } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import type { Desired, Fields, Kind, Remote } from '../../src/connect/contract.ts';
import { connectionOf, desiredOf, faultOf, printed, scopeOf } from '../connect/support.ts';

const OAK = '12';
const ANA: Fields = {
  FirstName: 'Ana',
  LastName: 'Sample',
  PropertyID: 12,
  Email: 'ana@example.com',
  Phone: '(312) 555-0123',
};
const NOTE = {
  marker: '[boomsync approved 2026-11-12T15:14Z]',
  text: 'BoomScreen: approved on 12 Nov 2026.',
};

let now: number;
let fake: FakePms;
let server: FakeServer;
let connection: Connection;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 12);
  fake = fakeRentManager(() => new Date(now), '');
  server = await startFakeServer(fake);
  connection = await connectionOf(
    {
      connector: 'rent-manager',
      server: server.url,
      credentials: fake.credentials,
      units: { 'Oak Street / 4B': OAK },
    },
    { tune: (http) => ({ ...http, windows: [], retries: 0 }) },
  );
});

afterEach(() => server.close());

const wanted = (own = {}): Promise<Desired> => desiredOf(connection, own, OAK);

async function found(kind: Kind = 'applicant', own = {}): Promise<string[]> {
  return (await connection.connector.find(kind, await wanted(own))).map(({ id }) => id);
}

async function created(): Promise<Remote> {
  const desired = await wanted();
  return connection.connector.create('applicant', desired.fields, 'key', desired);
}

async function readBack(id: string): Promise<Remote> {
  const remote = await connection.connector.read('applicant', id);
  if (remote === null) throw new Error('it is not there');
  return remote;
}

function updated(remote: Remote, changes: Fields): Promise<void> {
  const whole = { ...remote.fields, ...changes };
  return connection.connector.update('applicant', remote.id, changes, whole, remote.record);
}

/** From now on Rent Manager answers so, but for sign-ins. */
function answers(answer: FakeAnswer, when: (request: FakeRequest) => boolean = () => true): void {
  const usual = fake.answer;
  fake.answer = (request) =>
    request.path !== '/Authentication/AuthorizeUser' && when(request) ? answer : usual(request);
}

function fault(status: number, Exception: string, DeveloperMessage = 'Unable to process request') {
  return { status, body: { DeveloperMessage, UserMessage: 'Jane Doe', ErrorCode: 7, Exception } };
}

const asked = () => server.seen.map(({ method, path }) => `${method} ${path}`);
const signIns = () => asked().filter((line) => line === 'POST /Authentication/AuthorizeUser').length;
const writes = () => server.seen.filter(({ write }) => write);

describe('Rent Manager, signing in', () => {
  it('takes the bare text for the token, once for all requests', async () => {
    await Promise.all([connection.connector.check(), found(), found('tenant')]);
    expect(signIns()).toBe(1);
    expect(server.seen[0]?.body).toEqual({ Username: 'boomsync', Password: 'fake-secret', LocationID: 1 });
    expect(server.seen.at(-1)?.headers).toMatchObject({
      'x-rm12api-apitoken': 'fake-token-1',
      'x-rm12api-locationid': '1',
    });
  });

  it('signs in again where the token is over before its time', async () => {
    await connection.connector.check();
    fake.expireTokens?.();
    await connection.connector.check();
    expect(signIns()).toBe(2);
  });

  it('says in plain words that a new password is wanted, and nothing of the old one', async () => {
    const usual = fake.answer;
    fake.answer = (request) =>
      request.path === '/Authentication/AuthorizeUser'
        ? fault(500, 'AuthenticationForcePasswordResetException')
        : usual(request);
    const refused = await faultOf(connection.connector.check());
    expect(refused.kind).toBe('unauthorized');
    expect(refused.message).toBe('Rent Manager wants a new password for this user.');
    expect(printed(refused)).not.toContain('fake-secret');
  });
});

describe('Rent Manager, looking somebody up', () => {
  it('takes nobody for an empty answer', async () => {
    expect(await found()).toEqual([]);
    expect(asked().at(-1)).toBe('GET /Contacts');
  });

  it('looks among contacts, and reads the whole prospect', async () => {
    const id = fake.add?.('applicant', ANA);
    const [remote] = await connection.connector.find('applicant', await wanted());
    expect(remote).toMatchObject({ id, fields: ANA });
    expect(server.seen.at(-1)?.query.filters).toBe(`ProspectID,eq,${id}`);
  });

  it('does not take a tenant for a prospect, nor a prospect for a tenant', async () => {
    const prospect = fake.add?.('applicant', ANA);
    const tenant = fake.add?.('tenant', ANA);
    expect(await found('applicant')).toEqual([prospect]);
    expect(await found('tenant')).toEqual([tenant]);
  });

  it('asks a person about somebody who is the second contact of a household', async () => {
    const id = fake.add?.('applicant', {
      ...ANA,
      FirstName: 'Luis',
      Email: 'luis@example.com',
      'Second.FirstName': 'Ana',
      'Second.LastName': 'Sample',
      'Second.Email': 'ana@example.com',
    });
    const refused = await faultOf(found());
    expect(refused).toMatchObject({ kind: 'ambiguous', candidates: [id] });
  });

  it('reads a prospect once of which two contacts share the address', async () => {
    const second = { 'Second.FirstName': 'Luis', 'Second.Email': 'ana@example.com' };
    const id = fake.add?.('applicant', { ...ANA, ...second });
    expect(await found()).toEqual([id]);
  });

  it('does not take the prospect of another property', async () => {
    fake.add?.('applicant', { ...ANA, PropertyID: 13 });
    expect(await found()).toEqual([]);
  });

  it('goes by full name and phone where Boom has no address', async () => {
    fake.add?.('applicant', { ...ANA, Phone: '(312) 555-9999' });
    const id = fake.add?.('applicant', ANA);
    expect(await found('applicant', { email: null })).toEqual([id]);
  });

  it.each([
    ['a filter in an e-mail address', { email: 'a@example.com;ProspectID,gt,0' }, ['email']],
    ['a comma in an e-mail address', { email: 'a,b@example.com' }, ['email']],
    ['a comma in a name', { email: null, lastName: 'Ruiz, Jr' }, ['lastName']],
    ['brackets in a name', { email: null, firstName: 'Robert (Bob)' }, ['firstName']],
  ])('makes no room for another filter in what Boom says: %s is never sent', async (_, own, fields) => {
    const refused = await faultOf(found('applicant', own));
    expect(refused).toMatchObject({ kind: 'invalid', fields });
    expect(printed(refused)).not.toMatch(/example\.com|Ruiz|Robert/);
    expect(asked()).toEqual([]);
  });

  it('looks somebody up by e-mail whose name has such signs', async () => {
    expect(await found('applicant', { lastName: 'Ruiz, Jr' })).toEqual([]);
  });
});

describe('Rent Manager, creating', () => {
  it('saves a list of one, with a primary contact', async () => {
    const { id } = await created();
    expect(writes()).toMatchObject([
      {
        method: 'POST',
        path: '/Prospects',
        body: [
          {
            FirstName: 'Ana',
            LastName: 'Sample',
            PropertyID: 12,
            Contacts: [
              {
                FirstName: 'Ana',
                LastName: 'Sample',
                Email: 'ana@example.com',
                IsPrimary: true,
                PhoneNumbers: [{ PhoneNumber: '(312) 555-0123', IsPrimary: true }],
              },
            ],
            UserDefinedValues: [{ Name: 'Boom ID', Value: expect.stringMatching(/^bs-/) }],
          },
        ],
      },
    ]);
    expect((await readBack(id)).fields).toMatchObject(ANA);
  });

  it('sends no property without a number for it', async () => {
    const desired = await desiredOf(connection);
    const refused = await faultOf(connection.connector.create('applicant', desired.fields, 'key', desired));
    expect(refused.fields).toEqual(['PropertyID']);
    expect(writes()).toEqual([]);
  });

  it('makes no tenant', async () => {
    const desired = await wanted();
    const refused = await faultOf(connection.connector.create('tenant', desired.fields, 'key', desired));
    expect(refused.kind).toBe('forbidden');
    expect(server.seen).toEqual([]);
  });
});

describe('Rent Manager, updating', () => {
  it('is the same save with the key, and names what it may touch', async () => {
    const remote = await readBack((await created()).id);
    await updated(remote, { LastName: 'Newname' });
    expect(writes().at(-1)).toMatchObject({
      path: '/Prospects',
      query: { fields: 'ProspectID,FirstName,LastName,PropertyID,UpdateDate,UpdateUserID' },
      body: [{ ProspectID: Number(remote.id), FirstName: 'Ana', LastName: 'Newname', PropertyID: 12 }],
    });
    expect((await readBack(remote.id)).fields).toEqual({ ...remote.fields, LastName: 'Newname' });
  });

  it('saves e-mail and phone by themselves, and nothing else of the contact', async () => {
    const remote = await readBack((await created()).id);
    await updated(remote, { Email: 'new@example.com', Phone: '(312) 555-0177' });
    const [contact] = (remote.record as { Contacts: { ContactID: number; UpdateDate: string }[] }).Contacts;
    const { ContactID, UpdateDate } = contact ?? {};
    const [, number] = writes().slice(-2);
    expect(writes().at(-2)).toMatchObject({ path: '/Contacts' });
    expect(writes().at(-2)?.body).toEqual([
      { ContactID, UpdateDate, UpdateUserID: 7, Email: 'new@example.com' },
    ]);
    expect(number).toMatchObject({ path: '/PhoneNumbers', query: { fields: expect.any(String) } });
    expect(number?.body).toEqual([
      {
        PhoneNumberID: expect.any(Number),
        ParentID: ContactID,
        ParentType: 'Contact',
        PhoneNumber: '(312) 555-0177',
        IsPrimary: true,
      },
    ]);
    const fields = { Email: 'new@example.com', Phone: '(312) 555-0177' };
    expect((await readBack(remote.id)).fields).toEqual({ ...remote.fields, ...fields });
  });

  it('adds a number where there was none', async () => {
    const id = fake.add?.('applicant', { ...ANA, Phone: null }) ?? '';
    await updated(await readBack(id), { Phone: '(312) 555-0177' });
    expect(writes().at(-1)?.body).toEqual([
      { ParentID: expect.any(Number), ParentType: 'Contact', PhoneNumber: '(312) 555-0177', IsPrimary: true },
    ]);
  });

  it('does not write over what somebody saved meanwhile', async () => {
    const remote = await readBack((await created()).id);
    now += 1000;
    fake.edit?.('applicant', remote.id, { LastName: 'Staff' });
    expect((await faultOf(updated(remote, { LastName: 'Boom' }))).kind).toBe('conflict');
    expect((await readBack(remote.id)).fields.LastName).toBe('Staff');
  });

  it('changes no tenant', async () => {
    const id = fake.add?.('tenant', ANA) ?? '';
    const refused = await faultOf(connection.connector.update('tenant', id, { PropertyID: 13 }, {}));
    expect(refused.kind).toBe('forbidden');
    expect(server.seen).toEqual([]);
  });
});

describe('Rent Manager, notes', () => {
  it.each(['applicant', 'tenant'] as const)('stand on the %s alone, and are known again', async (kind) => {
    const [id, other] = [fake.add?.(kind, ANA) ?? '', fake.add?.(kind, ANA) ?? ''];
    await connection.connector.addNote?.(kind, id, NOTE);
    const markers = async (of: string) =>
      (await connection.connector.notes?.(kind, of))?.map(({ marker }) => marker);
    expect(await markers(id)).toEqual([NOTE.marker]);
    expect(await markers(other)).toEqual([]);
    expect(fake.people(kind)[0]?.notes).toEqual([`${NOTE.text} ${NOTE.marker}`]);
  });
});

describe('Rent Manager, when it says no', () => {
  it.each([403, 500])('has a missing privilege for one, whether it comes as %i or not', async (status) => {
    answers(fault(status, 'PrivilegeException'));
    const refused = await faultOf(created());
    expect(refused.kind).toBe('forbidden');
    expect(printed(refused)).not.toContain('Jane Doe');
  });

  it('has no access to the location for a missing right', async () => {
    answers(fault(401, 'Exception', 'User does not have access to location that token is associated with'));
    expect((await faultOf(found())).kind).toBe('forbidden');
  });

  it('never takes a 404 for a record that is gone', async () => {
    const { id } = await created();
    answers({ status: 404 });
    expect((await faultOf(readBack(id))).kind).toBe('forbidden');
  });

  it('takes a list without the record for one that is gone', async () => {
    expect(await connection.connector.read('applicant', '4711')).toBeNull();
  });

  it('names the fields of a body that it does not take', async () => {
    answers({
      status: 400,
      body: { Message: 'The request is invalid.', ModelState: { '[0].LastName': ['Jane Doe is too long'] } },
    });
    const refused = await faultOf(created());
    expect(refused).toMatchObject({ kind: 'invalid', fields: ['LastName'] });
    expect(printed(refused)).not.toContain('Jane Doe');
  });

  it('waits where the user is signed in too often, and through database updates', async () => {
    answers(fault(500, 'Exception', 'User is logged in the maximum number of times'));
    expect((await faultOf(found())).kind).toBe('rate_limited');
    answers(fault(500, 'Exception', 'Service unavailable while performing database updates.'));
    expect((await faultOf(found())).kind).toBe('maintenance');
  });
});

describe('Rent Manager, its units', () => {
  it('are listed with the number of their property', async () => {
    const units = [];
    for await (const unit of connection.connector.units?.() ?? []) units.push(unit);
    expect(units[0]).toEqual({
      id: OAK,
      title: '4B',
      property: 'Oak Street',
      address: null,
      externalId: null,
    });
  });

  it('are needed: a prospect is filed under a property', async () => {
    expect(connection.capabilities.unitId).toBe('required');
    expect(await connection.desire('tenant', scopeOf({ unitId: OAK }))).toEqual({ PropertyID: 12 });
  });
});
