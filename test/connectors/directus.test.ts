import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import fakeDirectus from '../../connectors/directus/fake.ts';
import { boomSays, inLine, theState } from '../../src/conform/acts.ts';
import type { FakeFactory, FakePms, FakeRequest } from '../../src/conform/fake.ts';
import { object } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import { createHomes } from '../../src/conform/home.ts';
import { ANA, screening } from '../../src/conform/people.ts';
import { openRig, type Rig } from '../../src/conform/rig.ts';
import { loadSubject } from '../../src/conform/subject.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { connectionOf, desiredOf, faultOf, faultsOf, scopeOf } from '../connect/support.ts';

const ROW = {
  boomsync_key: 'bs-1',
  first_name: 'Ana',
  last_name: 'Sample',
  email: 'ana@example.com',
  phone: '+13125550123',
  property: 'Oak Street',
  unit: '4B',
  move_in: '2026-12-01',
};

let fake: FakePms;
let server: FakeServer;
let connection: Connection;

beforeEach(async () => {
  fake = fakeDirectus(() => new Date(), '');
  server = await startFakeServer(fake);
  connection = await connectionTo({});
});

afterEach(() => server.close());

function connectionTo(credentials: Record<string, string>): Promise<Connection> {
  return connectionOf({
    connector: 'directus',
    server: server.url,
    credentials: { ...fake.credentials, ...credentials },
  });
}

async function found(own: Partial<Parameters<typeof desiredOf>[1]> = {}): Promise<string[]> {
  const remotes = await connection.connector.find('applicant', await desiredOf(connection, own));
  return remotes.map(({ id }) => id);
}

describe('Directus, the name of the table', () => {
  it.each(['directus_users', '../users', 'renters?limit=1', 'a b'])('is not %s', async (collection) => {
    const faults = await faultsOf({
      connector: 'directus',
      server: server.url,
      credentials: { ...fake.credentials, collection },
    });
    expect(faults.map(({ path }) => path)).toEqual(['credentials.collection']);
  });

  it('is a part of every address, and so are the columns that we read', async () => {
    await found();
    for (const { path, query } of server.seen) {
      expect(path).toBe('/items/renters');
      expect(query.fields).toBe(`id,${Object.keys(ROW).join(',')},status`);
    }
  });
});

describe('Directus, what we want there', () => {
  it('is one row for a person and unit, as applicant and as tenant', async () => {
    const { key } = scopeOf();
    expect(await connection.desire('applicant', scopeOf())).toEqual({ ...ROW, boomsync_key: key });
    expect(await connection.desire('tenant', scopeOf())).toEqual({ ...ROW, boomsync_key: key });
  });

  it('has a word for each outcome but a conditional approval', () => {
    for (const leasing of ['in_review', 'approved', 'declined', 'canceled', 'merged'] as const)
      expect(connection.decisionFor(leasing, 'applicant')).toBe(leasing);
    expect(connection.decisionFor('approved_with_conditions', 'applicant')).toBeNull();
  });
});

describe('Directus, looking somebody up', () => {
  it('goes by our own id first', async () => {
    fake.add?.('applicant', { ...ROW, boomsync_key: null });
    const right = fake.add?.('applicant', { ...ROW, email: 'new@example.com' });
    expect(await found()).toEqual([right]);
  });

  it('reads every page, and takes only an exact address', async () => {
    for (let n = 0; n < 105; n += 1)
      fake.add?.('applicant', { ...ROW, boomsync_key: `other-${n}`, email: `x${n}ana@example.com` });
    const right = fake.add?.('applicant', { ...ROW, boomsync_key: null, email: 'Ana@example.com' });
    expect(await found()).toEqual([right]);
    expect(server.seen.map(({ query }) => query.offset)).toEqual([undefined, '0', '100']);
  });

  it('tells two units of one person apart', async () => {
    fake.add?.('applicant', { ...ROW, boomsync_key: null, unit: '5C' });
    expect(await found()).toEqual([]);
    const without = fake.add?.('applicant', { ...ROW, boomsync_key: null, unit: null });
    expect(await found()).toEqual([without]);
  });

  it('takes a row that is gone for gone, and not for one that we may not see', async () => {
    expect(await connection.connector.read('applicant', '17')).toBeNull();
  });
});

