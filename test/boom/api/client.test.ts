import { afterEach, describe, expect, it } from 'vitest';
import { faultOf, printed } from '../../connect/support.ts';
import { closeServers, serve } from '../../http/http-servers.ts';
import { ACCESS_KEY, type Answer, type Asked, clientOf, gathered, SECRET_KEY, startBoom } from './server.ts';

afterEach(closeServers);

const PERSON = {
  first_name: 'Ann',
  last_name: 'Privatename',
  email: 'private@example.com',
  phone: '15551234567',
};
const ADDRESS = {
  address1: '12 Oak St',
  address2: null,
  city: 'Austin',
  state_or_province: 'TX',
  postal_code: '78701',
  one_line_address: '12 Oak St, Austin, TX 78701',
};
const DENIED = {
  dob: '1990-01-01',
  ssn: '000-00-0000',
  ssn_encrypted: 'x',
  access_key: 'k',
  score: 10,
  recommendation: 'decline',
  adverse_action_reasons: ['x'],
  evaluated_rule_set: { rules: [] },
  evaluated_rule_sets: [],
  has_voucher: true,
  voucher_amount: { cents: 1 },
  grouped_income_rent_ratio: 0.3,
  verifications: [{ score: 1 }],
  phone_from_plaid: '15550000000',
  a_new_field: 'of tomorrow',
};

const APPLICATION = {
  id: 'app1',
  status: 'approved',
  property_id: 'p1',
  unit_id: 'u1',
  monthly_rent_amount: { cents: 185000, currency: 'USD' },
  desired_move_in_date: '2026-04-01T00:00:00.000Z',
  decision_at: '2026-03-03T00:00:00.000Z',
  created_at: '2026-02-28T00:00:00.000Z',
  application_updated_at: '2026-03-03T00:00:00.000Z',
  applicants: [
    { id: 'apl1', ...PERSON, role: 'applicant', external_id: null, application_status: 'approved' },
  ],
};
const UNIT = { id: 'u1', title: '4B', external_id: 'ext-u1' };

/** The answers by path; each object with all that must not pass, at every depth. */
const RECORDS: Record<string, unknown> = {
  '/applications/app1': {
    ...APPLICATION,
    ...DENIED,
    monthly_rent_amount: { ...APPLICATION.monthly_rent_amount, score: 1 },
    applicants: APPLICATION.applicants.map((applicant) => ({ ...applicant, ...DENIED })),
    application_url: 'https://boom.example.com/applications/app1',
    pending_magic_links: [{ email: 'other@example.com', link: 'https://x.test' }],
  },
  '/leads/lead1': { id: 'lead1', ...PERSON, updated_at: '2026-03-01', stage: { name: 'New' }, ...DENIED },
  '/leads/lead1/identity_verifications': {
    items: [{ ...PERSON, status: 'finished', finished_at: '2026-03-01', checks: { basic: true }, ...DENIED }],
    has_more: false,
  },
  '/customers/c1': { object: 'customer', id: 'c1', ...PERSON, ...DENIED },
  '/customers/c1/issues': { issues: [{ slug: 'bank', title: 'Bank', description: 'Lost', ...DENIED }] },
  '/enrollments/e1': {
    id: 'e1',
    customer_id: 7,
    status: 'approved',
    move_in_date: '2026-04-01',
    lease_end_date: '2027-03-31',
    monthly_rent_amount: '185000',
    address: { ...ADDRESS, country: 'US', lat: '1', ...DENIED },
    rental_verifications: [{ id: 'rv1', for_month: '2026-04-01', status: 'approved', ...DENIED }],
    ...DENIED,
  },
  '/units/u1': {
    ...UNIT,
    property_id: 'p1',
    magic_link: { email: 'other@example.com' },
    property: { id: 'p1', name: 'Oak', external_id: null, owner: 'An Owner', address: ADDRESS, ...DENIED },
  },
};

const answerRecord = ({ path }: Asked): Answer => {
  const body = RECORDS[path.replace('/partner/v1', '')];
  return body === undefined ? { status: 404, body: { error: 'not found' } } : { body };
};

