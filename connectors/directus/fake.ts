/**
 * A table in Directus: its unique column refuses a second row, an unknown column and a row that is not there are both
 * "forbidden", and a date that is none is refused.
 */
import {
  contains,
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

type Row = KeptPerson<null>;

const CREDENTIALS = { collection: 'renters', staticToken: 'fake-token' };
const TABLE = `/items/${CREDENTIALS.collection}`;
const COLUMNS = ['boomsync_key', 'first_name', 'last_name', 'email', 'phone', 'property', 'unit', 'move_in'];
const FILTER = /^filter\[([a-z_]+)\]\[(_eq|_icontains)\]$/;

const fakeDirectus: FakeFactory = (now) => {
  const table = createPeople(now);
  // One table: who is there, is there as applicant and as tenant.
  const rows = () => table.all('applicant');

  const list = ({ query }: FakeCall): FakeAnswer => {
    if (!known((query.fields ?? '').split(','))) return fault(403, 'FORBIDDEN');
    const filters = Object.entries(query).flatMap(([name, value]) => {
      const [, column, how] = FILTER.exec(name) ?? [];
      return column === undefined || how === undefined ? [] : [{ column, how, value }];
    });
    const found = rows()
      .map(shown)
      .filter((row) => filters.every((filter) => fits(row, filter)));
    return { status: 200, body: { data: pageByOffset(found, query.offset, query.limit, 100) } };
  };
  const faultOf = (written: Record<string, unknown>, row: Row | null): FakeAnswer | null => {
    if (!known(Object.keys(written))) return fault(403, 'FORBIDDEN');
    if (typeof written.move_in === 'string' && Number.isNaN(Date.parse(written.move_in)))
      return fault(400, 'INVALID_PAYLOAD');
    const same = rows().some(
      (other) => other !== row && written.boomsync_key && other.fields.boomsync_key === written.boomsync_key,
    );
    return same ? fault(400, 'RECORD_NOT_UNIQUE', 'boomsync_key') : null;
  };
  const create = ({ body }: FakeCall): FakeAnswer => {
    const wrong = faultOf(object(body), null);
    if (wrong !== null) return wrong;
    const { status, ...fields } = object(body) as Fields;
    if (fake.deaf) return { status: 200, body: { data: { id: table.nextId(), ...fields } } };
    const row = table.make('applicant', fields, null);
    row.decision = text(status);
    return { status: 200, body: { data: shown(row) } };
  };
  const change = ({ params, body }: FakeCall): FakeAnswer => {
    const row = table.get('applicant', params.id ?? '');
    if (row === undefined) return fault(403, 'FORBIDDEN');
    const wrong = faultOf(object(body), row);
    if (wrong !== null) return wrong;
    const { status, ...fields } = object(body) as Fields;
    if (!fake.deaf) {
      table.change(row, fields);
      if (status !== undefined) row.decision = text(status);
    }
    return { status: 200, body: { data: shown(row) } };
  };
  const commentsOf = ({ query }: FakeCall): FakeAnswer => {
    const row = table.get('applicant', query['filter[item][_eq]'] ?? '');
    const all = (row?.notes ?? []).map((comment) => ({ comment }));
    return { status: 200, body: { data: pageByOffset(all, query.offset, query.limit, 100) } };
  };
  const comment = ({ body }: FakeCall): FakeAnswer => {
    const { collection, item, comment: said } = object(body);
    if (typeof said !== 'string' || said === '') return fault(400, 'INVALID_PAYLOAD');
    const row = table.get('applicant', String(item));
    if (collection !== CREDENTIALS.collection || row === undefined) return fault(403, 'FORBIDDEN');
    if (!fake.deaf) row.notes.push(said);
    return { status: 200, body: { data: { id: `comment-${row.notes.length}`, comment: said } } };
  };
  const answer = routed(
    {
      [`GET ${TABLE}`]: list,
      [`POST ${TABLE}`]: create,
      [`PATCH ${TABLE}/{id}`]: change,
      'GET /comments': commentsOf,
      'POST /comments': comment,
    },
    ({ path }) => (path.startsWith('/items/') ? fault(403, 'FORBIDDEN') : fault(404, 'ROUTE_NOT_FOUND')),
  );
  const fake: FakePms = {
    credentials: CREDENTIALS,
    units: [],
    deaf: false,
    answer: (request) =>
      request.headers.authorization === `Bearer ${CREDENTIALS.staticToken}`
        ? answer(request)
        : fault(401, 'INVALID_CREDENTIALS'),
    isWrite: ({ method }) => method !== 'GET',
    people: () => table.shown('applicant'),
    add: (_kind, fields) => table.make('applicant', fields, null).id,
    edit: (_kind, id, fields) => {
      const row = table.get('applicant', id);
      if (row === undefined) throw new Error(`The fake Directus has no row ${id}`);
      table.change(row, fields);
    },
    refuses: ({ method, path, body }) => {
      if (method === 'DELETE') return 'something would be deleted';
      if (path !== '/comments' && !path.startsWith(TABLE)) return 'another table was asked for';
      // A comment that names a user sends them an e-mail.
      return /@[0-9a-f-]{36}/.test(JSON.stringify(body)) ? 'somebody would be mailed' : null;
    },
  };
  return fake;
};

export default fakeDirectus;

function known(columns: string[]): boolean {
  return columns.every((column) => ['id', 'status', ...COLUMNS].includes(column));
}

function shown({ id, fields, decision }: Row): Record<string, unknown> {
  const empty = Object.fromEntries(COLUMNS.map((column) => [column, null]));
  return { id: Number(id), ...empty, ...fields, status: decision };
}

function fits(row: Record<string, unknown>, filter: { column: string; how: string; value: string }): boolean {
  const { column, how, value } = filter;
  return how === '_eq' ? String(row[column] ?? '') === value : contains(row[column], value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function fault(status: number, code: string, field?: string): FakeAnswer {
  const extensions = field === undefined ? { code } : { code, collection: CREDENTIALS.collection, field };
  return { status, body: { errors: [{ message: 'Not accepted', extensions }] } };
}
