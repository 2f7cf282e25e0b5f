/**
 * MicroRealEstate as far as we use it: it lists everybody, shows a tenant without dates as on a lease of today, answers a
 * PATCH without `_id` with somebody else, and most of what is wrong with 500.
 */
import {
  type FakeAnswer,
  type FakeCall,
  type FakeFactory,
  type FakePerson,
  type FakePms,
  object,
  routed,
} from '../../src/conform/fake.ts';
import type { Fields } from '../../src/connect/contract.ts';

interface Contact {
  contact?: unknown;
  email?: unknown;
  phone?: unknown;
}

/** As it is kept; whatever else staff entered stands beside. Dates are DD/MM/YYYY. */
interface Tenant {
  _id: string;
  name: string;
  reference: string;
  contacts: Contact[];
  properties: Record<string, unknown>[];
  rents: object[];
  [field: string]: unknown;
}

const ORGANIZATION = '64b7f3a2c1d2e3f405060708';
const CREDENTIALS = {
  organizationId: ORGANIZATION,
  clientId: '0b1c2d3e-0000-4000-8000-000000000001',
  clientSecret: 'fake.secret.signed',
};
const BASE = '/api/v2';
const PROPERTY = '64b7f3a2c1d2e3f4000000aa';
const TOKEN_MS = 300_000;
/** Made by MicroRealEstate at each look, and never kept. */
const COMPUTED = ['status', 'terminated', 'hasPayments', 'contactEmails', 'hasContactEmails', 'frequency'];

const fakeMicrorealestate: FakeFactory = (now) => {
  const tenants = new Map<string, Tenant>();
  const tokens = new Map<string, number>();
  let last = 0;
  const next = () => {
    last += 1;
    return last.toString(16).padStart(8, '0');
  };

  const signIn = ({ body }: FakeCall): FakeAnswer => {
    const { clientId, clientSecret } = object(body);
    if (typeof clientId !== 'string' || typeof clientSecret !== 'string') return fault(422, 'missing fields');
    if (clientId !== CREDENTIALS.clientId || clientSecret !== CREDENTIALS.clientSecret)
      return fault(401, 'invalid credentials');
    const accessToken = `token-${next()}`;
    tokens.set(accessToken, now().getTime() + TOKEN_MS);
    return { status: 200, body: { accessToken, organizationId: ORGANIZATION } };
  };

  const keep = (written: Record<string, unknown>, _id = `64b7f3a2c1d2e3f4${next()}`): Tenant => {
    const tenant = { rents: [], contacts: [], properties: [], ...stored(written), _id } as unknown as Tenant;
    tenants.set(_id, tenant);
    return tenant;
  };
  const shown = (tenant: Tenant | undefined) => {
    if (tenant === undefined) throw new Error('Cannot read properties of null');
    return shownAt(tenant, now());
  };
  const create = ({ body }: FakeCall): FakeAnswer => {
    const wrong = faultOf(object(body));
    if (wrong !== null) return wrong;
    const made = keep({ ...referenced(object(body), next()), rents: [] });
    if (fake.deaf) tenants.delete(made._id);
    return { status: 200, body: shown(made) };
  };
  const replace = ({ params, body }: FakeCall): FakeAnswer => {
    const written = object(body);
    const wrong = faultOf(written);
    if (wrong !== null) return wrong;
    const before = tenants.get(params.id ?? '');
    if (before === undefined) return fault(404, 'tenant not found');
    if (!Array.isArray(written.properties)) return fault(500, 'properties is undefined');
    // Rents are worked out from the dates and properties that came; without them there are none any more.
    const onLease = Boolean(written.beginDate && written.endDate) && written.properties.length > 0;
    const after = { ...before, ...referenced(written, next()), rents: onLease ? before.rents : [] };
    if (!fake.deaf) keep(after, before._id);
    const asked = typeof written._id === 'string' ? written._id : ([...tenants.keys()][0] ?? '');
    return { status: 200, body: shown(tenants.get(asked)) };
  };
  const answer = routed(
    {
      [`GET ${BASE}/tenants`]: () => ({ status: 200, body: [...tenants.values()].map(shown) }),
      [`POST ${BASE}/tenants`]: create,
      [`GET ${BASE}/tenants/{id}`]: ({ params }) => {
        const tenant = tenants.get(params.id ?? '');
        return tenant === undefined ? fault(500, 'Cannot read properties of null') : ok(shown(tenant));
      },
      [`PATCH ${BASE}/tenants/{id}`]: replace,
      [`GET ${BASE}/properties`]: () => ok([{ _id: PROPERTY, name: 'Oak Street 4B' }]),
    },
    () => ({ status: 404, text: 'Not Found' }),
  );
  const permitted = ({ headers }: { headers: Record<string, string> }): FakeAnswer | null => {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    if ((tokens.get(token) ?? 0) <= now().getTime()) return { status: 401, text: 'Unauthorized' };
    return headers.organizationid === ORGANIZATION ? null : { status: 404, text: 'Not Found' };
  };

  const of = (id: string): Tenant => {
    const tenant = tenants.get(id);
    if (tenant === undefined) throw new Error(`The fake MicroRealEstate has nobody of the id ${id}`);
    return tenant;
  };
  const signInRoute = routed({ [`POST ${BASE}/authenticator/landlord/signin`]: signIn }, (request) => {
    return permitted(request) ?? answer(request);
  });
  const fake: FakePms = {
    credentials: CREDENTIALS,
    server: (url) => `${url}${BASE}`,
    units: [],
    deaf: false,
    answer: signInRoute,
    isWrite: ({ method, path }) => method !== 'GET' && !path.endsWith('/signin'),
    people: () => [...tenants.values()].map(personOf),
    add: (_kind, fields) => keep(referenced(recordOf(fields), next()))._id,
    edit: (_kind, id, fields) => {
      const { name, reference, contacts } = recordOf({ ...fieldsOf(of(id)), ...fields });
      keep({ ...of(id), name, reference, contacts }, id);
    },
    onLease: (id) => {
      const dates = { beginDate: '01/12/2026', endDate: '30/11/2027' };
      const properties = [{ propertyId: PROPERTY, rent: 1450, entryDate: dates.beginDate }];
      keep({ ...of(id), ...dates, properties, rents: [{ term: 2026120100 }] }, id);
    },
    expireTokens: () => tokens.clear(),
    refuses: ({ method, path, body }) => {
      if (method === 'DELETE') return 'something would be deleted';
      if (!/\/(tenants|properties|signin)(\/|$)/.test(path)) return 'nobody asked for this';
      if (method === 'GET' || path.endsWith('/signin')) return null;
      const { beginDate, endDate, terminationDate, properties, _id } = object(body);
      if (beginDate || endDate || terminationDate || (Array.isArray(properties) && properties.length > 0))
        return 'a lease would be made';
      return method === 'PATCH' && _id === undefined ? 'it would answer about somebody else' : null;
    },
  };
  return fake;
};

