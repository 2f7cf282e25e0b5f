/** DoorLoop as far as we use it: one list of people, found by a loose search; an update blanks what it leaves out. */
import {
  contains,
  type FakeAnswer,
  type FakeCall,
  type FakeFactory,
  type FakePerson,
  type FakePms,
  object,
  pageByNumber,
  routed,
  usPhone,
} from '../../src/conform/fake.ts';
import type { Fields, Kind } from '../../src/connect/contract.ts';

interface Contact {
  type: string;
  [what: string]: unknown;
}

/** As DoorLoop shows it; whatever else staff entered stands beside. */
interface Person {
  id: string;
  type: 'PROSPECT_TENANT' | 'LEASE_TENANT';
  emails: Contact[];
  phones: Contact[];
  [field: string]: unknown;
}

interface Note {
  id: string;
  body: string;
  resourceId: string;
}

const CREDENTIALS = { apiKey: 'fake-key' };
/** The key of a user whose role may only look. */
const READER = 'fake-reader';
/** Only DoorLoop writes these. */
const OWN = ['id', 'type', 'name', 'fullName', 'createdAt', 'updatedAt'];

const fakeDoorloop: FakeFactory = (now) => {
  const people = new Map<string, Person>();
  const prospects = new Set<string>();
  const notes: Note[] = [];
  let last = 0;
  const nextId = () => {
    last += 1;
    return `64b7f3a2c1d2e3f4${last.toString(16).padStart(8, '0')}`;
  };

  const make = (type: Person['type'], written: Record<string, unknown>): Person => {
    const at = now().toISOString();
    return { emails: [], phones: [], ...stored(written), id: nextId(), type, createdAt: at, updatedAt: at };
  };
  const keep = (person: Person) => {
    people.set(person.id, person);
    if (person.type === 'PROSPECT_TENANT') prospects.add(person.id);
    return person;
  };

  const list = ({ query }: FakeCall): FakeAnswer => {
    const found = [...people.values()].filter(
      (person) => matches(person, query.filter_text) && (query.filter_type ?? person.type) === person.type,
    );
    return paged(found.map(shown), query);
  };
  const create = ({ body }: FakeCall): FakeAnswer => {
    const wrong = faultOf(object(body));
    if (wrong !== null) return wrong;
    // A type that is sent changes nothing: whoever is made is a prospect.
    const made = make('PROSPECT_TENANT', object(body));
    return { status: 201, body: shown(fake.deaf ? made : keep(made)) };
  };
  const replace = (person: Person, { body }: FakeCall): FakeAnswer => {
    const wrong = faultOf(object(body));
    if (wrong !== null) return wrong;
    const { id, type, createdAt } = person;
    const next: Person = { ...make(type, object(body)), id, createdAt };
    if (!fake.deaf) people.set(id, next);
    return { status: 200, body: shown(next) };
  };
  const addNote = ({ body }: FakeCall): FakeAnswer => {
    const { title, body: text, linkedResource } = object(body);
    const { resourceId, resourceType } = object(linkedResource);
    if (typeof title !== 'string' || title === '' || resourceType !== 'TENANT') return fault(400);
    if (typeof resourceId !== 'string' || !people.has(resourceId)) return fault(400);
    const note = { id: nextId(), body: String(text ?? ''), resourceId };
    if (!fake.deaf) notes.push(note);
    return { status: 200, body: noteShown(note) };
  };
  const known = (work: (person: Person, call: FakeCall) => FakeAnswer) => (call: FakeCall) => {
    const person = people.get(call.params.id ?? '');
    return person === undefined ? fault(404) : work(person, call);
  };
  const answer = routed(
    {
      'GET /tenants': list,
      'POST /tenants': create,
      'GET /tenants/{id}': known((person) => ({ status: 200, body: shown(person) })),
      'PUT /tenants/{id}': known(replace),
      'GET /notes': ({ query }) => {
        const of = notes.filter(({ resourceId }) => resourceId === query.filter_resourceId);
        return paged(of.map(noteShown), query);
      },
      'POST /notes': addNote,
    },
    () => fault(404),
  );

  const personOf = (person: Person): FakePerson => ({
    id: person.id,
    fields: fieldsOf(person),
    notes: notes.filter(({ resourceId }) => resourceId === person.id).map(({ body }) => body),
    decision: null,
  });
  const of = (id: string): Person => {
    const person = people.get(id);
    if (person === undefined) throw new Error(`The fake DoorLoop has nobody of the id ${id}`);
    return person;
  };
  /** Somebody may be both: who was a prospect and is on a lease now is one person there. */
  const isOf = (kind: Kind) => (person: Person) =>
    kind === 'applicant' ? prospects.has(person.id) : person.type === 'LEASE_TENANT';

  const fake: FakePms = {
    credentials: CREDENTIALS,
    units: [],
    deaf: false,
    answer(request) {
      const key = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (key !== CREDENTIALS.apiKey && key !== READER) return fault(401);
      if (key === READER && fake.isWrite(request)) return fault(405);
      return answer(request);
    },
    isWrite: ({ method }) => method !== 'GET',
    people: (kind) => [...people.values()].filter(isOf(kind)).map(personOf),
    add: (kind, fields) =>
      keep(make(kind === 'applicant' ? 'PROSPECT_TENANT' : 'LEASE_TENANT', recordOf(fields))).id,
    edit: (_kind, id, fields) => {
      people.set(id, { ...of(id), ...stored(recordOf({ ...fieldsOf(of(id)), ...fields })) });
    },
    onLease: (id) => {
      of(id).type = 'LEASE_TENANT';
    },
    refuses: ({ method, path, body }) => {
      if (method === 'DELETE') return 'something would be deleted';
      if (path.startsWith('/leases') && method !== 'GET') return 'a lease would be touched';
      return 'portalEnabled' in object(body) ? 'the person would be invited to the portal' : null;
    },
  };
  return fake;
};

