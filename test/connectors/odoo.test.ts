import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createFakeOdoo, type FakeOdooOptions } from '../../connectors/odoo/fake.ts';
import type { FakeAnswer, FakePms, FakeRequest } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import { createHomes } from '../../src/conform/home.ts';
import { loadSubject } from '../../src/conform/subject.ts';
import { CASES, runCase } from '../../src/conform/suite.ts';
import type { Connection } from '../../src/connect/connection.ts';
import type { Desired, Kind } from '../../src/connect/contract.ts';
import { SAMPLE_SCOPE } from '../../src/connect/scope-shape.ts';
import { connectionOf, faultOf, printed, scopeOf } from '../connect/support.ts';

interface Odoo {
  fake: FakePms;
  server: FakeServer;
  connection: Connection;
}

const NEW: FakeOdooOptions = { version: 19, crm: true, lostLoads: 0 };
const OLD: FakeOdooOptions = { version: 17, crm: true, lostLoads: 0 };

async function odooOf(options: FakeOdooOptions, credentials: Record<string, string> = {}): Promise<Odoo> {
  const fake = createFakeOdoo(() => new Date(), options);
  const server = await startFakeServer(fake);
  onTestFinished(() => server.close());
  const connection = await connectionOf(
    { connector: 'odoo', server: server.url, credentials: { ...fake.credentials, ...credentials } },
    { tune: (http) => ({ ...http, retries: 0 }) },
  );
  return { fake, server, connection };
}

async function wanted(
  { connection }: Odoo,
  kind: Kind = 'applicant',
  own: Partial<Desired> = {},
): Promise<Desired> {
  const person = { ...SAMPLE_SCOPE.person, ...own };
  const fields = await connection.desire(kind, scopeOf({ person }));
  return { tenantId: 't1', place: 'p1', key: 'bs-1', ...person, fields, ...own };
}

async function created(odoo: Odoo, kind: Kind = 'applicant', own: Partial<Desired> = {}): Promise<string> {
  const person = await wanted(odoo, kind, own);
  return (await odoo.connection.connector.create(kind, person.fields, 'key', person)).id;
}

async function found(odoo: Odoo, kind: Kind = 'applicant', own: Partial<Desired> = {}): Promise<string[]> {
  const remotes = await odoo.connection.connector.find(kind, await wanted(odoo, kind, own));
  return remotes.map(({ id }) => id);
}

/** Answers so in the fake's place where it says anything. */
function instead({ fake }: Odoo, answer: (request: FakeRequest) => FakeAnswer | null): void {
  const usual = fake.answer;
  fake.answer = (request) => answer(request) ?? usual(request);
}

/** The suite over every connector has version 19 with CRM. */
describe('Odoo 17 without CRM', async () => {
  const homes = await createHomes();
  afterAll(() => homes.remove());
  const loaded = await loadSubject('odoo');
  if (!loaded.ok) throw new Error('the connector does not load');
  const subject = {
    ...loaded.subject,
    factory: (now: () => Date) => createFakeOdoo(now, { version: 17, crm: false }),
  };

  // Here both are one contact: staff would have made a second one, and two that fit are asked about.
  const ofTwo = 'an applicant who becomes a tenant there is found, and no tenant is made';
  const cases = CASES.filter(({ name }) => name !== ofTwo);

  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    const { why, outcome } = await runCase(one, subject, homes);
    expect(outcome === 'failed' ? why : null).toBeNull();
  });
});

