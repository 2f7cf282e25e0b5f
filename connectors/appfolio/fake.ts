/** AppFolio as far as we use it: lists only with a filter, ids that are UUIDs, tenants by a job that may deadlock. */
import {
  createPeople,
  type FakeAnswer,
  type FakeCall,
  type FakeFactory,
  type FakePms,
  type KeptPerson,
  object,
  pageByNumber,
  routed,
  usPhone,
} from '../../src/conform/fake.ts';
import type { Fields, Kind } from '../../src/connect/contract.ts';

interface Extra {
  /** On a lease: an occupancy. */
  occupancy: string | null;
}
type Person = KeptPerson<Extra>;

interface Job {
  Id: string;
  Status: string;
  Result: object[];
  /** So often it was asked for. */
  asked: number;
  run(): object[];
}

const CREDENTIALS = { clientId: 'fake-client', clientSecret: 'fake-secret', developerId: 'fake-developer' };
const BASIC = `Basic ${Buffer.from(`${CREDENTIALS.clientId}:${CREDENTIALS.clientSecret}`).toString('base64')}`;
/** What would move somebody in on terms of ours, or mail them. */
const NEVER = /lease|rent|deposit|charge|move|date|invite|notify|portal/i;

const fakeAppfolio: FakeFactory = (now) => {
  const people = createPeople<Extra>(now);
  const jobs = new Map<string, Job>();
  const replays = new Map<string, FakeAnswer>();
  let deadlocks = 1;

  const list =
    (kind: Kind) =>
    ({ query }: FakeCall): FakeAnswer =>
      filtered(people.all(kind).map(shown), query);
  const createLead = ({ body, headers }: FakeCall): FakeAnswer => {
    const key = headers['idempotency-key'] ?? '';
    const before = replays.get(key);
    if (before !== undefined) return { ...before, headers: { 'Idempotent-Replayed': 'true' } };
    const { FirstName, LastName, PropertyId } = object(body);
    if (![FirstName, LastName, PropertyId].every(filled)) return refused(422);
    const { id } = people.make('applicant', stored(object(body)), { occupancy: null });
    const answer = { status: 201, body: { Id: uuid(id) } };
    if (key !== '') replays.set(key, answer);
    return answer;
  };
  const changeLead = ({ params, body }: FakeCall): FakeAnswer => {
    const lead = people.get('applicant', plainId(params.id ?? ''));
    if (lead === undefined) return refused(404);
    if (!fake.deaf) people.change(lead, stored(object(body)));
    return { status: 200, body: {} };
  };

  const runRow = (row: Record<string, unknown>): object => {
    const { ReferenceId, FirstName, LastName, UnitId, ...rest } = row;
    if (![FirstName, LastName, UnitId].every(filled))
      return { ReferenceId, successful: false, errors: ['Unit must be given'] };
    const fields = stored({ FirstName, LastName, UnitId, ...rest });
    const { id } = people.make('tenant', fields, { occupancy: uuid(people.nextId()) });
    return { ReferenceId, successful: true, ResourceId: uuid(id), errors: [] };
  };
  const beginJob = ({ body }: FakeCall): FakeAnswer => {
    const rows = object(body).data;
    if (!Array.isArray(rows) || rows.length === 0) return refused(422);
    const fails = deadlocks > 0;
    deadlocks -= 1;
    const Id = uuid(people.nextId());
    const run = () =>
      rows.map((row) =>
        fails ? { ReferenceId: row.ReferenceId, successful: false, errors: [] } : runRow(object(row)),
      );
    jobs.set(Id, { Id, Status: 'queued', Result: [], asked: 0, run });
    return { status: 200, body: { JobId: Id } };
  };
  /** At work the first time it is asked for, done the second time. */
  const askJob = ({ query }: FakeCall): FakeAnswer => {
    const job = jobs.get(query['filters[Id]'] ?? '');
    if (job === undefined) return { status: 200, body: { data: [] } };
    job.asked += 1;
    if (job.asked === 2) Object.assign(job, { Result: job.run(), Status: 'finished' });
    const { Id, Status, Result } = job;
    return { status: 200, body: { data: [{ Id, Status, Result }] } };
  };

  const answer = routed(
    {
      'GET /api/v0/leads': list('applicant'),
      'POST /api/v0/leads': createLead,
      'PATCH /api/v0/leads/{id}': changeLead,
      'GET /api/v0/tenants': list('tenant'),
      'POST /api/v0/tenants/bulk': beginJob,
      'GET /api/v0/jobs': askJob,
      'GET /api/v0/units': ({ query }) => filtered(UNITS.map(unitShown), query),
    },
    () => refused(404),
  );
  const of = (kind: Kind, id: string): Person => {
    const person = people.get(kind, plainId(id));
    if (person === undefined) throw new Error(`The fake AppFolio has no ${kind} ${id}`);
    return person;
  };

  const fake: FakePms = {
    credentials: CREDENTIALS,
    server: (url) => `${url}/api/v0`,
    units: UNITS,
    deaf: false,
    answer: (request) =>
      request.headers.authorization === BASIC &&
      request.headers['x-appfolio-developer-id'] === CREDENTIALS.developerId
        ? answer(request)
        : refused(401),
    isWrite: ({ method }) => method !== 'GET',
    people: (kind) => people.shown(kind).map((person) => ({ ...person, id: uuid(person.id) })),
    add: (kind, fields) =>
      uuid(
        people.make(kind, stored(fields), { occupancy: kind === 'tenant' ? uuid(people.nextId()) : null }).id,
      ),
    edit: (kind, id, fields) => people.change(of(kind, id), stored(fields)),
    refuses({ method, path, body }) {
      if (method !== 'GET' && /^\/api\/v0\/(tenants\/(?!bulk$)|occupanc|charges|leases)/.test(path))
        return 'a tenant, a lease or money would be touched';
      const rows = path.endsWith('/bulk') ? object(body).data : [body];
      const names = (Array.isArray(rows) ? rows : []).flatMap((row) => Object.keys(object(row)));
      return names.some((name) => NEVER.test(name))
        ? 'terms of a lease, or a mail, would be asked for'
        : null;
    },
  };
  return fake;
};

