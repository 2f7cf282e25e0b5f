/** The JSON API: every page's read by its own schema, every action's refusals, and the document that says so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/dashboard/actions.ts';
import { PAGES } from '../../src/dashboard/pages.ts';
import { makeKey } from '../../src/operate/people/secrets.ts';
import { type Landlord, startLandlord } from '../support/landlord.ts';
import { ana, ben, UNITS } from '../support/oak.ts';
import { type SignedIn, signedIn } from '../support/signed-in.ts';

const STATES = ['healthy', 'broken'] as const;

interface Home {
  landlord: Landlord;
  owner: SignedIn;
  helper: SignedIn;
  tenantId: string;
}

const homes = new Map<(typeof STATES)[number], Home>();

beforeAll(async () => {
  for (const state of STATES) {
    const landlord = await startLandlord({ oak: UNITS, keep: true });
    await landlord.tell(ana, ben);
    if (state === 'broken') await breakThings(landlord);
    const [tenant] = await landlord.stores.tenants.list({ limit: 1 });
    homes.set(state, {
      landlord,
      owner: await signedIn(landlord),
      helper: await signedIn(landlord, 'helper'),
      tenantId: tenant?.record.id ?? '',
    });
  }
}, 120_000);

afterAll(async () => {
  for (const { landlord } of homes.values()) await landlord.stop();
});

async function breakThings(landlord: Landlord): Promise<void> {
  for (const record of landlord.buildium.records.values()) record.LastName = 'Edited';
  await landlord.tell(
    { event: 'something_new' },
    { event: 'enrollment_pending' },
    { ...ana, event: 'application_updated', last_name: 'Ruiz-Sosa' },
    { ...ben, application_id: 'a3', unit: '9Z', email: 'x@example.com', first_name: 'Xu' },
  );
  landlord.buildium.switches.expiredKey = true;
  await landlord.tell({ ...ana, event: 'application_declined', request_id: 'late' });
}

function home(state: (typeof STATES)[number] = 'healthy'): Home {
  const found = homes.get(state);
  if (found === undefined) throw new Error(`There is no home ${state}`);
  return found;
}

async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; json: Told }> {
  const answer = await fetch(`${home().landlord.url}/api/v1${path}`, init);
  return { status: answer.status, json: (await answer.json()) as Told };
}

interface Told {
  error?: { code: string; message: string; remedy: string };
  ok?: boolean;
  text?: string;
}

async function keyOf(role: 'owner' | 'helper'): Promise<{ id: number; authorization: string }> {
  const { secret, hash } = makeKey();
  const { id } = await home().landlord.stores.apiTokens.add({ name: 'test', role, hash }, new Date());
  return { id, authorization: `Bearer ${secret}` };
}

const post = (authorization: string, body: unknown): RequestInit => ({
  method: 'POST',
  headers: { authorization, 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** What a page has to be asked with; those that are not named need nothing. */
function queryOf(page: string, { tenantId }: Home): Record<string, string> {
  const record = { tenantId, connection: 'oak', kind: 'applicant', place: 'p1' };
  const queries: Record<string, Record<string, string>> = {
    event: { id: '1' },
    tenant: { id: tenantId },
    tenant_undo: { id: tenantId, attempt: '1' },
    tenant_merge: { id: tenantId },
    tenant_forget: { id: tenantId },
    reporting_person: { id: tenantId },
    connection: { name: 'oak' },
    connection_preview: { name: 'oak' },
    needs_you_alike: { group: 'x' },
    needs_you_record: record,
    needs_you_units: { connection: 'oak' },
    needs_you_field: { connection: 'oak', field: 'LastName', how: 'off' },
    setup_connection_name: { connector: 'buildium' },
    setup_connection_key: { name: 'oak' },
    setup_connection_units: { name: 'oak' },
    settings_alert_add: { kind: 'mail' },
  };
  return queries[page] ?? {};
}

/** There is nothing of these unless something was begun: a draft, a group that is alike, a record that is asked about. */
const MAY_BE_MISSING = new Set([
  'setup_connection_file',
  'setup_connection_units',
  'settings_alert_change',
  'settings_alert_remove',
  'needs_you_alike',
  'needs_you_record',
  'needs_you_units',
]);

describe('every read', () => {
  it.each(STATES)(
    '%s: is what its schema says, and nothing beside it',
    async (state) => {
      const here = home(state);
      for (const { name, view } of PAGES) {
        const { status, json } = await here.owner.api(`${name}?${new URLSearchParams(queryOf(name, here))}`);
        if (MAY_BE_MISSING.has(name) && status !== 200) continue;
        expect(status, `${name}: ${JSON.stringify(json).slice(0, 200)}`).toBe(200);
        const parsed = view.safeParse(json);
        expect(parsed.error?.issues ?? [], name).toEqual([]);
        expect(parsed.data, name).toEqual(json);
      }
    },
    60_000,
  );

  it('is refused without a key, and to a helper where it is an owner’s', async () => {
    const { authorization } = await keyOf('helper');
    for (const { name, role } of PAGES) {
      const nobody = await ask(`/${name}`);
      expect(nobody.status, name).toBe(401);
      expect(nobody.json.error?.code, name).toBe('not_signed_in');
      if (role !== 'owner') continue;
      const helper = await ask(`/${name}`, { headers: { authorization } });
      expect(helper.status, name).toBe(403);
    }
  });

  it('names what was asked wrongly', async () => {
    const { authorization } = await keyOf('owner');
    const { status, json } = await ask('/settings_log?before=never', { headers: { authorization } });
    expect(status).toBe(400);
    expect(json.error?.message).toContain('before');
  });
});

