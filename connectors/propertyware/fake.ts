/**
 * Propertyware as far as we use it: finds nobody by name or e-mail, has no way to change a prospect, takes a custom
 * field only in a request of its own and only one that is defined, and counts what changed to the second.
 */
import {
  createPeople,
  type FakeAnswer,
  type FakeCall,
  type FakeFactory,
  type FakePms,
  type KeptPerson,
  object,
  pageByOffset,
  routed,
} from '../../src/conform/fake.ts';
import type { Fields } from '../../src/connect/contract.ts';

type Prospect = KeptPerson<null>;

const BASE = '/pw/api/rest/v1';
const CREDENTIALS = { organizationId: '1001', clientId: 'fake-client', clientSecret: 'fake-secret' };
const BUILDINGS = [
  { id: '40011', title: '4B', property: 'Oak Street' },
  { id: '40012', title: '5C', property: 'Oak Street' },
];
const PHONES = ['homePhone', 'workPhone', 'mobilePhone'];
const DEFINED = 'Boom ID';
const CONVERSATIONS = ['MANAGEMENT_TEAM', 'OWNER', 'TENANT'];

const fakePropertyware: FakeFactory = (now) => {
  const people = createPeople<null>(now, 3_214_737_000);
  const withProspect = (work: (prospect: Prospect, call: FakeCall) => FakeAnswer) => (call: FakeCall) => {
    const prospect = people.get('applicant', call.params.id ?? '');
    return prospect === undefined ? fault(404, []) : work(prospect, call);
  };
  const list = ({ query }: FakeCall): FakeAnswer => {
    const since = query.lastModifiedDateTimeStart;
    if (since !== undefined && Number.isNaN(Date.parse(since)))
      return fault(400, ['lastModifiedDateTimeStart']);
    const changed = people
      .all('applicant')
      .filter(({ changedAt }) => since === undefined || toSecond(changedAt) >= toSecond(since));
    const page = pageByOffset(changed, query.offset, mostPerPage(query.limit));
    const withFields = query.includeCustomFields === 'true';
    return { status: 200, body: page.map((prospect) => shown(prospect, withFields)) };
  };
  const create = ({ body }: FakeCall): FakeAnswer => {
    const wrong = faultsOf(object(body));
    if (wrong.length > 0) return fault(400, wrong);
    return { status: 201, body: shown(people.make('applicant', written(object(body)), null), true) };
  };
  const setCustomFields = ({ body }: FakeCall): FakeAnswer => {
    const { entityId, fieldSet } = object(body);
    const prospect = people.get('applicant', String(entityId));
    if (prospect === undefined) return fault(404, []);
    const set = listOf(fieldSet).map(({ name, value }) => ({ name: text(name), value: text(value) }));
    if (set.length === 0 || set.some(({ name, value }) => name !== DEFINED || value === null))
      return fault(400, ['fieldSet']);
    if (!fake.deaf) people.change(prospect, { [`customFields.${DEFINED}`]: set[0]?.value ?? null });
    return { status: 200, body: { statusCode: '200' } };
  };
  const addConversation = (prospect: Prospect, { body }: FakeCall): FakeAnswer => {
    const sent = object(body);
    const said = text(sent.text);
    if (said === null || !CONVERSATIONS.includes(String(sent.type))) return fault(400, ['text', 'type']);
    if (!fake.deaf && sent.type === 'MANAGEMENT_TEAM') prospect.notes.push(said);
    return { status: 201, body: conversation(said, people.nextId()) };
  };
  const answer = routed(
    {
      [`GET ${BASE}/prospects`]: list,
      [`POST ${BASE}/prospects`]: create,
      [`PUT ${BASE}/prospects/customfields`]: setCustomFields,
      [`GET ${BASE}/prospects/{id}`]: withProspect((prospect) => ({
        status: 200,
        body: shown(prospect, true),
      })),
      [`GET ${BASE}/prospects/{id}/conversations`]: withProspect(({ notes }, { query }) => {
        const all = query.type === 'MANAGEMENT_TEAM' ? notes.map(conversation) : [];
        return { status: 200, body: pageByOffset(all, query.offset, mostPerPage(query.limit)) };
      }),
      [`POST ${BASE}/prospects/{id}/conversations`]: withProspect(addConversation),
      [`GET ${BASE}/buildings`]: ({ query }) => ({
        status: 200,
        body: pageByOffset(BUILDINGS.map(buildingShown), query.offset, mostPerPage(query.limit)),
      }),
    },
    () => fault(404, []),
  );

  const fake: FakePms = {
    credentials: CREDENTIALS,
    server: (url) => url + BASE,
    units: BUILDINGS,
    deaf: false,
    answer: (request) =>
      request.headers['x-propertyware-client-id'] === CREDENTIALS.clientId &&
      request.headers['x-propertyware-client-secret'] === CREDENTIALS.clientSecret &&
      request.headers['x-propertyware-system-id'] === CREDENTIALS.organizationId
        ? answer(request)
        : fault(401, []),
    isWrite: ({ method }) => method !== 'GET',
    people: people.shown,
    add: (kind, fields) => people.make(kind, fields, null).id,
    edit(kind, id, fields) {
      const prospect = people.get(kind, id);
      if (prospect === undefined) throw new Error(`The fake Propertyware has no prospect ${id}`);
      people.change(prospect, fields);
    },
    refuses({ method, path, body }) {
      if (method === 'POST' && path.endsWith('/conversations') && object(body).type !== 'MANAGEMENT_TEAM')
        return 'Owners or tenants would read the conversation';
      if (method === 'PUT' && path.startsWith(`${BASE}/contacts`))
        return 'A contact may be blanked by what is left out';
      return path.startsWith(`${BASE}/leases`) ? 'A lease is never touched' : null;
    },
  };
  return fake;
};