export default fakeDoorloop;

function fieldsOf({ firstName, lastName, emails, phones }: Person): Fields {
  return {
    firstName: text(firstName),
    lastName: text(lastName),
    email: text(mainOf(emails, 'PRIMARY')?.address),
    phone: text(mainOf(phones, 'MOBILE')?.number),
  };
}

function mainOf(contacts: Contact[], type: string): Contact | undefined {
  return contacts.find((contact) => contact.type === type) ?? contacts[0];
}

/** As staff enter it. */
function recordOf({ firstName, lastName, email, phone, ...rest }: Fields): Record<string, unknown> {
  return {
    ...rest,
    firstName,
    lastName,
    emails: email ? [{ type: 'PRIMARY', address: email }] : [],
    phones: phone ? [{ type: 'MOBILE', number: phone }] : [],
  };
}

/** What only DoorLoop writes is not taken; telephone numbers are kept in its own form. */
function stored(written: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(written).filter(([name]) => !OWN.includes(name));
  const record: Record<string, unknown> = Object.fromEntries(kept);
  if (Array.isArray(record.phones))
    record.phones = record.phones.map((phone) => ({ ...phone, number: usPhone(String(phone.number)) }));
  return record;
}

function shown(person: Person) {
  const name = `${person.firstName} ${person.lastName}`;
  return { ...person, name, fullName: name };
}

function noteShown({ id, body, resourceId }: Note) {
  return { id, title: 'Boom', body, linkedResource: { resourceId, resourceType: 'TENANT' } };
}

/** Loosely: names and addresses that hold the text, or what of it stands before the @. */
function matches(person: Person, filter: string | undefined): boolean {
  if (filter === undefined) return true;
  const addresses = person.emails.map(({ address }) => address).join(' ');
  return contains(`${person.firstName} ${person.lastName} ${addresses}`, filter.split('@')[0] ?? '');
}

function paged(all: unknown[], { page_number, page_size }: Record<string, string>): FakeAnswer {
  if (Number(page_size ?? 50) > 1000) return fault(400);
  return { status: 200, body: { total: all.length, data: pageByNumber(all, page_number, page_size) } };
}

function faultOf(body: Record<string, unknown>): FakeAnswer | null {
  const named = [body.firstName, body.lastName].every((name) => typeof name === 'string' && name !== '');
  const listed = (list: unknown, what: string) =>
    list === undefined ||
    (Array.isArray(list) && list.every((entry) => text(object(entry).type) && text(object(entry)[what])));
  return named && listed(body.emails, 'address') && listed(body.phones, 'number') ? null : fault(400);
}

function fault(status: number): FakeAnswer {
  return { status, body: { message: 'Not accepted', code: `E${status}` } };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