describe('a record that is read', () => {
  it('has the listed fields of the record and of what is in it, and no other', async () => {
    const { api } = clientOf((await startBoom(answerRecord)).url);
    expect(await api.application('app1')).toEqual(APPLICATION);
    expect(await api.lead('lead1')).toEqual({ id: 'lead1', ...PERSON, updated_at: '2026-03-01' });
    expect(await api.identityVerifications('lead1')).toEqual([
      { status: 'finished', finished_at: '2026-03-01' },
    ]);
    expect(await api.customer('c1')).toEqual({ id: 'c1', ...PERSON });
    expect(await api.issues('c1')).toEqual([{ slug: 'bank', title: 'Bank', description: 'Lost' }]);
    expect(await api.enrollment('e1')).toEqual({
      id: 'e1',
      customer_id: '7',
      status: 'approved',
      move_in_date: '2026-04-01',
      monthly_rent_amount: '185000',
      address: ADDRESS,
      rental_verifications: [{ for_month: '2026-04-01' }],
    });
    expect(await api.unit('u1')).toEqual({
      ...UNIT,
      property: { id: 'p1', name: 'Oak', external_id: null, address: ADDRESS },
    });
  });

  it('is null where Boom has none of that id, and nothing belongs to it', async () => {
    const { api } = clientOf((await startBoom(answerRecord)).url);
    for (const read of [api.application, api.lead, api.customer, api.enrollment, api.unit])
      expect(await read('none')).toBeNull();
    expect(await api.identityVerifications('none')).toEqual([]);
    expect(await api.issues('none')).toBeNull();
  });

  it('is asked for under its id, escaped, and never by an id that would change the path', async () => {
    const boom = await startBoom(answerRecord);
    const { api } = clientOf(boom.url);
    for (const id of ['../authenticate', 'a/b?c#d', '%2e%2e', '$&']) expect(await api.lead(id)).toBeNull();
    const seen = boom.reads();
    expect(seen).toEqual(
      ['..%2Fauthenticate', 'a%2Fb%3Fc%23d', '%252e%252e', '%24%26'].map((id) => `/leads/${id}?`),
    );
    for (const id of ['', '.', '..', '\ud800', 'x'.repeat(201)]) expect(await api.lead(id)).toBeNull();
    expect(boom.reads()).toEqual(seen);
  });

  it('that comes without an id is a fault of its own', async () => {
    const { api } = clientOf((await startBoom(() => ({ body: { items: [] } }))).url);
    const fault = await faultOf(api.application('activity_logs'));
    expect([fault.kind, fault.concernsConnection]).toEqual(['invalid', false]);
  });
});