export default fakeMicrorealestate;

function referenced(written: Record<string, unknown>, other: string): Record<string, unknown> {
  return { ...written, reference: text(written.reference) ?? `R${other.toUpperCase()}` };
}

function stored(written: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(written).filter(([name]) => !COMPUTED.includes(name)));
}

function shownAt({ rents, ...tenant }: Tenant, at: Date) {
  const [year, month, day] = at.toISOString().slice(0, 10).split('-');
  const today = `${day}/${month}/${year}`;
  const contactEmails = tenant.contacts.flatMap(({ email }) => text(email)?.toLowerCase() ?? []);
  return {
    ...tenant,
    beginDate: tenant.beginDate ?? today,
    endDate: tenant.endDate ?? today,
    frequency: 'months',
    status: 'inprogress',
    terminated: false,
    contactEmails,
    hasContactEmails: contactEmails.length > 0,
    hasPayments: rents.some((rent) => 'payments' in rent),
  };
}

function personOf(tenant: Tenant): FakePerson {
  return { id: tenant._id, fields: fieldsOf(tenant), notes: [], decision: null };
}

function fieldsOf({ name, reference, contacts: [first] }: Tenant): Fields {
  return { name, reference, email: text(first?.email), phone: text(first?.phone) };
}

/** As staff enter it. */
function recordOf({ name, email, phone, reference }: Fields): Record<string, unknown> {
  return { name, reference, contacts: [{ contact: name, email, phone }] };
}

function faultOf(body: Record<string, unknown>): FakeAnswer | null {
  if (text(body.name) === null) return fault(422, 'missing fields');
  const properties = Array.isArray(body.properties) ? body.properties : [];
  if (properties.some((property) => object(property).propertyId !== PROPERTY))
    return fault(500, 'Cannot read properties of undefined');
  const dates = [body.beginDate, body.endDate, body.terminationDate].map(text);
  const wrong = dates.some((date) => date !== null && !/^\d{2}\/\d{2}\/\d{4}$/.test(date));
  return wrong ? fault(500, 'Cast to date failed') : null;
}

function ok(body: unknown): FakeAnswer {
  return { status: 200, body };
}

function fault(status: number, message: string): FakeAnswer {
  return { status, body: { status, message } };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