describe('Odoo, which way it is spoken to', () => {
  it('is /json/2 with a bearer key from version 19, after the version was asked for once', async () => {
    const odoo = await odooOf(NEW);
    await created(odoo);
    await found(odoo);
    const [first, ...others] = odoo.server.seen;
    expect(first?.path).toBe('/jsonrpc');
    expect(others.every(({ path }) => path.startsWith('/json/2/'))).toBe(true);
    expect(others[0]?.headers).toMatchObject({
      authorization: 'Bearer fake-key',
      'x-odoo-database': 'fake-base',
    });
  });

  it('is JSON-RPC before', async () => {
    const odoo = await odooOf(OLD);
    await created(odoo);
    expect(new Set(odoo.server.seen.map(({ path }) => path))).toEqual(new Set(['/jsonrpc']));
  });

  it('is /json/2 where there is no JSON-RPC any more', async () => {
    const odoo = await odooOf(NEW);
    instead(odoo, ({ path }) => (path === '/jsonrpc' ? { status: 404 } : null));
    expect(await created(odoo)).toMatch(/^crm\.lead,\d+$/);
  });

  it.each([NEW, OLD])('refuses a wrong key as such: version $version', async (options) => {
    const odoo = await odooOf(options, { apiKey: 'a-key-of-nobody' });
    const fault = await faultOf(odoo.connection.connector.check());
    expect(fault.kind).toBe('unauthorized');
    expect(printed(fault)).not.toContain('a-key-of-nobody');
  });

  it.each([
    ['odoo.exceptions.AccessError', 'forbidden'],
    ['odoo.exceptions.AccessDenied', 'unauthorized'],
    ['odoo.exceptions.MissingError', 'not_found'],
    ['odoo.exceptions.ValidationError', 'invalid'],
    ['psycopg2.errors.SerializationFailure', 'transient'],
  ])('takes %s in an answer of 200 for %s, and repeats nothing of it', async (name, kind) => {
    const odoo = await odooOf(OLD);
    const id = await created(odoo, 'tenant');
    const error = { code: 200, message: 'Odoo Server Error', data: { name, message: 'ana@example.com' } };
    instead(odoo, () => ({ status: 200, body: { jsonrpc: '2.0', id: 1, error } }));
    const fault = await faultOf(odoo.connection.connector.update('tenant', id, { name: 'Ana' }, {}));
    expect(fault.kind).toBe(kind);
    expect(printed(fault)).not.toContain('ana@example.com');
  });

  it.each([NEW, OLD])('is checked without changing anything: version $version', async (options) => {
    const odoo = await odooOf(options);
    expect(await odoo.connection.connector.check()).toEqual({ name: 'fake-base' });
    expect(odoo.server.seen.some(({ write }) => write)).toBe(false);
  });

  it('says so where the user may look and not write', async () => {
    const odoo = await odooOf(NEW);
    instead(odoo, ({ path }) => (path.endsWith('/has_access') ? { status: 200, body: false } : null));
    expect((await faultOf(odoo.connection.connector.check())).kind).toBe('forbidden');
  });
});

describe('Odoo, reading a record', () => {
  it('takes no other record for it', async () => {
    const odoo = await odooOf(NEW);
    const id = await created(odoo);
    instead(odoo, ({ path }) =>
      path.endsWith('/search_read') ? { status: 200, body: [{ id: 99_999, contact_name: 'Ben' }] } : null,
    );
    expect((await faultOf(odoo.connection.connector.read('applicant', id))).kind).toBe('conflict');
  });
});

describe('Odoo, making a record', () => {
  it('makes a lead of an applicant, titled by the unit, and a contact with our id of a tenant', async () => {
    const odoo = await odooOf(NEW);
    await created(odoo, 'applicant');
    await created(odoo, 'tenant');
    const loads = odoo.server.seen.filter(({ path }) => path.endsWith('/load'));
    expect(loads.map(({ path, body }) => [path, (body as { fields: string[] }).fields])).toEqual([
      ['/json/2/crm.lead/load', ['id', 'contact_name', 'email_from', 'phone', 'name']],
      ['/json/2/res.partner/load', ['id', 'name', 'email', 'phone', 'ref']],
    ]);
    expect(odoo.fake.people('applicant')[0]?.fields.application).toBe('Boom application: Oak Street / 4B');
  });

  it('makes a contact of an applicant where CRM is not for the key’s user', async () => {
    const odoo = await odooOf({ ...NEW, crm: false });
    const id = await created(odoo);
    expect(id).toMatch(/^res\.partner,\d+$/);
    const contact = await odoo.connection.connector.read('applicant', id);
    expect(contact?.fields.application).toBe('Boom application: Oak Street / 4B');
  });

  it('makes one record however often the same is sent', async () => {
    const odoo = await odooOf(NEW);
    expect(await created(odoo)).toBe(await created(odoo));
    expect(odoo.fake.people('applicant')).toHaveLength(1);
  });

  it('never writes over somebody whom another installation made under the same key', async () => {
    const odoo = await odooOf(NEW);
    const ana = await created(odoo);
    const ben = await created(odoo, 'applicant', { firstName: 'Ben', email: 'ben@example.com' });
    expect(ben).not.toBe(ana);
    expect(odoo.fake.people('applicant').map(({ fields }) => fields.name)).toEqual([
      'Ana Sample',
      'Ben Sample',
    ]);
  });

  it('sends a row again that lost to another transaction', async () => {
    const odoo = await odooOf({ ...NEW, lostLoads: 3 });
    await created(odoo);
    expect(odoo.server.seen.filter(({ path }) => path.endsWith('/load'))).toHaveLength(4);
    expect(odoo.fake.people('applicant')).toHaveLength(1);
  });

  it('leaves it for later where it goes on losing', async () => {
    const odoo = await odooOf({ ...NEW, lostLoads: 100 });
    expect((await faultOf(created(odoo))).kind).toBe('transient');
    expect(odoo.fake.people('applicant')).toEqual([]);
  });

  it('names the field that a row was refused for, and not what stood in it', async () => {
    const odoo = await odooOf(NEW);
    const messages = [{ type: 'error', field: 'email_from', message: 'ana@example.com is no address' }];
    instead(odoo, ({ path }) =>
      path.endsWith('/load') ? { status: 200, body: { ids: false, messages } } : null,
    );
    const fault = await faultOf(created(odoo));
    expect([fault.kind, fault.fields]).toEqual(['invalid', ['email']]);
    expect(printed(fault)).not.toContain('ana@example.com');
  });
});