describe('a list that is read', () => {
  it('asks with the filters of Boom’s API, a hundred a page, until there is no more', async () => {
    const boom = await startBoom(({ path, query }) => {
      const page = Number(query.page);
      return { body: { items: [{ id: page, ...DENIED, marker: path }], has_more: page < 2 } };
    });
    const { api } = clientOf(boom.url);
    const both = [{ id: '1' }, { id: '2' }];
    expect(await gathered(api.applications({ from: '2026-03-01', to: '2026-03-02' }))).toEqual(both);
    expect(await gathered(api.applications({ from: null, to: null }))).toEqual(both);
    expect(await gathered(api.customers())).toEqual(both);
    expect(await gathered(api.enrollments())).toEqual(both);
    expect(boom.reads().filter((read) => read.includes('page=1&'))).toEqual([
      '/applications?last_updated_from_date=2026-03-01&last_updated_to_date=2026-03-02&page=1&per_page=100',
      '/applications?page=1&per_page=100',
      '/customers?order_by=created_at&order_direction=asc&page=1&per_page=100',
      '/enrollments?page=1&per_page=100',
    ]);
    expect(boom.reads().filter((read) => read.includes('page=2&'))).toHaveLength(4);
  });

  it('can be gone on with from any page', async () => {
    const boom = await startBoom(({ query }) => ({
      body: { items: [{ id: query.page }], has_more: query.page !== '5', page_count: 5 },
    }));
    const { api } = clientOf(boom.url);
    const lists = [
      api.applications({ from: null, to: null }, 5),
      api.activity({ from: null, to: null, types: [] }, 5),
      api.customers(5),
      api.enrollments(5),
    ];
    for (const list of lists) for await (const { page, pages } of list) expect([page, pages]).toEqual([5, 5]);
    expect(boom.reads().map((read) => new URLSearchParams(read.split('?')[1]).get('page'))).toEqual(
      lists.map(() => '5'),
    );
  });

  it('of the activity log holds the types asked for, and the pages of all', async () => {
    const types = ['decision_made', 'invited', 'application_merged', null];
    const boom = await startBoom(({ query }) => ({
      body: {
        items: types.map((type, at) => ({ id: `${query.page}${at}`, event_type: type })),
        has_more: query.page === '1',
        page_count: 2,
      },
    }));
    const [from, to] = ['2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z'];
    const log = clientOf(boom.url).api.activity({ from, to, types: ['decision_made', 'application_merged'] });
    const seen: unknown[] = [];
    for await (const { items, page, pages } of log) seen.push([page, pages, items.map(({ id }) => id)]);
    expect(seen).toEqual([
      [1, 2, ['10', '12']],
      [2, 2, ['20', '22']],
    ]);
    const times = `from_date=${encodeURIComponent(from)}&to_date=${encodeURIComponent(to)}`;
    expect(boom.reads()).toEqual(
      [1, 2].map((page) => `/applications/activity_logs?${times}&page=${page}&per_page=100`),
    );
  });

  it('leaves out what has no id, and says so without showing it', async () => {
    const items = [{ id: 'c1', ...PERSON }, PERSON, null, 'text'];
    const { api, lines } = clientOf((await startBoom(() => ({ body: { items } }))).url);
    expect(await gathered(api.customers())).toEqual([{ id: 'c1', ...PERSON }]);
    expect(lines).toContainEqual(expect.objectContaining({ path: '/customers', left: 3 }));
  });

  it('follows no link', async () => {
    const other = await startBoom(() => ({ body: { items: [] } }));
    const boom = await startBoom(({ query }) => ({
      headers: { link: `<${other.url}/partner/v1/customers?page=2>; rel="next"` },
      body: {
        items: [{ id: query.page }],
        has_more: query.page === '1',
        next_page_url: `${other.url}/partner/v1/customers?page=2`,
      },
    }));
    expect(await gathered(clientOf(boom.url).api.customers())).toHaveLength(2);
    expect(other.asked).toEqual([]);
  });
});

