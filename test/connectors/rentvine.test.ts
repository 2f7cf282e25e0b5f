import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fakeRentvine from '../../connectors/rentvine/fake.ts';
import type { FakePms, FakeRequest } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import type { Connection } from '../../src/connect/connection.ts';
import type { Remote } from '../../src/connect/contract.ts';
import { connectionOf, desiredOf, faultOf, scopeOf } from '../connect/support.ts';

const ANA = { name: 'Ana Sample', email: 'ana@example.com', phone: '+13125550123', unitID: 301 };
const UNITS = { 'Oak Street / 4B': '301', 'Oak Street / 5C': '302' };

let now: Date;
let fake: FakePms;
let server: FakeServer;
let connection: Connection;

beforeEach(async () => {
  now = new Date('2026-11-01T12:00:00.000Z');
  fake = fakeRentvine(() => now, '');
  server = await startFakeServer(fake);
  connection = await connectionTo(server.url);
});

afterEach(() => server.close());

function connectionTo(url: string): Promise<Connection> {
  const own = { connector: 'rentvine', server: url, credentials: fake.credentials, units: UNITS };
  return connectionOf(own, { tune: (http) => ({ ...http, windows: [] }) });
}

const add = (changes: object = {}) => fake.add?.('applicant', { ...ANA, ...changes }) ?? '';

async function changedSince(since: Date | null): Promise<Remote[]> {
  const remotes: Remote[] = [];
  for await (const remote of connection.connector.changedSince?.('applicant', since) ?? [])
    remotes.push(remote);
  return remotes;
}

const decision = (id: string) => connection.connector.decision?.('applicant', id);
const decide = (id: string, value: string) => connection.connector.decide?.('applicant', id, value);
const shownDecision = (id: string) => fake.people('applicant').find((person) => person.id === id)?.decision;

/** The fake with its answers to some requests changed, as of another account. */
async function withAnswers(
  change: (request: FakeRequest, answer: ReturnType<FakePms['answer']>) => unknown,
  work: (other: Connection) => Promise<void>,
): Promise<void> {
  const other = await startFakeServer({
    ...fake,
    answer(request) {
      const answer = fake.answer(request);
      return { ...answer, body: change(request, answer) ?? answer.body };
    },
  });
  try {
    await work(await connectionTo(other.url));
  } finally {
    await other.close();
  }
}

const isExport = ({ path }: FakeRequest) => path.endsWith('/export');

describe('Rentvine, what we want there', () => {
  it('is compared to find the person, and theirs in every field', async () => {
    const fields = await connection.desire('applicant', scopeOf({ unitId: '301' }));
    expect(fields).toEqual(ANA);
    for (const field of Object.keys(fields)) expect(connection.rules('applicant').owner(field)).toBe('pms');
  });

  it('never has a conditional approval for an approval', () => {
    expect(connection.decisionFor('approved', 'applicant')).toBe('Approved');
    expect(connection.decisionFor('declined', 'applicant')).toBe('Declined');
    expect(connection.decisionFor('canceled', 'applicant')).toBe('Withdrawn');
    expect(connection.decisionFor('in_review', 'applicant')).toBe('Processing');
    for (const leasing of ['approved_with_conditions', 'invited', 'submitted', 'merged'] as const)
      expect(connection.decisionFor(leasing, 'applicant')).toBeNull();
  });

  it('makes nothing and changes no applicant', async () => {
    const { connector } = connection;
    const desired = await desiredOf(connection, {}, '301');
    expect((await faultOf(connector.create('applicant', desired.fields, 'key', desired))).kind).toBe(
      'forbidden',
    );
    expect((await faultOf(connector.update('applicant', add(), {}, {}))).kind).toBe('forbidden');
    expect(server.seen).toEqual([]);
  });
});

