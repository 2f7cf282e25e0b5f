import { describe, expect, it } from 'vitest';
import { connected, faultsIn, manifest, pms } from './own-connector.ts';
import { desiredOf, faultOf, printed } from './support.ts';

const CREDENTIALS = {
  user: { label: 'the user', help: 'Yours.', secret: false },
  password: { label: 'the password', help: 'Yours.' },
};
const LOGIN = {
  method: 'POST',
  path: '/login',
  body: '{ "Username": credentials.user, "Password": credentials.password }',
  value: '$',
  seconds: 840,
};
const GIVEN = { user: 'jane', password: 'a-secret-nobody-may-see' };
const withLogin = (own: object = {}) =>
  manifest({
    credentials: CREDENTIALS,
    auth: { headers: { 'X-Token': '{token}' }, token: { ...LOGIN, ...own } },
  });

describe('a user and a password', () => {
  it('go out as Basic', async () => {
    const { url, seen } = await pms(() => ({ json: [] }));
    const auth = { basic: { user: '{user}', password: '{password}' } };
    const { connector } = await connected(
      manifest({ credentials: CREDENTIALS, auth, check: { method: 'GET', path: '/me' } }),
      {
        server: url,
        credentials: GIVEN,
      },
    );
    await connector.check();
    const basic = Buffer.from(`${GIVEN.user}:${GIVEN.password}`).toString('base64');
    expect(seen[0]?.headers.authorization).toBe(`Basic ${basic}`);
  });
});

describe('a sign-in', () => {
  it('happens once for requests that begin together, and its token, bare text, goes with each', async () => {
    const { url, seen } = await pms(({ url: at }) => (at === '/login' ? { json: 'token-1' } : { json: [] }));
    const connection = await connected(withLogin(), { server: url, credentials: GIVEN });
    const desired = await desiredOf(connection);
    await Promise.all([1, 2, 3].map(() => connection.connector.find('applicant', desired)));
    expect(seen.filter(({ url: at }) => at === '/login')).toHaveLength(1);
    expect(seen[0]?.body).toEqual({ Username: 'jane', Password: GIVEN.password });
    expect(seen.slice(1).map(({ headers }) => headers['x-token'])).toEqual(['token-1', 'token-1', 'token-1']);
  });

  it('is renewed once when its token is refused, and what was refused is sent again', async () => {
    let tokens = 0;
    const { url, seen } = await pms(({ url: at, headers }) => {
      if (at === '/login') {
        tokens += 1;
        return { json: `token-${tokens}` };
      }
      return headers['x-token'] === 'token-1' ? { status: 401 } : { status: 201, json: { id: 7 } };
    });
    const connection = await connected(withLogin(), { server: url, credentials: GIVEN });
    const desired = await desiredOf(connection);
    expect((await connection.connector.create('applicant', desired.fields, 'once', desired)).id).toBe('7');
    expect(seen.map(({ url: at }) => at)).toEqual(['/login', '/people', '/login', '/people']);
  });

  it('that is refused again is the connection’s failure, after one try, and tells no secret', async () => {
    const { url, seen } = await pms(({ url: at }) => (at === '/login' ? { json: 'token' } : { status: 401 }));
    const connection = await connected(withLogin(), { server: url, credentials: GIVEN });
    const fault = await faultOf(connection.connector.read('applicant', '1'));
    expect(fault.kind).toBe('unauthorized');
    expect(printed(fault)).not.toContain(GIVEN.password);
    expect(seen.filter(({ url: at }) => at !== '/login')).toHaveLength(2);
  });

  it.each([
    ['a refusal', { status: 401 }, 'unauthorized'],
    ['nothing to go on with', { json: false }, 'unauthorized'],
    ['a wrong password in a good answer', { json: { error: 'no' } }, 'unauthorized'],
    ['a web page', { text: '<html>', headers: { 'content-type': 'text/html' } }, 'transient'],
    ['maintenance', { status: 533 }, 'maintenance'],
  ])('answered with %s is the connection’s failure, and nothing else is sent', async (_, said, kind) => {
    const { url, seen } = await pms(() => said);
    const connection = await connected(withLogin(), { server: url, credentials: GIVEN });
    const fault = await faultOf(connection.connector.check());
    expect([fault.kind, fault.concernsConnection]).toEqual([kind, true]);
    expect(printed(fault)).not.toContain(GIVEN.password);
    expect(new Set(seen.map(({ url: at }) => at))).toEqual(new Set(['/login']));
  });

  it('is made anew before its time is over', async () => {
    const { url, seen } = await pms(({ url: at }) =>
      at === '/login' ? { json: 'token' } : { json: { id: 1 } },
    );
    // Over as soon as it is there.
    const connection = await connected(withLogin({ seconds: 0.001 }), { server: url, credentials: GIVEN });
    for (let n = 0; n < 3; n += 1) {
      await connection.connector.read('applicant', '1');
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(seen.filter(({ url: at }) => at === '/login')).toHaveLength(3);
  });
});

describe('an address with an account in it', () => {
  const servers = { production: 'https://{user}.example.com/api/manager' };

  it('is filled in, and the landlord may write another', async () => {
    const content = manifest({ credentials: CREDENTIALS, servers });
    expect(await faultsIn(content, { server: null, credentials: GIVEN })).toEqual([]);
    expect(await faultsIn(content, { credentials: GIVEN })).toEqual([]);
  });

  it.each(['evil.example.com/', 'me@evil', 'a:b', '../x', 'a b'])(
    'takes no account `%s`, which would lead elsewhere',
    async (user) => {
      const content = manifest({ credentials: CREDENTIALS, servers });
      const faults = await faultsIn(content, { server: null, credentials: { ...GIVEN, user } });
      expect(faults.map(({ path }) => path)).toEqual(['credentials.user']);
    },
  );

  it('holds no secret, and neither does a path', async () => {
    const content = manifest(
      { credentials: CREDENTIALS, servers: { production: 'https://{password}.example.com' } },
      { read: { method: 'GET', path: '/people/{id}/{password}' } },
    );
    const faults = await faultsIn(content, { server: null, credentials: GIVEN });
    expect(faults.map(({ path }) => path)).toEqual([
      'servers.production',
      'kinds.applicant.requests.read.path',
    ]);
    expect(faults.every(({ message }) => message.includes('is a secret'))).toBe(true);
  });
});