describe('Directus, refusals', () => {
  it('finds what an earlier try made, where the unique column refuses a second row', async () => {
    const desired = await desiredOf(connection);
    await connection.connector.create('applicant', desired.fields, 'key', desired);
    const again = connection.connector.create('applicant', desired.fields, 'key', desired);
    expect(await faultOf(again)).toMatchObject({ kind: 'conflict', fields: ['boomsync_key'] });
    expect(fake.people('applicant')).toHaveLength(1);
  });

  it('says which other column it is that allows a value only once', async () => {
    const refused = { extensions: { code: 'RECORD_NOT_UNIQUE', collection: 'renters', field: 'email' } };
    answerInstead({ status: 400, body: { errors: [{ message: 'Not unique', ...refused }] } });
    const desired = await desiredOf(connection);
    const fault = await faultOf(connection.connector.create('applicant', desired.fields, 'key', desired));
    expect(fault).toMatchObject({ kind: 'invalid', fields: ['email'] });
  });

  it('says that a table, a column or a permission is missing', async () => {
    const elsewhere = await connectionTo({ collection: 'nowhere' });
    const fault = await faultOf(elsewhere.connector.check());
    expect(fault.kind).toBe('forbidden');
    expect(fault.remedy).toContain('columns');
  });

  it('takes a token that is none for the connection’s failure, with either status', async () => {
    const wrong = await connectionTo({ staticToken: 'another' });
    expect((await faultOf(wrong.connector.check())).kind).toBe('unauthorized');
    answerInstead({ status: 403, body: { errors: [{ extensions: { code: 'INVALID_TOKEN' } }] } });
    expect((await faultOf(connection.connector.check())).kind).toBe('unauthorized');
  });

  function answerInstead(answer: ReturnType<FakePms['answer']>) {
    fake.answer = () => answer;
  }
});

describe('Directus, decisions', () => {
  it('an empty status is one that nobody has decided', async () => {
    const id = fake.add?.('applicant', ROW) ?? '';
    expect(await connection.connector.decision?.('applicant', id)).toEqual({
      value: 'in_review',
      open: true,
      locked: false,
    });
    await connection.connector.decide?.('applicant', id, 'approved');
    expect(await connection.connector.decision?.('applicant', id)).toMatchObject({
      value: 'approved',
      open: false,
    });
    expect(fake.people('applicant')[0]?.fields).toEqual(ROW);
  });
});

describe('a server that takes what it does not keep', async () => {
  const homes = await createHomes();
  afterAll(() => homes.remove());
  const loaded = await loadSubject('directus');
  if (!loaded.ok) throw new Error(loaded.faults.map(({ message }) => message).join('\n'));

  async function open(keeps: (written: object) => object): Promise<Rig> {
    if (!loaded.ok) throw new Error('not loaded');
    const rig = await openRig({ ...loaded.subject, factory: keepingOnly(keeps) }, homes);
    onTestFinished(() => rig.close());
    return rig;
  }

  /** A NocoDB-like server: 200, whatever it makes of what was sent. */
  function keepingOnly(keeps: (written: object) => object): FakeFactory {
    return (now, dataDir) => {
      const inner = fakeDirectus(now, dataDir);
      const written = ({ body, ...request }: FakeRequest): FakeRequest => ({
        ...request,
        body: inner.isWrite({ ...request, body }) ? keeps(object(body)) : body,
      });
      return { ...inner, answer: (request) => inner.answer(written(request)) };
    };
  }

  it('an unknown column that is dropped in silence is seen when the row is read back', async () => {
    const rig = await open((written) => without(written, 'phone'));
    await rig.deliver(screening('application_submitted', ANA, rig.now()));
    await rig.drain();
    const state = await theState(rig);
    expect(state).toMatchObject({ cause: 'conflict', message: expect.stringContaining('phone') });
    expect(rig.people()).toHaveLength(1);
  });

  it('a date that is taken and not kept is seen too, also in a change', async () => {
    const rig = await open((written) => ('move_in' in written ? { ...written, move_in: null } : written));
    await inLine(rig, ANA);
    expect((await theState(rig)).state).toBe('synced');
    await boomSays(rig, 'application_updated', ANA, {
      status: 'submitted',
      desired_move_in_date: '2026-12-01',
    });
    await rig.drain();
    const state = await theState(rig);
    expect(state).toMatchObject({ cause: 'conflict', message: expect.stringContaining('move_in') });
  });

  function without(written: object, column: string): object {
    return Object.fromEntries(Object.entries(written).filter(([name]) => name !== column));
  }
});
