/** Buildium as far as we use it: strict as the vendor's spec, finds by "contains", blanks what a PUT leaves out. */
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
  usPhone,
} from '../../src/conform/fake.ts';
import type { Fields } from '../../src/connect/contract.ts';

interface Extra {
  application: number | null;
  tenantId: number | null;
}
type Applicant = KeptPerson<Extra>;

/** As an update names them, and as a read shows their type. */
const PHONES = { Home: 'Home', Work: 'Office', Mobile: 'Cell', Fax: 'Fax' } as const;
const SETTABLE = ['Undecided', 'Approved', 'Rejected', 'Cancelled', 'Deferred'];
const CREDENTIALS = { clientId: 'fake-client', clientSecret: 'fake-secret' };

const fakeBuildium: FakeFactory = (now) => {
  const people = createPeople<Extra>(now);
  const withApplicant = (work: (applicant: Applicant, call: FakeCall) => FakeAnswer) => (call: FakeCall) => {
    const applicant = people.get('applicant', call.params.id ?? '');
    return applicant === undefined ? fault(404) : work(applicant, call);
  };
  const list = ({ query }: FakeCall): FakeAnswer => {
    const found = people
      .all('applicant')
      .filter(
        ({ fields }) =>
          contains(fields.Email, query.email ?? '') &&
          contains(`${fields.FirstName} ${fields.LastName}`, query.name ?? ''),
      );
    return { status: 200, body: pageByOffset(found, query.offset, query.limit).map(shown) };
  };
  const create = ({ body }: FakeCall): FakeAnswer => {
    const wrong = faultsOf(object(body), true);
    if (wrong.length > 0) return fault(422, wrong);
    return { status: 201, body: shown(people.make('applicant', written(object(body)), fresh())) };
  };
  const replace = (applicant: Applicant, { body }: FakeCall): FakeAnswer => {
    const wrong = faultsOf(object(body), false);
    if (wrong.length > 0) return fault(422, wrong);
    if (!fake.deaf) people.change(applicant, written(object(body)));
    return { status: 200, body: shown(applicant) };
  };
  const addNote = (applicant: Applicant, { body }: FakeCall): FakeAnswer => {
    const { Note } = object(body);
    if (typeof Note !== 'string' || Note === '' || Note.length > 65_535) return fault(422, ['Note']);
    if (!fake.deaf) applicant.notes.push(Note);
    return { status: 201, body: { Id: people.nextId(), Note } };
  };
  const decide = (applicant: Applicant, { params, body }: FakeCall): FakeAnswer => {
    if (String(applicant.extra.application) !== params.application) return fault(404);
    const status = String(object(body).ApplicationStatus);
    if (!SETTABLE.includes(status)) return fault(422, ['ApplicationStatus']);
    if (!fake.deaf) applicant.decision = status;
    return { status: 200, body: { Id: applicant.extra.application, ApplicationStatus: status } };
  };
  const answer = routed(
    {
      'GET /v1/applicants': list,
      'POST /v1/applicants': create,
      'GET /v1/applicants/{id}': withApplicant((applicant) => ({ status: 200, body: shown(applicant) })),
      'PUT /v1/applicants/{id}': withApplicant(replace),
      'GET /v1/applicants/{id}/notes': withApplicant(({ notes }, { query }) => {
        const all = notes.map((Note, at) => ({ Id: at + 1, Note }));
        return { status: 200, body: pageByOffset(all, query.offset, query.limit) };
      }),
      'POST /v1/applicants/{id}/notes': withApplicant(addNote),
      'PUT /v1/applicants/{id}/applications/{application}': withApplicant(decide),
      'GET /v1/rentals/units': ({ query }) => ({
        status: 200,
        body: pageByOffset(UNITS.map(unitShown), query.offset, query.limit),
      }),
    },
    () => fault(404),
  );

  const of = (id: string) => {
    const applicant = people.get('applicant', id);
    if (applicant === undefined) throw new Error(`The fake Buildium has no applicant ${id}`);
    return applicant;
  };
  const fake: FakePms = {
    credentials: CREDENTIALS,
    units: UNITS,
    deaf: false,
    answer: (request) =>
      request.headers['x-buildium-client-id'] === CREDENTIALS.clientId &&
      request.headers['x-buildium-client-secret'] === CREDENTIALS.clientSecret
        ? answer(request)
        : fault(401),
    isWrite: ({ method }) => method !== 'GET',
    people: people.shown,
    add: (kind, fields) => people.make(kind, stored(fields), fresh()).id,
    edit: (_kind, id, fields) => people.change(of(id), stored(fields)),
    addApplication(id, decision) {
      of(id).extra.application = people.nextId();
      of(id).decision = decision ?? 'New';
    },
    onLease(id) {
      of(id).extra.tenantId = people.nextId();
      of(id).decision = 'AddedToLease';
    },
    refuses: ({ method, path, body }) =>
      method === 'POST' && path === '/v1/applicants' && object(body).SendRentalApplicationEmail !== false
        ? 'Buildium would send the person an e-mail'
        : null,
  };
  return fake;
};

