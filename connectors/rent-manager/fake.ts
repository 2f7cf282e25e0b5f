/**
 * Rent Manager as far as we use it: a sign-in that is over after a while, one `Save` over a list for what is new and
 * what is changed, e-mail on contacts, 204 for nobody, 404 without a word, and faults in four shapes whose code says
 * little. A save blanks whatever its `fields` names and its body leaves out, and everything where it names none.
 */
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
import { asked, type Filter, fault, modelFault, signedIn } from './fake-rules.ts';

interface Extra {
  /** When the contact was saved last: it has a date of its own. */
  contactAt: string;
}
type Person = KeptPerson<Extra>;

const CREDENTIALS = { company: 'sampleco', location: '1', username: 'boomsync', password: 'fake-secret' };
const UNITS = [
  { id: '12', title: '4B', property: 'Oak Street' },
  { id: '13', title: '2A', property: 'Elm Court' },
];
/** Added to a person's id. */
const CONTACT = 50_000;
const NUMBER = 90_000;
const SAVED = ['FirstName', 'LastName', 'PropertyID'];

const fakeRentManager: FakeFactory = (now) => {
  const people = createPeople<Extra>(now);
  const session = signedIn(CREDENTIALS, now);
  const make = (kind: Kind, fields: Fields) =>
    people.make(kind, stored(fields), { contactAt: now().toISOString() });

  const list = (query: Record<string, string>, all: Record<string, unknown>[]): FakeAnswer => {
    const size = Number(query.pagesize ?? 1000);
    if (size > 1000) return fault(500, 'PageSizeException');
    const filters = asked(query.filters);
    if (filters === null) return modelFault(['filters']);
    const fits = (record: Record<string, unknown>) => filters.every((filter) => isSo(record, filter));
    const page = pageByNumber(all.filter(fits), query.pagenumber, String(size));
    return page.length === 0 ? { status: 204 } : { status: 200, body: page };
  };
  const create = (body: Record<string, unknown>): FakeAnswer => {
    const wrong = SAVED.filter((name) => body[name] === undefined || body[name] === null);
    if (!UNITS.some(({ id }) => id === String(body.PropertyID))) wrong.push('PropertyID');
    if (wrong.length > 0) return modelFault(wrong.map((name) => `[0].${name}`));
    const made = make('applicant', writtenNew(body));
    return { status: 201, body: [recordOf(made)] };
  };
  const change = (kept: Person, fields: Fields) => {
    people.change(kept, stored(fields));
    kept.extra.contactAt = now().toISOString();
  };
  const saveAgain = (kept: Person, body: Record<string, unknown>, named: string[] | null): FakeAnswer => {
    if (body.UpdateDate !== kept.changedAt) return fault(409, 'ConcurrencyException');
    const touched = SAVED.filter((name) => named === null || named.includes(name));
    if (!fake.deaf) people.change(kept, Object.fromEntries(touched.map((name) => [name, plain(body[name])])));
    return { status: 200, body: [recordOf(kept)] };
  };
  const save = ({ body, query }: FakeCall): FakeAnswer => {
    const [first] = listOf(body);
    if (first === undefined) return modelFault(['entities']);
    if (first.ProspectID === undefined) return create(first);
    const kept = people.get('applicant', String(first.ProspectID));
    return kept === undefined ? { status: 404 } : saveAgain(kept, first, query.fields?.split(',') ?? null);
  };
  const saveContact = ({ body, query }: FakeCall): FakeAnswer => {
    const [first] = listOf(body);
    const kept = people.get('applicant', String(Number(first?.ContactID) - CONTACT));
    if (first === undefined || kept === undefined) return { status: 404 };
    if (first.UpdateDate !== kept.extra.contactAt) return fault(409, 'ConcurrencyException');
    if (query.fields !== 'ContactID,Email,UpdateDate,UpdateUserID') return modelFault(['fields']);
    if (!fake.deaf) change(kept, { Email: plain(first.Email) });
    return { status: 200, body: [contactsOf(kept)[0]] };
  };
  const saveNumber = ({ body }: FakeCall): FakeAnswer => {
    const [first] = listOf(body);
    const kept = people.get('applicant', String(Number(first?.ParentID) - CONTACT));
    if (first === undefined || kept === undefined || first.ParentType !== 'Contact') return { status: 404 };
    const known = kept.fields.Phone == null ? undefined : Number(kept.id) + NUMBER;
    if (first.PhoneNumberID !== known) return modelFault(['[0].PhoneNumberID']);
    if (!fake.deaf) change(kept, { Phone: plain(first.PhoneNumber) });
    return { status: 200, body: [first] };
  };
  const addNote = ({ body }: FakeCall): FakeAnswer => {
    const [first] = listOf(body);
    const kept = people.get(kindOf(first?.ParentType), String(first?.ParentID));
    if (first === undefined || kept === undefined || typeof first.Note !== 'string')
      return modelFault(['[0].ParentID']);
    if (!fake.deaf) kept.notes.push(first.Note);
    return { status: 200, body: [{ ...first, HistoryNoteID: people.nextId() }] };
  };
  const answer = routed({
    'GET /Prospects': ({ query }) => list(query, people.all('applicant').map(recordOf)),
    'POST /Prospects': save,
    'POST /Contacts': saveContact,
    'POST /PhoneNumbers': saveNumber,
    'GET /Tenants': ({ query }) => list(query, people.all('tenant').map(recordOf)),
    'GET /Contacts': ({ query }) =>
      list(query, [...people.all('applicant'), ...people.all('tenant')].flatMap(entriesOf)),
    'GET /HistoryNotes': ({ query }) =>
      list(query, [...people.all('applicant'), ...people.all('tenant')].flatMap(notesOf)),
    'POST /HistoryNotes': addNote,
    'GET /Units': ({ query }) => list(query, UNITS.map(unitShown)),
  });

  const fake: FakePms = {
    credentials: CREDENTIALS,
    units: UNITS,
    deaf: false,
    answer: (request) => session.answer(request) ?? answer(request),
    isWrite: ({ method, path }) => method !== 'GET' && path !== '/Authentication/AuthorizeUser',
    people: people.shown,
    add: (kind, fields) => make(kind, fields).id,
    edit(kind, id, fields) {
      const kept = people.get(kind, id);
      if (kept === undefined) throw new Error(`The fake Rent Manager has no ${kind} ${id}`);
      change(kept, fields);
    },
    expireTokens: session.expire,
    refuses: ({ method, path }) =>
      method !== 'GET' && /^\/(Tenants|Leases|Payments|Charges)/.test(path)
        ? 'Only prospects, their contacts and history notes are ever written'
        : null,
  };
  return fake;
};