describe('every request', () => {
  it('is a GET with the token and an id of its own, but for the one that asks for the token', async () => {
    const boom = await startBoom(answerRecord);
    const { api } = clientOf(boom.url);
    await api.check();
    await Promise.all([api.lead('lead1'), api.customer('c1'), api.unit('u1')]);
    await api.customer('c1');
    const [first, ...rest] = boom.asked;
    expect([first?.method, first?.path]).toEqual(['POST', '/partner/v1/authenticate']);
    expect(JSON.parse(first?.body ?? '')).toEqual({ access_key: ACCESS_KEY, secret_key: SECRET_KEY });
    expect(first?.headers.authorization).toBeUndefined();
    expect(rest).toHaveLength(4);
    for (const { method, headers, body } of rest)
      expect([method, headers.authorization, body]).toEqual(['GET', 'Bearer token-1', '']);
    const ids = boom.asked.map(({ headers }) => headers['x-request-id']);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(new Set(ids).size).toBe(5);
    expect(boom.asked.some(({ headers }) => 'x-access-token' in headers)).toBe(false);
  });

  it('shows the access key where Boom’s enhanced security asks for it', async () => {
    const boom = await startBoom(answerRecord);
    await clientOf(boom.url, { sendAccessKey: true }).api.customer('c1');
    expect(boom.asked.map(({ headers }) => headers['x-access-token'])).toEqual([ACCESS_KEY, ACCESS_KEY]);
  });

  it('is told to the log with its id and its status, and without what was asked', async () => {
    const boom = await startBoom(answerRecord);
    const { api, lines } = clientOf(boom.url);
    await api.customer('c1');
    await api.lead('none');
    const facts = { account: 'main', text: 'asked Boom' };
    const id = (at: number) => boom.asked[at]?.headers['x-request-id'];
    expect(lines).toEqual([
      { ...facts, method: 'POST', path: '/partner/v1/authenticate', status: 200, requestId: id(0) },
      { ...facts, method: 'GET', path: '/partner/v1/customers/{id}', status: 200, requestId: id(1) },
      { ...facts, method: 'GET', path: '/partner/v1/leads/{id}', status: 404, requestId: id(2) },
    ]);
  });

  it('that failed is warned of, with the id by which Boom finds it', async () => {
    const boom = await startBoom(() => ({ status: 403 }));
    const { api, lines } = clientOf(boom.url);
    await faultOf(api.customer('c1'));
    expect(lines.at(-1)).toEqual({
      account: 'main',
      text: 'asked Boom in vain',
      method: 'GET',
      path: '/partner/v1/customers/{id}',
      status: 403,
      requestId: boom.asked.at(-1)?.headers['x-request-id'],
    });
  });

  it('waits its turn', async () => {
    const boom = await startBoom(answerRecord);
    const { api } = clientOf(boom.url, { windows: [{ requests: 3, seconds: 60 }] });
    await api.lead('lead1');
    await api.lead('lead1');
    const fourth = api.lead('lead1').then(() => 'answered');
    const others = clientOf(boom.url, { windows: [{ requests: 3, seconds: 60 }] });
    await others.api.lead('lead1');
    expect(await Promise.race([fourth, Promise.resolve('waiting')])).toBe('waiting');
    expect(boom.reads()).toHaveLength(3);
  });
});

describe('a token', () => {
  it('is renewed once for all that find it refused, and each asks once more', async () => {
    const boom = await startBoom((asked) =>
      asked.headers.authorization === 'Bearer token-1' ? { status: 401 } : answerRecord(asked),
    );
    const { api } = clientOf(boom.url);
    const read = await Promise.all(Array.from({ length: 4 }, () => api.customer('c1')));
    expect(read.every((customer) => customer?.id === 'c1')).toBe(true);
    expect(boom.tokensGiven()).toBe(2);
    expect(boom.reads()).toHaveLength(8);
  });

  it('that is refused again after it was renewed means that the keys are', async () => {
    const boom = await startBoom(() => ({ status: 401, body: { error: 'no' } }));
    const { api } = clientOf(boom.url);
    const fault = await faultOf(api.customer('c1'));
    expect([fault.kind, fault.concernsConnection]).toEqual(['unauthorized', true]);
    expect([boom.tokensGiven(), boom.reads().length]).toEqual([2, 2]);
  });

  it('is renewed before its end', async () => {
    const boom = await startBoom(answerRecord);
    const clock = { now: new Date('2026-03-01T12:00:00Z') };
    const { api } = clientOf(boom.url, { now: () => clock.now });
    await api.customer('c1');
    clock.now = new Date('2026-03-01T12:23:59Z');
    await api.customer('c1');
    expect(boom.tokensGiven()).toBe(1);
    clock.now = new Date('2026-03-01T12:24:01Z');
    await api.customer('c1');
    expect(boom.tokensGiven()).toBe(2);
  });

  it.each([400, 401, 422])('that is refused with a %i means that the keys are wrong', async (status) => {
    const boom = await startBoom(answerRecord, () => ({ status, body: { message: 'no' } }));
    for (const ask of [clientOf(boom.url).api.check(), clientOf(boom.url).api.customer('c1')]) {
      const fault = await faultOf(ask);
      expect([fault.kind, fault.message]).toEqual(['unauthorized', 'Boom refused our key.']);
      expect(fault.remedy).toContain(
        '`accessKey` and `secretKey` under `api` of the account main in config/boomsync.yaml',
      );
    }
    expect([boom.tokensGiven(), boom.reads().length]).toEqual([2, 0]);
  });

  it('that nobody knows of there means another address', async () => {
    const boom = await startBoom(answerRecord, () => ({ status: 404 }));
    const fault = await faultOf(clientOf(boom.url).api.customer('c1'));
    expect([fault.kind, fault.unreachable]).toEqual(['transient', true]);
    expect(fault.remedy).toContain('`server` under `api` of the account main');
  });

  it.each([[{}], [{ auth_token: '' }], [{ auth_token: 'a\nb' }], [[]], ['null']])(
    'of the form %j is none',
    async (body) => {
      const boom = await startBoom(answerRecord, () => ({ body }));
      const fault = await faultOf(clientOf(boom.url).api.customer('c1'));
      expect([fault.kind, fault.message]).toEqual(['transient', 'Boom took our keys but gave no token.']);
      expect(boom.reads()).toEqual([]);
    },
  );

  it('is shown by a check, each time', async () => {
    const boom = await startBoom(answerRecord);
    const { api } = clientOf(boom.url);
    await api.check();
    await api.check();
    expect(boom.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /partner/v1/authenticate',
      'POST /partner/v1/authenticate',
    ]);
  });
});