export default fakeBuildium;

const fresh = (): Extra => ({ application: null, tenantId: null });
const UNITS = [
  { id: '10231', title: '4B', property: 'Oak Street' },
  { id: '10232', title: '5C', property: 'Oak Street' },
];

function unitShown({ id, title, property }: (typeof UNITS)[number]) {
  return {
    Id: Number(id),
    PropertyId: 77,
    BuildingName: property,
    UnitNumber: title,
    Address: {
      AddressLine1: '12 Oak Street',
      AddressLine2: null,
      City: 'Chicago',
      State: 'IL',
      PostalCode: '60601',
    },
  };
}

function shown({ id, fields, decision, extra }: Applicant) {
  const phones = Object.entries(PHONES)
    .map(([slot, Type]) => ({ Number: fields[`PhoneNumbers.${slot}`] ?? null, Type }))
    .filter(({ Number: number }) => number !== null);
  return {
    Id: Number(id),
    FirstName: fields.FirstName ?? null,
    LastName: fields.LastName ?? null,
    Email: fields.Email ?? null,
    UnitId: fields.UnitId ?? null,
    TenantId: extra.tenantId,
    PhoneNumbers: phones,
    Status: extra.tenantId === null ? 'New' : 'AddedToLease',
    Applications:
      extra.application === null
        ? []
        : [
            {
              Id: extra.application,
              ApplicationStatus: decision,
              ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z',
            },
          ],
  };
}

/** Every field that an update may set: what it leaves out is blank afterwards. */
function written(body: Record<string, unknown>): Fields {
  const phones = object(body.PhoneNumbers);
  return stored({
    FirstName: text(body.FirstName),
    LastName: text(body.LastName),
    Email: text(body.Email),
    UnitId: typeof body.UnitId === 'number' ? body.UnitId : null,
    ...Object.fromEntries(Object.keys(PHONES).map((slot) => [`PhoneNumbers.${slot}`, text(phones[slot])])),
  });
}

/** It keeps telephone numbers in its own form. */
function stored(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      name.startsWith('PhoneNumbers.') && typeof value === 'string' ? usPhone(value) : value,
    ]),
  );
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** By the vendor's spec: nothing unknown, nothing too long. */
function faultsOf(body: Record<string, unknown>, isNew: boolean): string[] {
  const known = ['FirstName', 'LastName', 'Email', 'UnitId', 'PhoneNumbers'];
  if (isNew) known.push('SendRentalApplicationEmail');
  const wrong = Object.keys(body).filter((name) => !known.includes(name));
  for (const name of ['FirstName', 'LastName']) {
    const value = text(body[name]);
    if (value === null || value === '' || value.length > 127) wrong.push(name);
  }
  if (isNew && typeof body.SendRentalApplicationEmail !== 'boolean') wrong.push('SendRentalApplicationEmail');
  if (body.UnitId !== undefined && body.UnitId !== null && !Number.isInteger(body.UnitId))
    wrong.push('UnitId');
  for (const [slot, number] of Object.entries(object(body.PhoneNumbers)))
    if (!(slot in PHONES) || typeof number !== 'string' || number.length < 10 || number.length > 20)
      wrong.push(`PhoneNumbers.${slot}`);
  return wrong;
}

function fault(status: number, keys: string[] = []): FakeAnswer {
  const Errors = keys.map((Key) => ({ Key, Value: 'Not accepted' }));
  return { status, body: { UserMessage: 'Not accepted', ErrorCode: `E${status}`, Errors } };
}
