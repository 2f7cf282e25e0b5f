/**
 * Odoo as far as we use it: `/json/2` and JSON-RPC, whose errors come with a 200; contacts, leads, notes as HTML. A
 * `load` loses to another transaction now and then, and says so in an answer that looks good.
 */
import {
  createPeople,
  type FakeFactory,
  type FakePms,
  type KeptPerson,
  object,
} from '../../src/conform/fake.ts';
import type { Fields, FieldValue, Kind } from '../../src/connect/contract.ts';
import { type Call, CREDENTIALS, callOf, json2, OdooError, rpc } from './fake-calls.ts';

interface Extra {
  ref: string | null;
}
type Person = KeptPerson<Extra>;

export interface FakeOdooOptions {
  /** Its version's first number. */
  version: number;
  /** Whether CRM is there. */
  crm: boolean;
  /** So many of the first loads lose. */
  lostLoads?: number;
}

/** Our field to Odoo's, for each model. */
const COLUMNS: Record<string, Record<string, string>> = {
  'res.partner': { name: 'name', email: 'email', phone: 'phone', application: 'comment' },
  'crm.lead': { name: 'contact_name', email: 'email_from', phone: 'phone', application: 'name' },
};
const WRITES = ['load', 'write', 'message_post'];

export function createFakeOdoo(now: () => Date, options: FakeOdooOptions): FakePms {
  const people = createPeople<Extra>(now);
  const external = new Map<string, number>();
  let lostLoads = options.lostLoads ?? 1;

  const modelOf = (kind: Kind) => (kind === 'applicant' && options.crm ? 'crm.lead' : 'res.partner');
  /** Contacts are one list; without CRM, applicants are among them. */
  const all = (model: string): Person[] => {
    if (model === 'crm.lead') return people.all('applicant');
    return options.crm ? people.all('tenant') : [...people.all('applicant'), ...people.all('tenant')];
  };
  const get = (model: string, id: number) => {
    const person = all(model).find((one) => one.id === String(id));
    if (person === undefined) throw new OdooError('odoo.exceptions.MissingError', 404);
    return person;
  };

  const searchRead = ({ model, given }: Call): object[] => {
    const domain = Array.isArray(given.domain) ? given.domain : [];
    const limit = typeof given.limit === 'number' ? given.limit : Number.POSITIVE_INFINITY;
    const rows = model === 'mail.message' ? messages(all) : all(model).map((person) => rowOf(model, person));
    return rows.filter((row) => fits(row, domain)).slice(0, limit);
  };
  const load = ({ model, given }: Call): object => {
    const columns = Array.isArray(given.fields) ? given.fields.map(String) : [];
    const [row] = Array.isArray(given.data) ? given.data : [];
    if (lostLoads > 0) {
      lostLoads -= 1;
      return { ids: false, messages: [{ type: 'error', message: LOST }], nextrow: 0 };
    }
    const values = Object.fromEntries(columns.map((column, at) => [column, row[at]]));
    if (!values.name) return { ids: false, messages: [{ type: 'error', field: 'name', message: 'Missing' }] };
    const fields = fieldsOf(model, values);
    const before = external.get(`${model} ${values.id}`);
    if (before !== undefined) {
      people.change(get(model, before), fields);
      return { ids: [before], messages: [], nextrow: 0 };
    }
    const kind: Kind = model === 'crm.lead' ? 'applicant' : 'tenant';
    const made = people.make(kindMade(kind, fields), fields, { ref: String(values.ref ?? '') || null });
    external.set(`${model} ${values.id}`, Number(made.id));
    return { ids: [Number(made.id)], messages: [], nextrow: 0 };
  };
  /** Without CRM an applicant is a contact too; only the suite tells them apart. */
  const kindMade = (kind: Kind, fields: Fields): Kind =>
    !options.crm && 'application' in fields ? 'applicant' : kind;
  const methods: Record<string, (call: Call) => unknown> = {
    search_read: searchRead,
    load,
    has_access: () => true,
    check_access_rights: () => true,
    write: ({ model, ids, given }) => {
      const changed = ids.map((id) => get(model, id));
      for (const person of fake.deaf ? [] : changed)
        people.change(person, fieldsOf(model, object(given.vals)));
      return true;
    },
    message_post: ({ model, ids: [id = 0], given }) => {
      const person = get(model, id);
      if (given.subtype_xmlid !== 'mail.mt_note') throw new OdooError('odoo.exceptions.UserError', 422);
      if (!fake.deaf) person.notes.push(String(given.body));
      return people.nextId();
    },
  };
  const run = (call: Call): unknown => {
    const isThere =
      call.model === 'res.partner' ||
      call.model === 'mail.message' ||
      (call.model === 'crm.lead' && options.crm);
    if (!isThere) throw new OdooError('odoo.exceptions.UserError', 404);
    const method = methods[call.method];
    if (method === undefined) throw new OdooError('builtins.AttributeError', 404);
    return method(call);
  };

  const fake: FakePms = {
    credentials: CREDENTIALS,
    units: [],
    deaf: false,
    answer(request) {
      if (request.method === 'POST' && request.path === '/jsonrpc')
        return rpc(object(request.body), run, options.version);
      if (request.method !== 'POST' || options.version < 19 || callOf(request) === null)
        return { status: 404 };
      return json2(request, run);
    },
    isWrite: (request) => WRITES.includes(callOf(request)?.method ?? ''),
    people: (kind) =>
      people.shown(kind).map((person) => ({ ...person, id: `${modelOf(kind)},${person.id}` })),
    add: (kind, fields) => `${modelOf(kind)},${people.make(kind, fields, { ref: null }).id}`,
    edit: (_kind, id, fields) => {
      const [model = '', number] = id.split(',');
      people.change(get(model, Number(number)), fields);
    },
    refuses(request) {
      const call = callOf(request);
      if (call === null || !WRITES.includes(call.method)) return null;
      if (object(call.given.context).mail_auto_subscribe_no_notify !== true)
        return 'somebody would be mailed';
      return 'partner_ids' in call.given ? 'somebody would be mailed' : null;
    },
  };
  return fake;
}