describe('a request to slow down', () => {
  it('is heeded for the seconds that it names, and the read goes on', async () => {
    const boom = await startBoom((asked) =>
      boom.reads().length === 1 ? { status: 429, headers: { 'retry-after': '17' } } : answerRecord(asked),
    );
    const { api, pauses, lines } = clientOf(boom.url);
    expect((await api.customer('c1'))?.id).toBe('c1');
    expect(pauses).toEqual([17_000]);
    expect(lines).toContainEqual({ account: 'main', waitMs: 17_000, text: 'Boom asked us to slow down' });
    expect(boom.tokensGiven()).toBe(1);
  });

  it('is heeded until the date that it names', async () => {
    const boom = await startBoom((asked) => {
      const until = new Date(Date.now() + 40_000).toUTCString();
      return boom.reads().length === 1
        ? { status: 429, headers: { 'retry-after': until } }
        : answerRecord(asked);
    });
    const { api, pauses } = clientOf(boom.url);
    expect((await api.customer('c1'))?.id).toBe('c1');
    expect(pauses).toHaveLength(1);
    expect(pauses[0]).toBeGreaterThan(30_000);
    expect(pauses[0]).toBeLessThanOrEqual(40_000);
  });

  it('is heeded where the token is asked for', async () => {
    const boom = await startBoom(answerRecord, (count) =>
      count === 1 ? { status: 429 } : { body: { auth_token: 'token' } },
    );
    const { api, pauses } = clientOf(boom.url);
    expect((await api.customer('c1'))?.id).toBe('c1');
    expect(pauses).toEqual([5000]);
  });

  it('for longer than we wait is an error that says how long', async () => {
    const boom = await startBoom(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    const { api, pauses } = clientOf(boom.url);
    const fault = await faultOf(api.customer('c1'));
    expect([fault.kind, fault.retryAfterMs]).toEqual(['rate_limited', 3_600_000]);
    expect([pauses, boom.reads().length]).toEqual([[], 1]);
  });

  it('that is made over and over is an error in the end', async () => {
    const boom = await startBoom(() => ({ status: 429, headers: { 'retry-after': '50' } }));
    const { api, pauses } = clientOf(boom.url);
    expect((await faultOf(api.customer('c1'))).kind).toBe('rate_limited');
    expect(pauses).toEqual([50_000, 50_000]);
  });
});

describe('what goes wrong', () => {
  it('for a moment is asked again, under another id', async () => {
    const boom = await startBoom((asked) =>
      boom.reads().length < 3 ? { status: 502, body: 'bad gateway' } : answerRecord(asked),
    );
    const { api, pauses } = clientOf(boom.url);
    expect((await api.customer('c1'))?.id).toBe('c1');
    expect(pauses).toHaveLength(2);
    expect(new Set(boom.asked.map(({ headers }) => headers['x-request-id'])).size).toBe(4);
  });

  it('is no redirect that is followed with the token', async () => {
    const other = await startBoom(answerRecord);
    const boom = await startBoom(({ path }) => ({ status: 302, headers: { location: other.url + path } }));
    const fault = await faultOf(clientOf(boom.url).api.customer('c1'));
    expect(fault.message).toBe('Boom sent us on to another address, which we never follow.');
    expect(fault.remedy).toBe(
      'Check the address of Boom’s API (`server` under `api` of the account main in config/boomsync.yaml): it must be the API itself.',
    );
    const keys = await startBoom(answerRecord, () => ({
      status: 307,
      headers: { location: `${other.url}/partner/v1/authenticate` },
    }));
    expect((await faultOf(clientOf(keys.url).api.check())).unreachable).toBe(true);
    expect(other.asked).toEqual([]);
  });

  it('is no answer larger than we read', async () => {
    const boom = await startBoom(() => ({ body: { id: 'c1', note: 'x'.repeat(17 * 1024 * 1024) } }));
    expect((await faultOf(clientOf(boom.url).api.customer('c1'))).message).toContain('larger than we read');
  });

  it.each([
    [403, 'forbidden', 'let the keys under `api` of the account main'],
    [400, 'invalid', 'Install the newest boomsync'],
    [503, 'transient', 'tried again by itself'],
    [533, 'maintenance', 'tried again by itself'],
  ] as const)('with a %i is %s', async (status, kind, remedy) => {
    const boom = await startBoom(() => ({ status, body: {} }));
    const fault = await faultOf(clientOf(boom.url).api.customer('c1'));
    expect(fault.kind).toBe(kind);
    expect(fault.remedy).toContain(remedy);
  });

  it('speaks of no connection, which Boom is not', async () => {
    const boom = [
      await startBoom(() => ({ headers: { 'content-type': 'text/html' }, body: '<html>sign in</html>' })),
      await startBoom(() => ({ status: 401 })),
      await startBoom(() => ({ status: 302 })),
      { url: 'http://no-such-host.invalid' },
    ];
    for (const { url } of boom) {
      const fault = await faultOf(clientOf(url).api.customer('c1'));
      expect(fault.remedy).toContain('of the account main in config/boomsync.yaml');
      expect(fault.remedy).not.toContain('connection (');
    }
  });

  it('lets no key, token or person into an error or into the log', async () => {
    const echo = JSON.stringify({ message: `${PERSON.email} ${PERSON.last_name}` });
    const reset = await serve((request) => request.socket.destroy());
    const urls = [
      reset,
      (await startBoom(() => ({ status: 400, body: echo }))).url,
      (await startBoom(() => ({ status: 500, body: echo }))).url,
      (await startBoom(() => ({ status: 401, body: echo }))).url,
      (await startBoom(() => ({ status: 429, body: echo, headers: { 'retry-after': '9999' } }))).url,
      (await startBoom(answerRecord, () => ({ status: 401, body: echo }))).url,
      (await startBoom(() => ({ body: `{"id": 1, ${echo}` }))).url,
      (await startBoom(() => ({ body: { ...PERSON } }))).url,
    ];
    for (const url of urls) {
      const { api, lines } = clientOf(url, { sendAccessKey: true });
      const text = printed(await faultOf(api.customer(PERSON.email))) + JSON.stringify(lines);
      expect(lines.length).toBeGreaterThan(0);
      for (const secret of [ACCESS_KEY, SECRET_KEY, 'token-1', 'private@', 'private%40', 'Privatename'])
        expect(text).not.toContain(secret);
    }
    const kept = clientOf((await startBoom(answerRecord)).url);
    await kept.api.customer('c1');
    expect(JSON.stringify(kept.lines)).not.toMatch(/private|nobody-may-see|token-1/);
  });
});