describe('Rentvine, the list of applications', () => {
  it('is read to its end, a person at a time', async () => {
    const ids = Array.from({ length: 55 }, (_, n) => add({ email: `p${n}@example.com` }));
    const remotes = await changedSince(null);
    expect(remotes.map(({ id }) => id)).toEqual(ids);
    expect(remotes[0]).toMatchObject({ fields: { name: 'Ana Sample', unitID: '301' } });
    expect(server.seen.map(({ query }) => query.page)).toEqual(['1', '2', '3']);
  });

  it('is only what changed since then', async () => {
    const old = add();
    now = new Date('2026-11-02T12:00:00.000Z');
    const young = add({ email: 'ben@example.com' });
    expect((await changedSince(now)).map(({ id }) => id)).toEqual([young]);
    fake.edit?.('applicant', old, { phone: '+13125559999' });
    expect((await changedSince(now)).map(({ id }) => id)).toEqual([old, young]);
  });

  it.each([
    ['gives ever new applications', Number.POSITIVE_INFINITY, 2000],
    ['comes round', 3, 3],
  ])('is a fault where it %s', async (_, round, pages) => {
    let given = 0;
    await withAnswers(
      (request) => {
        if (!isExport(request)) return undefined;
        given += 1;
        return Array.from({ length: 25 }, (_row, n) => ({
          applicationID: (given % round) * 25 + n + 1,
          applicants: [],
        }));
      },
      async ({ connector }) => {
        const read = (async () => {
          for await (const _remote of connector.changedSince?.('applicant', null) ?? []);
        })();
        const fault = await faultOf(read);
        expect([fault.message, fault.concernsConnection]).toEqual(["Rentvine's list does not end.", true]);
      },
    );
    expect(given).toBeLessThanOrEqual(pages + 1);
  });

  it('ends where pages do not turn', async () => {
    for (let n = 0; n < 30; n += 1) add({ email: `p${n}@example.com` });
    await withAnswers(
      (request) =>
        isExport(request) ? fake.answer({ ...request, query: { pageSize: '25' } }).body : undefined,
      async ({ connector }) => {
        const ids: string[] = [];
        for await (const { id } of connector.changedSince?.('applicant', null) ?? []) ids.push(id);
        expect(ids).toHaveLength(25);
      },
    );
  });

  it('may show an application beside its unit and its lease', async () => {
    const id = add();
    const wrapped = (row: Record<string, unknown>) => ({
      application: { ...row, unitID: undefined, leaseID: undefined },
      unit: { unitID: 301 },
      lease: { leaseID: 77 },
    });
    await withAnswers(
      (request, { body }) => (isExport(request) ? (body as never[]).map(wrapped) : undefined),
      async ({ connector }) => {
        expect(await connector.read('applicant', id)).toMatchObject({ id, fields: { unitID: '301' } });
        expect(await connector.decision?.('applicant', id)).toMatchObject({ locked: true });
      },
    );
  });

  it('that cannot be read is said', async () => {
    add();
    await withAnswers(
      (request) => (isExport(request) ? [{ applicants: [] }] : undefined),
      async ({ connector }) => {
        const fault = await faultOf(connector.read('applicant', '1-1'));
        expect(fault.kind).toBe('transient');
      },
    );
  });
});

describe('Rentvine, who is who', () => {
  const among = async (own: object = {}, unitId = '301') =>
    connection
      .among('applicant', await changedSince(null), await desiredOf(connection, own, unitId))
      .map(({ id }) => id);

  it('goes by e-mail and the whole name, whatever the capitals', async () => {
    add({ name: 'Ana M. Sample' });
    add({ name: 'Luis Sample' });
    const right = add({ name: 'ANA sample', email: 'ANA@example.com' });
    expect(await among()).toEqual([right]);
  });

  it('goes by phone and the whole name where Boom has no address', async () => {
    add({ name: 'Luis Sample' });
    const right = add({ email: null });
    expect(await among({ email: null })).toContain(right);
    expect(await among({ email: null })).toHaveLength(1);
  });

  it('tells two applications of one person apart by their units', async () => {
    add({ unitID: 302 });
    const right = add();
    expect(await among()).toEqual([right]);
  });

  it('shows both of two who are alike', async () => {
    expect(await among()).toEqual([]);
    const both = [add(), add()];
    expect(await among()).toEqual(both);
  });
});

describe('Rentvine, one application', () => {
  it('is read from where it was made, once that is known', async () => {
    for (let n = 0; n < 30; n += 1) add({ email: `p${n}@example.com` });
    now = new Date('2026-11-02T12:00:00.000Z');
    const id = add();
    expect(await connection.connector.read('applicant', id)).toMatchObject({ id });
    expect(server.seen).toHaveLength(2);
    expect(await connection.connector.read('applicant', id)).toMatchObject({ id });
    expect(server.seen).toHaveLength(3);
    expect(server.seen.at(-1)?.query.dateTimeModifiedMin).toBe(now.toISOString());
  });

  it('that is gone is none', async () => {
    add();
    expect(await connection.connector.read('applicant', '1-1')).toBeNull();
    expect(await decision('1-1')).toBeNull();
  });
});

