/** Every answer of the fake Boom's API, held against Boom's own two descriptions by Prism as a proxy before it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoomApiServer, startBoomApi } from '../../src/simulate/api.ts';
import { type Prism, startPrism } from '../support/prism.ts';
import { type Lived, lived } from './support.ts';

const SPECS = fileURLToPath(new URL('../../../shared/specs/boom/', import.meta.url));

/** Some of a map's ids, from its beginning to its end. */
function some<T>(all: ReadonlyMap<string, T>, count = 12): string[] {
  const ids = [...all.keys()];
  const step = Math.max(1, Math.floor(ids.length / count));
  return ids.filter((_, index) => index % step === 0);
}

const SCREENING = ({ world: { records } }: Lived): string[] => [
  '/applications?per_page=1000',
  '/applications?last_updated_from_date=2026-06-01&status[]=approved',
  '/applications/activity_logs?per_page=1000&event_type=decision_made',
  '/applications/activity_logs?per_page=1000',
  '/leads?per_page=1000',
  '/units?per_page=1000',
  '/properties?per_page=1000',
  ...some(records.applications).flatMap((id) => [
    `/applications/${id}`,
    `/applications/${id}/activity_logs`,
    ...(records.applications.get(id)?.applicants ?? []).map(
      (applicant) => `/applications/${id}/applicants/${applicant.id}`,
    ),
  ]),
  ...some(records.leads).flatMap((id) => [`/leads/${id}`, `/leads/${id}/identity_verifications`]),
  ...records.units.slice(0, 5).map(({ id }) => `/units/${id}`),
  ...records.properties.map(({ id }) => `/properties/${id}`),
  '/applications/nobody',
];

const REPORTING = ({ world: { records } }: Lived): string[] => [
  '/customers?per_page=1000&order_by=updated_at&order_direction=asc',
  '/enrollments?per_page=1000',
  ...some(records.customers).flatMap((id) => [
    `/customers/${id}`,
    `/customers/${id}/issues`,
    `/enrollments?customer_id=${id}`,
  ]),
  ...some(records.enrollments).map((id) => `/enrollments/${id}`),
];

describe.each([
  ['screening-api.json', SCREENING],
  ['rent-reporting-api.json', REPORTING],
] as const)('Boom’s own %s', (file, pathsOf) => {
  const spec = join(SPECS, file);
  const missing = !existsSync(spec);
  let life: Lived;
  let api: BoomApiServer;
  let prism: Prism;
  let token: string;

  beforeAll(async () => {
    if (missing) return;
    life = lived({ units: 40, days: 365 });
    api = await startBoomApi(life.world, { limit: { requests: 100_000, windowMs: 60_000 } });
    prism = await startPrism(spec, api.url);
    const keys = { access_key: api.accessKey, secret_key: api.secretKey };
    // Asked for directly: the older description has the keys as a form, and takes JSON.
    const response = await fetch(`${api.url}/partner/v1/authenticate`, {
      method: 'POST',
      body: JSON.stringify(keys),
    });
    token = ((await response.json()) as { auth_token: string }).auth_token;
  }, 120_000);

  afterAll(async () => {
    prism?.process.kill();
    await api?.close();
  });

  const get = (path: string) =>
    fetch(`${prism.url}/partner/v1${path}`, { headers: { authorization: `Bearer ${token}` } });

  it('allows every answer', async ({ skip }) => {
    skip(missing, `Boom’s description (../shared/specs/boom/${file}) is not here`);
    const refused: string[] = [];
    for (const path of pathsOf(life)) {
      const response = await get(path);
      const text = await response.text();
      const expected = path.endsWith('/nobody') ? 404 : 200;
      if (response.status !== expected || response.headers.has('sl-violations'))
        refused.push(`${path}: ${response.status} ${text.slice(0, 300)}`);
    }
    expect(refused).toEqual([]);
  });

  it('bites: an answer that is not in it is refused', async ({ skip }) => {
    skip(missing, `Boom’s description (../shared/specs/boom/${file}) is not here`);
    const { applications, customers } = life.world.records;
    const [application] = applications.values();
    const [customer] = customers.values();
    if (application === undefined || customer === undefined) throw new Error('Nobody lives there');
    application.status = 'nonsense' as never;
    customer.person.born = 1970 as never;
    const path = file.startsWith('screening')
      ? `/applications/${application.id}`
      : `/customers/${customer.id}`;
    expect((await get(path)).status).toBe(500);
  });
});