describe('Odoo, looking somebody up', () => {
  it('takes only the very address, also one with a character that stands for any other there', async () => {
    const odoo = await odooOf(NEW);
    const own = { email: 'ana_s@example.com' };
    odoo.fake.add?.('applicant', { name: 'Ana Sample', email: 'anaxs@example.com' });
    expect(await found(odoo, 'applicant', own)).toEqual([]);
    const id = odoo.fake.add?.('applicant', { name: ' ana  SAMPLE', email: 'Ana_S@Example.com' });
    expect(await found(odoo, 'applicant', own)).toEqual([id]);
  });

  it('asks where the address is there under another name', async () => {
    const odoo = await odooOf(NEW);
    const id = odoo.fake.add?.('applicant', { name: 'Ben Sample', email: 'ana@example.com' });
    const fault = await faultOf(found(odoo));
    expect([fault.kind, fault.candidates]).toEqual(['ambiguous', [id]]);
    expect(printed(fault)).not.toMatch(/Ben|ana@example/);
  });

  it('takes name and phone where there is no address, and nobody where there is neither', async () => {
    const odoo = await odooOf(NEW);
    odoo.fake.add?.('applicant', { name: 'Ana Sample', phone: '(312) 555-0199' });
    expect(await found(odoo, 'applicant', { email: null })).toEqual([]);
    const id = odoo.fake.add?.('applicant', { name: 'Ana Sample', phone: '(312) 555-0123' });
    expect(await found(odoo, 'applicant', { email: null })).toEqual([id]);
    expect((await faultOf(found(odoo, 'applicant', { email: null, phone: null }))).kind).toBe('invalid');
  });

  it('leaves alone what we made for another application, and takes what staff made', async () => {
    const odoo = await odooOf(NEW);
    const own = { name: 'Ana Sample', email: 'ana@example.com' };
    odoo.fake.add?.('applicant', { ...own, application: 'Boom application: Oak Street / 5C' });
    expect(await found(odoo)).toEqual([]);
    const id = odoo.fake.add?.('applicant', { ...own, application: 'Asked at the open house' });
    expect(await found(odoo)).toEqual([id]);
  });

  it('takes a hundred hits for no lookup', async () => {
    const odoo = await odooOf(NEW);
    for (let count = 0; count < 100; count += 1)
      odoo.fake.add?.('applicant', { name: 'Ana Sample', email: 'ana@example.com' });
    const fault = await faultOf(found(odoo));
    expect([fault.kind, fault.candidates]).toEqual(['ambiguous', []]);
  });

  it('finds nothing any more of what was deleted', async () => {
    const odoo = await odooOf(NEW);
    expect(await odoo.connection.connector.read('applicant', 'crm.lead,4711')).toBeNull();
  });
});

describe('Odoo, notes', () => {
  it('are internal, mailed to nobody, and known again by their mark', async () => {
    const odoo = await odooOf(NEW);
    const id = await created(odoo);
    const marker = '[boomsync approved 2026-11-12T15:14Z]';
    await odoo.connection.connector.addNote?.('applicant', id, {
      marker,
      text: 'BoomScreen: approved & done.',
    });
    const [note] = (await odoo.connection.connector.notes?.('applicant', id)) ?? [];
    expect(note).toEqual({ marker, text: `BoomScreen: approved & done. ${marker}` });
    const posted = odoo.server.seen.find(({ path }) => path.endsWith('/message_post'));
    expect(posted?.body).toMatchObject({ subtype_xmlid: 'mail.mt_note', message_type: 'comment' });
    expect(Object.keys(posted?.body as object)).not.toContain('partner_ids');
  });
});
