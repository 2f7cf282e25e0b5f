import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { removeDenied } from '../../src/boom/denied.ts';
import { type ApiOptions, type BoomApiServer, startBoomApi } from '../../src/simulate/api.ts';
import { type Lived, lived } from './support.ts';

let life: Lived;
let api: BoomApiServer;
let token: string;

async function start(options: ApiOptions = {}): Promise<void> {
  api = await startBoomApi(life.world, options);
  const started = api;
  onTestFinished(() => started.close());
}

async function authenticate(keys = { access_key: api.accessKey, secret_key: api.secretKey }) {
  const response = await fetch(`${api.url}/partner/v1/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(keys),
  });
  const { auth_token } = (await response.json()) as { auth_token: string };
  token = auth_token;
  return response;
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${api.url}/partner/v1${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
}

interface Page {
  items: Record<string, unknown>[];
  has_more?: boolean;
  page_count?: number;
  total_count?: number;
}

async function page(path: string): Promise<Page> {
  const response = await get(path);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
}

async function one(path: string): Promise<Record<string, unknown>> {
  return (await (await get(path)).json()) as Record<string, unknown>;
}

const first = <T>(all: Iterable<T>): T => {
  for (const item of all) return item;
  throw new Error('There is none');
};

beforeEach(async () => {
  life = lived({ units: 20, days: 180 });
});

describe('who asks', () => {
  it('needs a token, and gets one for the right keys', async () => {
    await start();
    token = 'none';
    expect((await get('/applications')).status).toBe(401);
    expect((await authenticate({ access_key: 'x', secret_key: 'y' })).status).toBe(401);
    expect((await authenticate({} as never)).status).toBe(400);
    expect((await authenticate()).status).toBe(200);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims.exp - claims.iat).toBe(1_800);
    expect((await get('/applications')).status).toBe(200);
    token = `${token.slice(0, -3)}AAA`;
    expect((await get('/applications')).status).toBe(401);
  });

  it('is refused when the token has ended', async () => {
    await start();
    await authenticate();
    api.expireTokens();
    expect((await get('/applications')).status).toBe(401);
    await authenticate();
    expect((await get('/applications')).status).toBe(200);

    await start({ tokenSeconds: 0 });
    await authenticate();
    expect((await get('/applications')).status).toBe(401);
  });

  it('shows the access key as well where enhanced security is on', async () => {
    await start({ enhancedSecurity: true });
    await authenticate();
    expect((await get('/units')).status).toBe(401);
    expect((await get('/units', { 'x-access-token': api.accessKey })).status).toBe(200);
  });

  it('gets the id of the request back', async () => {
    await start();
    await authenticate();
    const response = await get('/units', { 'x-request-id': 'r-1' });
    expect(response.headers.get('x-request-id')).toBe('r-1');
    expect((await get('/units')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('too much, and too bad', () => {
  it.each([
    ['seconds', /^\d+$/],
    ['date', /GMT$/],
    ['none', null],
  ] as const)('is told to come back: %s', async (retryAfter, form) => {
    await start({ limit: { requests: 3, windowMs: 60_000 }, retryAfter });
    await authenticate();
    await get('/units');
    await get('/units');
    const response = await get('/units');
    expect(response.status).toBe(429);
    if (form === null) expect(response.headers.get('retry-after')).toBeNull();
    else expect(response.headers.get('retry-after')).toMatch(form);
    expect(api.answers.get(429)).toBe(1);
  });

  it('fails now and then where that is wanted', async () => {
    await start({ errors: 50 });
    await authenticate();
    const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await get('/units')).status));
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
  });

  it('has nothing but reads', async () => {
    await start();
    await authenticate();
    const application = first(life.world.records.applications.keys());
    for (const method of ['POST', 'PATCH', 'DELETE']) {
      const response = await fetch(`${api.url}/partner/v1/applications/${application}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
      expect(response.status).toBe(404);
    }
    expect(api.requests.get('other')).toBe(3);
    expect((await get('/applications/nobody')).status).toBe(404);
  });
});