describe('every action', () => {
  it('is refused without a key, with one that is none, and to a helper where it is an owner’s', async () => {
    const helper = await keyOf('helper');
    for (const { name, role } of ACTIONS) {
      expect((await ask(`/do/${name}`, { method: 'POST' })).status, name).toBe(401);
      expect((await ask(`/do/${name}`, post('Bearer bs_nothing', {}))).status, name).toBe(401);
      if (role !== 'owner') continue;
      const refused = await ask(`/do/${name}`, post(helper.authorization, {}));
      expect(refused.status, name).toBe(403);
      expect(refused.json.error?.code, name).toBe('not_allowed');
    }
  });

  it('is refused to a cookie alone: another site’s page could have sent it', async () => {
    const { owner } = home();
    const cookie = `${owner.cookie.name}=${owner.cookie.value}`;
    const headers = { cookie, 'content-type': 'application/json' };
    for (const { name } of ACTIONS) {
      for (const more of [
        {},
        { 'x-csrf': 'another' },
        { 'x-csrf': owner.csrf, 'sec-fetch-site': 'cross-site' },
      ]) {
        const sent = await ask(`/do/${name}`, {
          method: 'POST',
          headers: { ...headers, ...more },
          body: '{}',
        });
        expect(sent.status, `${name} ${JSON.stringify(more)}`).toBe(403);
        expect(sent.json.error?.code, name).toBe('not_own');
      }
    }
    const own = { ...headers, 'x-csrf': owner.csrf };
    const body = JSON.stringify({ name: 'oak' });
    const done = await ask('/do/look_again', { method: 'POST', headers: own, body });
    expect(done).toMatchObject({ status: 200, json: { ok: true } });
  });

  it('names the field of wrong input, and does nothing', async () => {
    const { authorization } = await keyOf('owner');
    for (const { name, input } of ACTIONS) {
      const fault = input.safeParse({});
      if (fault.success) continue;
      const { status, json } = await ask(`/do/${name}`, post(authorization, {}));
      expect(status, name).toBe(400);
      expect(json.error?.code, name).toBe('wrong_input');
      for (const { path } of fault.error.issues) expect(json.error?.message, name).toContain(path.join('.'));
    }
  });

  it.each([
    ['cut off', '{'],
    ['no object', '"text"'],
    ['too large', `{"name":"${'x'.repeat(70_000)}"}`],
  ])('takes no body that is %s', async (_, body) => {
    const { authorization } = await keyOf('owner');
    const { status, json } = await ask('/do/test_connection', post(authorization, body));
    expect(status).toBe(400);
    expect(json.error?.code).toBe('not_json');
  });
});

describe('a key', () => {
  it('works until it is revoked', async () => {
    const { id, authorization } = await keyOf('owner');
    const { stores } = home().landlord;
    expect((await ask('/status', { headers: { authorization } })).status).toBe(200);
    expect((await ask('/do/revoke_key', post(authorization, { id }))).json.ok).toBe(true);
    expect((await ask('/status', { headers: { authorization } })).status).toBe(401);
    expect(await stores.apiTokens.revoke(id, new Date())).toBe(false);
  });

  it('says that something could not be done, and with which words', async () => {
    const { authorization } = await keyOf('owner');
    const { status, json } = await ask('/do/test_backup', post(authorization, { file: 'none' }));
    expect(status).toBe(409);
    expect(json).toMatchObject({ ok: false, text: 'There is no such backup any more.' });
  });
});

type Json = { [key: string]: unknown };

function everyNode(node: unknown, at: string, found: (node: Json, at: string) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) found(node as Json, at);
  for (const [key, value] of Object.entries(node)) everyNode(value, `${at}/${key}`, found);
}

describe('the document', () => {
  it('is there for everybody, and names every read and every action once', async () => {
    const { status, json } = await ask('/openapi.json');
    const { openapi, info, paths } = json as unknown as {
      openapi: string;
      info: Json;
      paths: Record<string, Json>;
    };
    expect(status).toBe(200);
    expect(openapi).toMatch(/^3\.1\.\d+$/);
    expect(info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    const wanted = [...PAGES.map(({ name }) => `/${name}`), ...ACTIONS.map(({ name }) => `/do/${name}`)];
    expect(wanted.filter((path) => !(path in paths))).toEqual([]);
    const operations = Object.values(paths).flatMap((path) => Object.values(path) as Json[]);
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    for (const { operationId, summary, responses } of operations) {
      expect(operationId).toMatch(/^[a-z_]+$/);
      expect(summary, String(operationId)).toMatch(/\S/);
      for (const [code, response] of Object.entries(responses as Record<string, Json>)) {
        expect(code).toMatch(/^([1-5]\d\d|[1-5]XX|default)$/);
        expect(response.description, String(operationId)).toMatch(/\S/);
      }
    }
  });

  it('refers to nothing that is not in it, and to one field of an address once', async () => {
    const { json } = await ask('/openapi.json');
    everyNode(json, '#', ({ $ref, parameters }, at) => {
      if (typeof $ref === 'string') {
        const target = $ref
          .replace(/^#\/?/, '')
          .split('/')
          .filter(Boolean)
          .reduce<unknown>((node, key) => (node as Json | undefined)?.[key], json);
        expect($ref.startsWith('#/') && target !== undefined, `${at}: ${$ref}`).toBe(true);
      }
      if (!Array.isArray(parameters)) return;
      const names = (parameters as Json[]).map(({ name }) => name);
      expect(new Set(names).size, at).toBe(names.length);
      for (const one of parameters as Json[])
        expect(one, at).toMatchObject({ name: expect.any(String), in: 'query', schema: expect.any(Object) });
    });
  });
});