export default fakeRentManager;

function recordOf(kept: Person): Record<string, unknown> {
  const { id, kind, fields, changedAt } = kept;
  const ours = fields['Boom ID'] ?? null;
  return {
    [kind === 'tenant' ? 'TenantID' : 'ProspectID']: Number(id),
    FirstName: fields.FirstName ?? null,
    LastName: fields.LastName ?? null,
    PropertyID: fields.PropertyID ?? null,
    UpdateDate: changedAt,
    UpdateUserID: 7,
    Contacts: contactsOf(kept),
    UserDefinedValues: ours === null ? [] : [{ UserDefinedFieldID: 67, Name: 'Boom ID', Value: ours }],
  };
}

/** The primary contact, and the second of a household that staff entered as `Second.FirstName` and the like. */
function contactsOf({ id, fields, extra }: Person): Record<string, unknown>[] {
  const phone = fields.Phone ?? null;
  const primary = {
    ContactID: Number(id) + CONTACT,
    FirstName: fields.FirstName ?? null,
    LastName: fields.LastName ?? null,
    Email: fields.Email ?? null,
    IsPrimary: true,
    UpdateDate: extra.contactAt,
    UpdateUserID: 7,
    PhoneNumbers:
      phone === null ? [] : [{ PhoneNumberID: Number(id) + NUMBER, PhoneNumber: phone, IsPrimary: true }],
  };
  if (fields['Second.Email'] === undefined) return [primary];
  const second = {
    ContactID: Number(id) + 60_000,
    FirstName: fields['Second.FirstName'] ?? null,
    LastName: fields['Second.LastName'] ?? null,
    Email: fields['Second.Email'],
    IsPrimary: false,
    PhoneNumbers: [],
  };
  return [primary, second];
}

function entriesOf(kept: Person): Record<string, unknown>[] {
  const { Contacts: _inner, ...parent } = recordOf(kept);
  const entity = kept.kind === 'tenant' ? 'Tenant' : 'Prospect';
  return contactsOf(kept).map((contact) => ({
    ...contact,
    ParentID: Number(kept.id),
    ParentType: entity,
    [entity]: parent,
  }));
}

function notesOf({ id, kind, notes }: Person): Record<string, unknown>[] {
  const ParentType = kind === 'tenant' ? 'Tenant' : 'Prospect';
  return notes.map((Note, at) => ({ HistoryNoteID: at + 1, ParentID: Number(id), ParentType, Note }));
}

function unitShown({ id, title, property }: (typeof UNITS)[number], at: number) {
  return {
    UnitID: 700 + at,
    Name: title,
    PropertyID: Number(id),
    Property: { PropertyID: Number(id), Name: property },
  };
}

function writtenNew(body: Record<string, unknown>): Fields {
  const [contact = {}] = listOf(body.Contacts);
  const [phone = {}] = listOf(contact.PhoneNumbers);
  const [value = {}] = listOf(body.UserDefinedValues);
  return {
    ...Object.fromEntries(SAVED.map((name) => [name, plain(body[name])])),
    Email: plain(contact.Email),
    Phone: plain(phone.PhoneNumber),
    'Boom ID': value.Name === 'Boom ID' ? plain(value.Value) : null,
  };
}

/** It keeps telephone numbers in its own form. */
function stored(fields: Fields): Fields {
  return typeof fields.Phone === 'string' ? { ...fields, Phone: usPhone(fields.Phone) } : fields;
}

function isSo(record: Record<string, unknown>, { field, operator, value }: Filter): boolean {
  const theirs = String(record[field] ?? '').toLowerCase();
  return operator === 'sw' ? theirs.startsWith(value.toLowerCase()) : theirs === value.toLowerCase();
}

function kindOf(parentType: unknown): Kind {
  return parentType === 'Tenant' ? 'tenant' : 'applicant';
}

function plain(value: unknown) {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(object) : [];
}