const fakeOdoo: FakeFactory = (now) => createFakeOdoo(now, { version: 19, crm: true });

export default fakeOdoo;

const LOST = 'could not serialize access due to concurrent update';

function rowOf(model: string, { id, fields, extra }: Person): Record<string, unknown> {
  const row: Record<string, unknown> = { id: Number(id), ref: extra.ref ?? false };
  for (const [name, column] of Object.entries(COLUMNS[model] ?? {}))
    row[column] = column === 'comment' ? html(fields[name]) : (fields[name] ?? false);
  return row;
}

function fieldsOf(model: string, values: Record<string, unknown>): Fields {
  const fields: Fields = {};
  for (const [name, column] of Object.entries(COLUMNS[model] ?? {}))
    if (column in values) fields[name] = typeof values[column] === 'string' ? values[column] : null;
  return fields;
}

/** Every note of every record. */
function messages(all: (model: string) => Person[]): Record<string, unknown>[] {
  return Object.keys(COLUMNS).flatMap((model) =>
    all(model).flatMap(({ id, notes }) =>
      notes.map((note, at) => ({ id: at + 1, model, res_id: Number(id), body: html(note) })),
    ),
  );
}

function html(text: FieldValue | undefined): string | false {
  if (typeof text !== 'string' || text === '') return false;
  return `<p>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</p>`;
}

/** Conditions that all hold; `ilike` finds anywhere, and `_` and `%` stand for anything unless escaped. */
function fits(row: Record<string, unknown>, domain: unknown[]): boolean {
  return domain.every((condition) => {
    const [column, operator, value] = Array.isArray(condition) ? condition : [];
    const there = row[String(column)];
    if (operator === '=') return there === value;
    if (typeof there !== 'string') return false;
    const text = String(value).toLowerCase();
    if (operator === 'ilike') return there.toLowerCase().includes(text);
    return like(text).test(there.toLowerCase());
  });
}

function like(pattern: string): RegExp {
  const parts = [...pattern.matchAll(/\\(.)|([%_])|(.)/gs)].map(([, escaped, wild, plain]) => {
    if (wild !== undefined) return wild === '%' ? '.*' : '.';
    return (escaped ?? plain ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}