export default fakeAppfolio;

/** `units:` of a connection holds the property and the unit. */
const UNITS = [
  { id: `${uuid(9001)}/${uuid(9101)}`, title: '4B', property: '' },
  { id: `${uuid(9002)}/${uuid(9102)}`, title: '5C', property: '' },
];

function unitShown({ id, title }: (typeof UNITS)[number]) {
  const [PropertyId, Id] = id.split('/');
  return { Id, PropertyId, Name: title, Address1: '12 Oak Street', LastUpdatedAt: '2026-11-01T12:00:00Z' };
}

function shown({ id, fields, createdAt, changedAt, extra }: Person) {
  return {
    ...fields,
    Id: uuid(id),
    Status: 'Active',
    CreatedAt: createdAt,
    LastUpdatedAt: changedAt,
    ...(extra.occupancy === null ? {} : { OccupancyId: extra.occupancy }),
  };
}

/** A list without a filter is refused. */
function filtered(
  all: { Id?: string | undefined; LastUpdatedAt: string }[],
  query: Record<string, string>,
): FakeAnswer {
  const { 'filters[Id]': id, 'filters[LastUpdatedAtFrom]': since } = query;
  if (id === undefined && since === undefined) return refused(400);
  const found = all.filter(
    (one) =>
      (id === undefined || one.Id === id) &&
      (since === undefined || Date.parse(one.LastUpdatedAt) >= Date.parse(since)),
  );
  const page = pageByNumber(found, query['page[number]'], query['page[size]']);
  return { status: 200, body: { data: page, next_page_path: null } };
}

/** It keeps telephone numbers in its own form, and knows nothing of what else is sent. */
function stored(given: Record<string, unknown>): Fields {
  const fields: Fields = {};
  for (const name of ['FirstName', 'LastName', 'Email', 'PhoneNumber', 'PropertyId', 'UnitId']) {
    const value = given[name];
    if (value === undefined) continue;
    fields[name] = typeof value === 'string' ? (name === 'PhoneNumber' ? usPhone(value) : value) : null;
  }
  return fields;
}

function uuid(id: string | number): string {
  return `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
}

function plainId(id: string): string {
  return String(Number(id.split('-').at(-1)));
}

function filled(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function refused(status: number): FakeAnswer {
  return { status, body: { errors: [{ message: 'Not accepted' }] } };
}