export default fakePropertyware;

function conversation(said: string, at: number) {
  return { id: at + 1, type: 'MANAGEMENT_TEAM', subject: 'Note', comments: [{ id: at + 1, text: said }] };
}

function buildingShown({ id, title, property }: (typeof BUILDINGS)[number]) {
  return {
    id: Number(id),
    name: title,
    abbreviation: property,
    address: { address: '12 Oak Street', city: 'Chicago', stateRegion: 'IL', postalCode: '60601' },
  };
}

function shown({ id, fields, changedAt }: Prospect, withCustomFields: boolean) {
  const names = ['firstName', 'lastName', 'email', ...PHONES];
  const contact = names.map((name) => [name, fields[`contact.${name}`]]);
  const ours = fields[`customFields.${DEFINED}`];
  return {
    id: Number(id),
    contacts: [{ id: Number(id) + 500_000, ...filled(contact) }],
    ...filled([['buildingID', fields.buildingID]]),
    status: 'New',
    lastModifiedDateTime: toSecond(changedAt),
    ...(withCustomFields ? { customFields: isThere(ours) ? [{ fieldName: DEFINED, value: ours }] : [] } : {}),
  };
}

/** What is empty is not shown. */
function filled(entries: unknown[][]): Record<string, unknown> {
  return Object.fromEntries(entries.filter(([, value]) => isThere(value)));
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Only what it takes with a new prospect, of the first contact. */
function written(body: Record<string, unknown>): Fields {
  const contact = listOf(body.contacts)[0] ?? {};
  const own = ['firstName', 'lastName', 'email', ...PHONES].map((name) => [
    `contact.${name}`,
    text(contact[name]),
  ]);
  return {
    ...Object.fromEntries(own),
    buildingID: typeof body.buildingID === 'number' ? body.buildingID : null,
  };
}

function faultsOf(body: Record<string, unknown>): string[] {
  const wrong = Object.keys(body).filter((name) => name !== 'buildingID' && name !== 'contacts');
  const contacts = listOf(body.contacts);
  if (contacts.length === 0) wrong.push('contacts');
  for (const contact of contacts) {
    for (const name of ['firstName', 'lastName']) {
      const value = text(contact[name]);
      if (value === null || value === '' || value.length > 30) wrong.push(name);
    }
    const known = ['firstName', 'lastName', 'email', ...PHONES];
    wrong.push(...Object.keys(contact).filter((name) => !known.includes(name)));
    wrong.push(...PHONES.filter((name) => (text(contact[name]) ?? '').length > 22));
  }
  const { buildingID } = body;
  if (buildingID !== undefined && !BUILDINGS.some(({ id }) => id === String(buildingID)))
    wrong.push('buildingID');
  return wrong;
}

/** More than 500 is taken for 500. */
function mostPerPage(limit: string | undefined): string {
  return String(Math.min(Number(limit ?? 100), 500));
}

function toSecond(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(object) : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function fault(status: number, keys: string[]): FakeAnswer {
  const errors = keys.map((key) => ({ key, message: 'Not accepted' }));
  return { status, body: { errorCode: String(status), userMessage: 'Not accepted', errors } };
}
