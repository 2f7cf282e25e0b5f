/**
 * Every request of the client held against Boom's own descriptions of its API, and every answer that these
 * descriptions give, read by the client. Prism answers from each; before both stands one address, as in life.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIVITY_TYPES } from '../../../src/boom/activity.ts';
import type { BoomApi } from '../../../src/boom/api/client.ts';
import { startPrism } from '../../support/prism.ts';
import { clientOf, gathered } from './server.ts';

const specAt = (name: string) =>
  fileURLToPath(new URL(`../../../../shared/specs/boom/${name}.json`, import.meta.url));
const SCREENING = specAt('screening-api');
const REPORTING = specAt('rent-reporting-api');
const missing = [SCREENING, REPORTING].every((file) => existsSync(file))
  ? null
  : 'Boom’s descriptions (../shared/specs/boom/) are not here';

const started: { child: ChildProcess | null; server: Server | null }[] = [];

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function prismFor(spec: string): Promise<string> {
  const { url, process: child } = await startPrism(spec);
  started.push({ child, server: null });
  return url;
}

interface Seen {
  path: string;
  query: string[];
  status: number;
}

/**
 * Customers and enrollments go to the one, all else to the other: the token as well, because rent reporting describes
 * its form as a form of the type JSON, of which there is none.
 */
async function startFront(screening: string, reporting: string): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { pathname, search, searchParams } = new URL(request.url ?? '', 'http://boom');
    const upstream = /^\/partner\/v1\/(customers|enrollments)\b/.test(pathname) ? reporting : screening;
    const { authorization, 'content-type': type } = request.headers;
    const answer = await fetch(upstream + pathname + search, {
      method: request.method ?? 'GET',
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(parts.length === 0 ? {} : { body: Buffer.concat(parts) }),
    });
    seen.push({ path: pathname, query: [...searchParams.keys()], status: answer.status });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  started.push({ child: null, server });
  return { url: await listen(server), seen };
}

interface Described {
  template: string;
  query: string[];
}

/** The GETs of both descriptions, with the names of what may be asked. */
function described(): Described[] {
  interface Spec {
    paths: Record<string, { get?: { parameters?: { name: string; in: string }[] } }>;
  }
  return [SCREENING, REPORTING].flatMap((file) => {
    const { paths } = JSON.parse(readFileSync(file, 'utf8')) as Spec;
    return Object.entries(paths).flatMap(([template, { get }]) =>
      get === undefined
        ? []
        : [
            {
              template,
              query: (get.parameters ?? [])
                .filter(({ in: place }) => place === 'query')
                .map(({ name }) => name),
            },
          ],
    );
  });
}

describe.skipIf(missing !== null)(
  `Boom’s own descriptions${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let front: Awaited<ReturnType<typeof startFront>>;
    let api: BoomApi;

    beforeAll(async () => {
      const [screening, reporting] = await Promise.all([prismFor(SCREENING), prismFor(REPORTING)]);
      front = await startFront(screening, reporting);
      api = clientOf(front.url, { timeoutMs: 20_000 }).api;
    }, 120_000);

    afterAll(async () => {
      for (const { child, server } of started) {
        child?.kill();
        if (server !== null) await new Promise((resolve) => server.close(resolve));
      }
    });

    it('bite: they refuse what is not in them', async () => {
      const headers = { authorization: 'Bearer x' };
      const status = async (path: string, init: RequestInit = { headers }) =>
        (await fetch(`${front.url}/partner/v1${path}`, init)).status;
      expect(await status('/applications?page=first')).toBeGreaterThanOrEqual(400);
      expect(await status('/customers?order_by=shoe_size')).toBeGreaterThanOrEqual(400);
      expect(await status('/customers/1', {})).toBe(401);
      expect(await status('/units/1', {})).toBe(401);
      expect(await status('/authenticate', { method: 'POST', body: '{}' })).toBeGreaterThanOrEqual(400);
      expect(await status('/tenants')).toBe(404);
    });

    it('allow every request that the client makes, and give answers that it reads', async () => {
      front.seen.length = 0;
      await api.check();
      const records = [
        await api.application('a1'),
        await api.lead('l1'),
        await api.customer('c1'),
        await api.enrollment('e1'),
        await api.unit('u1'),
      ];
      for (const record of records) expect(record).toHaveProperty('id');
      const [from, to] = ['2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z'];
      const lists = [
        await gathered(api.applications({ from: '2026-03-01', to: '2026-03-02' })),
        await gathered(api.customers()),
        await gathered(api.enrollments()),
        await gathered(api.activity({ from, to, types: ACTIVITY_TYPES })),
        await api.identityVerifications('l1'),
      ];
      for (const list of lists) expect(list?.length).toBeGreaterThan(0);
      expect(await api.issues('c1')).toEqual([{ slug: 'string', title: 'string', description: 'string' }]);

      expect(front.seen.map(({ status }) => status)).toEqual(front.seen.map(() => 200));
      // Customers and enrollments do not say where they end: each list is asked for a page more.
      expect(front.seen.length).toBe(1 + records.length + lists.length + 1 + 2);
    });

    it('name every path and every filter that the client uses', () => {
      const known = described();
      const pattern = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
      const asked = front.seen.filter(({ path }) => path !== '/partner/v1/authenticate');
      for (const { path, query } of asked) {
        const fits = known
          .filter(({ template }) => pattern(template).test(path))
          .sort((a, b) => a.template.split('{').length - b.template.split('{').length);
        expect(fits[0]?.query, path).toEqual(expect.arrayContaining(query));
      }
      expect(asked.length).toBeGreaterThan(0);
    });

    it('give what the client takes: the fields of a record by the names that it knows', async () => {
      const application = await api.application('a1');
      const enrollment = await api.enrollment('e1');
      expect(application).toMatchObject({
        id: '1',
        status: 'pending',
        unit_id: '123456',
        property_id: '123456',
        monthly_rent_amount: { cents: 100, currency: 'USD' },
        desired_move_in_date: '2021-01-01T00:00:00.000Z',
        decision_at: '2025-02-03T15:55:38.816+00:00',
        application_updated_at: '2021-01-01T00:00:00.000Z',
        applicants: [{ id: '1', first_name: 'John', last_name: 'Doe', role: 'applicant' }],
      });
      expect(Object.keys(enrollment ?? {}).sort()).toEqual([
        'address',
        'customer_id',
        'id',
        'monthly_rent_amount',
        'move_in_date',
        'rental_verifications',
        'status',
      ]);
      expect((await api.unit('u1'))?.property).toMatchObject({ name: 'My property', external_id: '123456' });
      const [from, to] = ['2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z'];
      expect((await gathered(api.activity({ from, to, types: ACTIVITY_TYPES })))[0]).toEqual({
        id: '12345',
        application_id: 'app_abc123def456',
        event_type: 'decision_made',
        details: { status: 'approved', decision_at: '2025-01-15T10:30:00Z' },
        occurred_at: '2025-01-15T10:30:00Z',
      });
    });
  },
);