describe('the lists', () => {
  beforeEach(async () => {
    await start();
    await authenticate();
  });

  it.each(['/applications', '/leads', '/units', '/properties', '/applications/activity_logs'])(
    '%s is paged with counts',
    async (path) => {
      const all: unknown[] = [];
      for (let number = 1; ; number += 1) {
        const { items, has_more, total_count, page_count } = await page(`${path}?page=${number}&per_page=7`);
        all.push(...items.map(({ id }) => id));
        expect(page_count).toBe(Math.ceil((total_count ?? 0) / 7));
        if (has_more !== true) {
          expect(new Set(all).size).toBe(total_count);
          return;
        }
      }
    },
  );

  it('has ten on a page where nothing is said, and 1,000 at most', async () => {
    expect((await page('/applications')).items).toHaveLength(10);
    const { total_count, page_count } = await page('/applications/activity_logs?per_page=5000');
    expect(page_count).toBe(Math.ceil((total_count ?? 0) / 1_000));
  });

  it('of rent reporting end with a short page', async () => {
    const { customers, enrollments } = life.world.records;
    const last = await page(`/customers?per_page=3&page=${Math.ceil(customers.size / 3)}`);
    expect(Object.keys(last)).toEqual(['items']);
    expect((await page(`/customers?per_page=3&page=99`)).items).toEqual([]);
    expect((await page('/enrollments')).items).toHaveLength(enrollments.size);
    const { customer } = first(enrollments.values());
    const own = await page(`/enrollments?customer_id=${customer.id}`);
    expect(new Set(own.items.map(({ customer_id }) => customer_id))).toEqual(new Set([customer.id]));
  });

  it('finds applications by whole days, status and external ids', async () => {
    const all = [...life.world.records.applications.values()];
    const application = all.find(({ status }) => status === 'approved') ?? first(all);
    const day = new Date(application.updatedAt).toISOString().slice(0, 10);
    const ids = async (query: string) =>
      (await page(`/applications?per_page=1000&${query}`)).items.map(({ id }) => id);
    const expected = all.filter((one) => new Date(one.updatedAt).toISOString().startsWith(day));
    expect(await ids(`last_updated_from_date=${day}&last_updated_to_date=${day}`)).toEqual(
      expected.map(({ id }) => id),
    );
    expect(await ids('last_updated_from_date=2100-01-01')).toEqual([]);
    expect(await ids('status[]=approved&status[]=merged')).toEqual(
      all.filter(({ status }) => status === 'approved' || status === 'merged').map(({ id }) => id),
    );
    const { unit, applicants } = application;
    expect(await ids(`unit_external_id=${unit.externalId}`)).toContain(application.id);
    expect(await ids('property_external_id=nowhere')).toEqual([]);
    const known = applicants.find(({ person }) => person.externalId !== null);
    if (known) expect(await ids(`external_id=${known.person.externalId}`)).toContain(application.id);
  });

  it('finds leads by mail and telephone', async () => {
    const { person } = first(life.world.records.leads.values());
    const { items } = await page(`/leads?email=${encodeURIComponent(person.email)}`);
    expect(items[0]).toMatchObject({ email: person.email });
    expect((await page('/leads?email=nobody@example.com')).items).toEqual([]);
    expect((await page(`/leads?phone=${encodeURIComponent(person.phone)}`)).items).not.toEqual([]);
  });

  it('tells what was done between two times, of one kind', async () => {
    const { activity } = life.world.records;
    const middle = new Date(activity[Math.floor(activity.length / 2)]?.at ?? 0).toISOString();
    const query = `per_page=1000&event_type=decision_made&from_date=${middle}`;
    const { items } = await page(`/applications/activity_logs?${query}`);
    expect(items.length).toBeGreaterThan(0);
    for (const { event_type, occurred_at, details } of items) {
      expect(event_type).toBe('decision_made');
      expect(String(occurred_at) >= middle).toBe(true);
      expect(details).toMatchObject({ status: expect.stringMatching(/approved|rejected/) });
    }
    const merged = first(life.world.records.activity.filter(({ kind }) => kind === 'application_merged'));
    const own = `/applications/${merged.application.id}/activity_logs?events[]=application_merged`;
    expect((await one(own)).activity_logs).toHaveLength(1);
  });
});

describe('one record', () => {
  beforeEach(async () => {
    await start();
    await authenticate();
  });

  it('of an application has its unit and property by id, and no address', async () => {
    const application = first(life.world.records.applications.values());
    const read = await one(`/applications/${application.id}`);
    expect(read).toMatchObject({
      id: application.id,
      status: application.status,
      unit_id: application.unit.id,
      property_id: application.unit.property.id,
      monthly_rent_amount: { cents: application.rent, currency: 'USD' },
    });
    expect(read).not.toHaveProperty('address');
    const { title, property } = application.unit;
    expect(await one(`/units/${application.unit.id}`)).toMatchObject({
      title,
      property: { name: property.name },
    });
    expect((await one(`/properties/${property.id}`)).units).toContainEqual(
      expect.objectContaining({ title }),
    );
  });

  it('of an enrollment has numbers as strings, the address of its unit and the months that it reports', async () => {
    const all = [...life.world.records.enrollments.values()];
    const enrollment = first(all.filter(({ months }) => months.length > 1));
    expect(await one(`/enrollments/${enrollment.id}`)).toMatchObject({
      customer_id: enrollment.customer.id,
      status: enrollment.status,
      monthly_rent_amount: String(enrollment.rent / 100),
      lease_month_to_month: 'false',
      address: { address2: enrollment.address2, one_line_address: expect.stringContaining('Austin, TX') },
      rental_verifications: enrollment.months.map(({ id, month, monthsDelinquent }) => ({
        id,
        for_month: month,
        months_delinquency: String(monthsDelinquent),
      })),
    });
  });

  it('of a customer names the open issues, and nothing that was resolved', async () => {
    const withIssue = [...life.world.records.enrollments.values()].find(
      ({ openIssues }) => openIssues.size > 0,
    );
    const enrollment = withIssue ?? first(life.world.records.enrollments.values());
    if (withIssue === undefined)
      enrollment.openIssues.set('a', { slug: 'a', title: 'A', description: 'An issue' });
    const { issues } = await one(`/customers/${enrollment.customer.id}/issues`);
    expect((issues as { slug: string }[]).map(({ slug }) => slug)).toEqual([...enrollment.openIssues.keys()]);
  });

  it('has what must never be stored, so that its removal can be shown', async () => {
    const { applications, customers, leads } = life.world.records;
    const paths = [
      `/applications/${first(applications.keys())}`,
      `/customers/${first(customers.keys())}`,
      `/leads/${first([...leads.values()].filter((l) => l.identityChecks.length > 0)).id}/identity_verifications`,
    ];
    for (const path of paths) expect(removeDenied(await one(path)).removed, path).toBe(true);
    expect(await one(paths[0] ?? '')).toMatchObject({ score: 640, recommendation: 'decline' });
    expect(await one(paths[1] ?? '')).toMatchObject({
      dob: expect.any(String),
      access_key: expect.any(String),
    });
  });
});
