import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import createFakeAppfolio from '../../connectors/appfolio/fake.ts';
import type { FakeAnswer, FakePms, FakeRequest } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import type { Desired, Kind, Remote, RemoteUnit } from '../../src/connect/contract.ts';
import { SAMPLE_SCOPE } from '../../src/connect/scope-shape.ts';
import { connectionOf, faultOf, printed, scopeOf } from '../connect/support.ts';

let fake: FakePms;
let server: FakeServer;
let connection: Connection;

beforeEach(async () => {
  fake = createFakeAppfolio(() => new Date(), '');
  server = await startFakeServer(fake);
  connection = await connectionOf(
    {
      connector: 'appfolio',
      server: `${server.url}/api/v0`,
      credentials: fake.credentials,
      units: { 'Oak Street / 4B': unitId() },
    },
    { tune: (http) => ({ ...http, retries: 0, windows: [] }) },
  );
});

afterEach(() => server.close());

function unitId(): string {
  return fake.units[0]?.id ?? '';
}

async function wanted(kind: Kind, own: Partial<Desired> = {}): Promise<Desired> {
  const fields = await connection.desire(kind, scopeOf({ unitId: unitId() }));
  return { tenantId: 't1', place: 'p1', key: 'bs-1', ...SAMPLE_SCOPE.person, fields, ...own };
}

async function created(kind: Kind, own: Partial<Desired> = {}): Promise<Remote> {
  const person = await wanted(kind, own);
  return connection.connector.create(kind, person.fields, 'idempotency-1', person);
}

async function listed<T>(list: AsyncIterable<T> | undefined): Promise<T[]> {
  const all: T[] = [];
  for await (const one of list ?? []) all.push(one);
  return all;
}

/** Answers so in the fake's place where it says anything. */
function instead(answer: (request: FakeRequest) => FakeAnswer | null): void {
  const usual = fake.answer;
  fake.answer = (request) => answer(request) ?? usual(request);
}

const sent = (method: string, path: string) =>
  server.seen.filter((request) => request.method === method && request.path === `/api/v0${path}`);

describe('AppFolio, leads', () => {
  it('are made with the property of the unit, and told apart by it', async () => {
    const person = await wanted('applicant');
    expect(person.fields).toEqual({
      FirstName: 'Ana',
      LastName: 'Sample',
      Email: 'ana@example.com',
      PhoneNumber: '+13125550123',
      PropertyId: unitId().split('/')[0],
    });
    await created('applicant');
    const [lead] = await listed(connection.connector.changedSince?.('applicant', null));
    if (lead === undefined) throw new Error('it is not listed');
    expect(connection.among('applicant', [lead], person)).toHaveLength(1);
    const other = {
      ...person,
      fields: { ...person.fields, PropertyId: fake.units[1]?.id.split('/')[0] ?? '' },
    };
    expect(connection.among('applicant', [lead], other)).toEqual([]);
  });

  it('are one lead however often the same create is sent', async () => {
    const [first, second] = [await created('applicant'), await created('applicant')];
    expect(second.id).toBe(first.id);
    expect(fake.people('applicant')).toHaveLength(1);
    const [request] = sent('POST', '/leads');
    expect(request?.headers['idempotency-key']).toBe('idempotency-1');
    expect(request?.body).toMatchObject({ Source: 'Boom' });
  });

  it('are read by id, and are gone where the list is empty', async () => {
    const { id } = await created('applicant');
    const lead = await connection.connector.read('applicant', id);
    expect(lead?.fields).toMatchObject({ FirstName: 'Ana', PhoneNumber: '(312) 555-0123' });
    expect(await connection.connector.read('applicant', '00000000-0000-4000-8000-000000000001')).toBeNull();
  });

  it('of an account of several pages are all listed', async () => {
    for (let count = 0; count < 201; count += 1)
      fake.add?.('applicant', { FirstName: 'A', LastName: `B${count}` });
    const leads = await listed(connection.connector.changedSince?.('applicant', new Date(0)));
    expect(new Set(leads.map(({ id }) => id)).size).toBe(201);
    expect(sent('GET', '/leads').map(({ query }) => query['page[number]'])).toEqual(['1', '2']);
  });
});

