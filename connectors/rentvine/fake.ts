/** Rentvine as far as we use it: applications listed by when they changed, and a status that may be ignored with 200. */
import {
  type FakeAnswer,
  type FakeCall,
  type FakeFactory,
  type FakePms,
  object,
  pageByNumber,
  routed,
  usPhone,
} from '../../src/conform/fake.ts';
import type { Fields } from '../../src/connect/contract.ts';

interface Applicant {
  applicantID: number;
  name: string;
  email: string;
  phone: string;
}

interface Application {
  applicationID: number;
  unitID: number | null;
  applicationStatusID: number;
  primaryApplicationStatusID: number;
  leaseID: number | null;
  dateTimeCreated: string;
  dateTimeModified: string;
  applicants: Applicant[];
}

const STATUSES = 'Pending,Submitted,Screening,Processing,On Hold,Approved,Declined,Withdrawn'.split(',');
const CREDENTIALS = { account: 'fake', accessKey: 'fake-access-key', secret: 'fake-secret' };
const PAIR = Buffer.from(`${CREDENTIALS.accessKey}:${CREDENTIALS.secret}`).toString('base64');
const UNITS = [
  { id: '301', title: '4B', property: 'Oak Street' },
  { id: '302', title: '5C', property: 'Oak Street' },
];

const fakeRentvine: FakeFactory = (now) => {
  const applications: Application[] = [];
  let last = 500;
  const nextId = () => {
    last += 1;
    return last;
  };
  const change = (application: Application, changes: Partial<Application>) =>
    Object.assign(application, changes, { dateTimeModified: now().toISOString() });

  const list = ({ query }: FakeCall): FakeAnswer => {
    const { dateTimeModifiedMin: min = '', page, pageSize } = query;
    const status = query['applicationStatusIDs[]'];
    const found = applications.filter(
      ({ dateTimeModified, applicationStatusID }) =>
        dateTimeModified >= min && (status === undefined || status === String(applicationStatusID)),
    );
    return { status: 200, body: pageByNumber(found, page, pageSize, { usual: 25 }).map(shown) };
  };
  const setStatus = ({ params, body }: FakeCall): FakeAnswer => {
    const application = applications.find(({ applicationID }) => String(applicationID) === params.id);
    if (application === undefined) return { status: 404 };
    const { applicationStatusID, ...rest } = object(body);
    const wrong = Object.keys(rest);
    const number = Number(applicationStatusID);
    if (STATUSES[number - 1] === undefined) wrong.push('applicationStatusID');
    if (wrong.length > 0)
      return { status: 400, body: Object.fromEntries(wrong.map((name) => [name, ['Is Invalid']])) };
    if (!fake.deaf) change(application, { applicationStatusID: number, primaryApplicationStatusID: number });
    return { status: 200, body: {} };
  };
  const answer = routed({
    'GET /screening/applications/export': list,
    'POST /screening/applications/{id}/status': setStatus,
    'GET /properties/units/export': ({ query }) => ({
      status: 200,
      body: pageByNumber(UNITS.map(unitShown), query.page, query.pageSize, { usual: 25 }),
    }),
  });

  const of = (id: string): { application: Application; applicant: Applicant } => {
    for (const application of applications)
      for (const applicant of application.applicants)
        if (idOf(application, applicant) === id) return { application, applicant };
    throw new Error(`The fake Rentvine has no applicant ${id}`);
  };
  const fake: FakePms = {
    credentials: CREDENTIALS,
    units: UNITS,
    deaf: false,
    answer: (request) =>
      request.headers.authorization === `Basic ${PAIR}` ? answer(request) : { status: 401 },
    isWrite: ({ method }) => method !== 'GET',
    people: () =>
      applications.flatMap((application) =>
        application.applicants.map((applicant) => ({
          id: idOf(application, applicant),
          fields: fieldsOf(application, applicant),
          notes: [],
          decision: STATUSES[application.primaryApplicationStatusID - 1] ?? null,
        })),
      ),
    add(_kind, fields) {
      const at = now().toISOString();
      const applicant = written({ applicantID: nextId(), name: '', email: '', phone: '' }, fields);
      const application: Application = {
        applicationID: nextId(),
        unitID: unitOf(fields) ?? null,
        applicationStatusID: 2,
        primaryApplicationStatusID: 2,
        leaseID: null,
        dateTimeCreated: at,
        dateTimeModified: at,
        applicants: [applicant],
      };
      applications.push(application);
      return idOf(application, applicant);
    },
    edit(_kind, id, fields) {
      const { application, applicant } = of(id);
      Object.assign(applicant, written(applicant, fields));
      const unitID = unitOf(fields);
      change(application, unitID === undefined ? {} : { unitID });
    },
    addApplication(id, decision) {
      const number = STATUSES.indexOf(decision ?? 'Submitted') + 1;
      change(of(id).application, { applicationStatusID: number, primaryApplicationStatusID: number });
    },
    onLease: (id) => void change(of(id).application, { leaseID: nextId() }),
    refuses: ({ method, path }) =>
      method === 'GET' || /^\/screening\/applications\/\d+\/status$/.test(path)
        ? null
        : 'nothing but the status of an application may be written',
  };
  return fake;
};

export default fakeRentvine;

function idOf({ applicationID }: Application, { applicantID }: Applicant): string {
  return `${applicationID}-${applicantID}`;
}

function fieldsOf({ unitID }: Application, { name, email, phone }: Applicant): Fields {
  return { name, email: email || null, phone: phone || null, unitID };
}

/** It keeps telephone numbers in its own form. */
function written(applicant: Applicant, { name, email, phone }: Fields): Applicant {
  return {
    ...applicant,
    ...(name === undefined ? {} : { name: String(name ?? '') }),
    ...(email === undefined ? {} : { email: String(email ?? '') }),
    ...(phone === undefined ? {} : { phone: usPhone(String(phone ?? '')) }),
  };
}

function unitOf({ unitID }: Fields): number | null | undefined {
  return unitID === undefined ? undefined : unitID === null ? null : Number(unitID);
}

/** Ids as text, as the export has them. */
function shown(application: Application) {
  const { applicationID, unitID, applicants, leaseID } = application;
  return {
    ...application,
    applicationID: String(applicationID),
    unitID: unitID === null ? '' : String(unitID),
    leaseID: leaseID === null ? null : String(leaseID),
    applicants: applicants.map((applicant) => ({
      ...applicant,
      applicantID: String(applicant.applicantID),
    })),
  };
}

function unitShown({ id, title, property }: (typeof UNITS)[number]) {
  return { unit: { unitID: id, name: title, address: '12 Oak Street' }, property: { name: property } };
}
