/** The fake that `boomsync connector new` writes: plain JavaScript that needs nothing of boomsync. */
export function fakeTemplate(label: string): string {
  return `// ${label}, played for "boomsync connector test": it keeps records and answers as the real one does. Make it
// misbehave as yours does (stores phones in its own form, blanks what an update leaves out, answers 200 to an error):
// the suite finds what the manifest forgot only where the fake is as bad as the PMS. Timeouts, 429 and the like are
// added by boomsync.

const KEY = 'fake-key';
const FIELDS = ['firstName', 'lastName', 'email', 'phone', 'unitId'];

/** @param {() => Date} _now the clock of the suite */
export default function fake(_now) {
  const people = [];
  let last = 100;

  const blank = () => Object.fromEntries(FIELDS.map((name) => [name, null]));
  const make = (fields) => {
    last += 1;
    const person = { id: last, status: 'open', notes: [], ...blank(), ...stored(fields) };
    people.push(person);
    return person;
  };
  const shown = ({ notes, ...person }) => person;
  const one = (id) => people.find((person) => String(person.id) === id);

  const pms = {
    // What a connection to the fake is configured with.
    credentials: { apiKey: KEY },
    // Two units that records may be tied to.
    units: [
      { id: '7', title: '4B', property: 'Oak Street' },
      { id: '8', title: '5C', property: 'Oak Street' },
    ],
    // While true, writes are answered as done and ignored.
    deaf: false,

    /** Every request comes here. { method, path, query, headers, body } gives { status, body }. */
    answer({ method, path, query, headers, body }) {
      if (headers.authorization !== 'Bearer ' + KEY) return { status: 401, body: { error: 'key' } };
      if (method === 'GET' && path === '/me') return { status: 200, body: { name: 'Fake account' } };
      if (method === 'GET' && path === '/units')
        return { status: 200, body: { data: pms.units.map((u) => ({ id: u.id, name: u.title, building: u.property })) } };
      if (method === 'GET' && path === '/people') {
        // It finds by "contains", in any field.
        const text = String(query.search ?? '').toLowerCase();
        const found = people.filter((person) => JSON.stringify(person).toLowerCase().includes(text));
        const from = Number(query.offset ?? 0);
        return { status: 200, body: { data: found.slice(from, from + Number(query.limit ?? 50)).map(shown) } };
      }
      if (method === 'POST' && path === '/people') {
        const wrong = faultsOf(body);
        if (wrong.length > 0) return { status: 422, body: { errors: wrong.map((field) => ({ field })) } };
        return { status: 201, body: { data: shown(make(body)) } };
      }
      const [, id, notes] = /^\\/people\\/(\\d+)(\\/notes)?$/.exec(path) ?? [];
      const person = one(id);
      if (person === undefined) return { status: 404, body: { error: 'not found' } };
      if (method === 'GET' && notes) return { status: 200, body: { data: person.notes.map((text) => ({ text })) } };
      if (method === 'POST' && notes) {
        if (!pms.deaf) person.notes.push(body.text);
        return { status: 201, body: {} };
      }
      if (method === 'GET') return { status: 200, body: { data: shown(person) } };
      if (method === 'PATCH') {
        if (!pms.deaf) Object.assign(person, stored(body));
        return { status: 200, body: { data: shown(person) } };
      }
      return { status: 405 };
    },

    /** Whether a request changes a person's record. */
    isWrite: ({ method }) => method !== 'GET',
    /** The records as the PMS shows them, by the names of the manifest's fields. */
    people: () =>
      people.map((person) => ({
        id: String(person.id),
        fields: Object.fromEntries(FIELDS.map((name) => [name, person[name]])),
        notes: [...person.notes],
        decision: person.status,
      })),
    /** Staff add a record, and edit one. */
    add: (_kind, fields) => String(make(fields).id),
    edit: (_kind, id, fields) => void Object.assign(one(id), stored(fields)),
    /** The record is on a lease: nobody may decide about it any more. */
    onLease: (id) => void (one(id).status = 'leased'),
    /** What must never be sent, such as a flag that would e-mail the person: the reason, or null. */
    refuses: ({ body }) => (body?.sendInvitation === true ? 'It would e-mail the person' : null),
  };
  return pms;
}

/** It keeps American telephone numbers in its own form. */
function stored(fields) {
  const { phone } = fields;
  if (typeof phone !== 'string') return fields;
  const digits = phone.replace(/\\D/g, '').replace(/^1(?=\\d{10}$)/, '');
  if (digits.length !== 10) return fields;
  return { ...fields, phone: '(' + digits.slice(0, 3) + ') ' + digits.slice(3, 6) + '-' + digits.slice(6) };
}

/** It is strict: nothing unknown, and no name left out. */
function faultsOf(body) {
  const unknown = Object.keys(body).filter((name) => !FIELDS.includes(name));
  const missing = ['firstName', 'lastName'].filter((name) => !body[name]);
  return [...unknown, ...missing];
}
`;
}