describe('Rentvine, the status', () => {
  it.each(['Approved', 'Declined', 'Withdrawn', 'Processing'])('is set to %s', async (word) => {
    const id = add();
    expect(await decision(id)).toEqual({ value: 'Submitted', open: true, locked: false });
    await decide(id, word);
    expect(shownDecision(id)).toBe(word);
    expect((await decision(id))?.value).toBe(word);
    expect(server.seen.filter(({ write }) => write).map(({ path }) => path)).toEqual([
      `/screening/applications/${id.split('-')[0]}/status`,
    ]);
  });

  it('is not sent where it stands already', async () => {
    const id = add();
    fake.addApplication?.(id, 'Approved');
    await decide(id, 'Approved');
    expect(server.seen.some(({ write }) => write)).toBe(false);
  });

  it.each(['On Hold', 'Approved', 'Declined', 'Withdrawn'])('%s is a decision', async (word) => {
    const id = add();
    fake.addApplication?.(id, word);
    expect(await decision(id)).toEqual({ value: word, open: false, locked: false });
  });

  it('is not there to be set where somebody else is on the application', async () => {
    const id = add();
    const other = { applicantID: '1', name: 'Luis Sample', email: 'luis@example.com', phone: '' };
    await withAnswers(
      (request, { body }) =>
        isExport(request)
          ? (body as { applicants: object[] }[]).map((row) => ({
              ...row,
              applicants: [...row.applicants, other],
            }))
          : undefined,
      async ({ connector }) => {
        expect(await connector.decision?.('applicant', id)).toBeNull();
        const fault = await faultOf(Promise.resolve(connector.decide?.('applicant', id, 'Approved')));
        expect(fault.kind).toBe('not_found');
        expect(fault.message).not.toContain('Luis');
      },
    );
    expect(shownDecision(id)).toBe('Submitted');
  });

  it('is nobody’s any more on a lease', async () => {
    const id = add();
    fake.onLease?.(id);
    expect((await decision(id))?.locked).toBe(true);
    expect((await faultOf(Promise.resolve(decide(id, 'Declined')))).kind).toBe('conflict');
    expect(shownDecision(id)).toBe('Submitted');
  });

  it('is not set where its number stands for something else in this account', async () => {
    const id = add();
    const taken = add({ email: 'ben@example.com' });
    fake.addApplication?.(taken, 'Approved');
    await withAnswers(
      (request, { body }) =>
        isExport(request)
          ? (body as { applicationStatusID: number }[]).map((row) =>
              row.applicationStatusID === 6 ? { ...row, primaryApplicationStatusID: 7 } : row,
            )
          : undefined,
      async ({ connector }) => {
        const fault = await faultOf(Promise.resolve(connector.decide?.('applicant', id, 'Approved')));
        expect(fault.kind).toBe('forbidden');
      },
    );
    expect(shownDecision(id)).toBe('Submitted');
  });

  it('of an account’s own making is the one of the eight that it stands for', async () => {
    const id = add();
    await withAnswers(
      (request, { body }) =>
        isExport(request)
          ? (body as object[]).map((row) => ({
              ...row,
              applicationStatusID: 14,
              primaryApplicationStatusID: 3,
            }))
          : undefined,
      async ({ connector }) =>
        expect(await connector.decision?.('applicant', id)).toMatchObject({ value: 'Screening', open: true }),
    );
  });

  it('that is ignored with a good answer is seen', async () => {
    const id = add();
    fake.deaf = true;
    await decide(id, 'Approved');
    expect((await decision(id))?.value).toBe('Submitted');
  });

  it('that is refused names the field and no value', async () => {
    const id = add();
    await withAnswers(
      () => undefined,
      async ({ connector }) => {
        const fault = await faultOf(Promise.resolve(connector.decide?.('applicant', id, 'Unheard of')));
        expect(fault).toMatchObject({ kind: 'invalid', fields: ['applicationStatusID'] });
      },
    );
  });
});

describe('Rentvine, the account', () => {
  it('is proved by reading, and changes nothing', async () => {
    await connection.connector.check();
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /screening/applications/export',
    ]);
  });

  it('is refused with a wrong secret', async () => {
    const wrong = await connectionOf({
      connector: 'rentvine',
      server: server.url,
      credentials: { ...fake.credentials, secret: 'another' },
      units: UNITS,
    });
    expect((await faultOf(wrong.connector.check())).kind).toBe('unauthorized');
    expect((await faultOf(wrong.connector.read('applicant', '1-1'))).kind).toBe('unauthorized');
  });

  it('lists its units', async () => {
    const units: unknown[] = [];
    for await (const unit of connection.connector.units?.() ?? []) units.push(unit);
    expect(units).toEqual([
      { id: '301', title: '4B', property: 'Oak Street', address: '12 Oak Street', externalId: null },
      { id: '302', title: '5C', property: 'Oak Street', address: '12 Oak Street', externalId: null },
    ]);
  });
});