describe('AppFolio, tenants', () => {
  it('are made by a job, which is sent again where it lost to another and named no fault', async () => {
    const { id } = await created('tenant');
    expect(fake.people('tenant').map((person) => person.id)).toEqual([id]);
    expect(sent('POST', '/tenants/bulk')).toHaveLength(2);
    expect(sent('GET', '/jobs')).toHaveLength(4);
    expect(await connection.connector.read('tenant', id)).toMatchObject({
      fields: { FirstName: 'Ana', UnitId: unitId().split('/')[1] },
    });
  });

  it('are sent with nothing but who they are and where', async () => {
    await created('tenant');
    expect(sent('POST', '/tenants/bulk').at(-1)?.body).toEqual({
      data: [
        {
          ReferenceId: 'bs-1',
          FirstName: 'Ana',
          LastName: 'Sample',
          Email: 'ana@example.com',
          UnitId: unitId().split('/')[1],
        },
      ],
    });
  });

  it('that are refused are refused once, without a word of what was sent', async () => {
    const fields = { FirstName: 'Ana', LastName: 'Sample', Email: 'ana@example.com' };
    const fault = await faultOf(created('tenant', { fields }));
    expect(fault.kind).toBe('invalid');
    expect(printed(fault)).not.toMatch(/ana@example|Sample|Unit must/);
    expect(fake.people('tenant')).toEqual([]);
  });

  it('are looked for before anything is sent again, where the job is not known', async () => {
    instead(({ method, path }) =>
      method === 'POST' && path.endsWith('/bulk') ? { status: 200, body: {} } : null,
    );
    expect((await faultOf(created('tenant'))).kind).toBe('unknown_outcome');
    expect(sent('POST', '/tenants/bulk')).toHaveLength(1);
  });

  it('are tried again later where every job loses', async () => {
    instead(({ path }) =>
      path.endsWith('/jobs')
        ? {
            status: 200,
            body: {
              data: [
                { Status: 'finished', Result: [{ ReferenceId: 'bs-1', successful: false, errors: [] }] },
              ],
            },
          }
        : null,
    );
    expect((await faultOf(created('tenant'))).kind).toBe('transient');
    expect(sent('POST', '/tenants/bulk')).toHaveLength(3);
  });
});

describe('AppFolio, the connection', () => {
  it('is checked without changing anything, with both keys', async () => {
    await connection.connector.check();
    expect(server.seen.map(({ method, write }) => [method, write])).toEqual([['GET', false]]);
    const wrong = await connectionOf({
      connector: 'appfolio',
      server: `${server.url}/api/v0`,
      credentials: { ...fake.credentials, developerId: 'another' },
    });
    expect((await faultOf(wrong.connector.check())).kind).toBe('unauthorized');
  });

  it('lists units under the property and the unit, as the map of units has them', async () => {
    const units: RemoteUnit[] = await listed(connection.connector.units?.());
    expect(units.map(({ id, title }) => ({ id, title }))).toEqual(
      fake.units.map(({ id, title }) => ({ id, title })),
    );
  });

  it.each([
    [533, 'maintenance'],
    [409, 'transient'],
    [429, 'rate_limited'],
  ])('takes %i for %s', async (status, kind) => {
    instead(() => ({ status, body: { errors: [{ message: 'no' }] } }));
    expect((await faultOf(connection.connector.check())).kind).toBe(kind);
  });

  it('has no word for a decision, and no notes', () => {
    for (const leasing of [
      'approved',
      'declined',
      'canceled',
      'in_review',
      'approved_with_conditions',
    ] as const)
      expect(connection.decisionFor(leasing, 'applicant')).toBeNull();
    expect(connection.connector.decision).toBeUndefined();
    expect(connection.connector.addNote).toBeUndefined();
  });
});
