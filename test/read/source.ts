/** Boom's API as a small book in memory: what it holds may be changed between reads, and what was asked is counted. */
import type { BoomApi } from '../../src/boom/api/client.ts';
import type {
  ActivityObject,
  ApplicationObject,
  CustomerObject,
  EnrollmentObject,
  IssueObject,
  LeadObject,
  UnitObject,
} from '../../src/boom/api/objects.ts';
import type { Page } from '../../src/boom/api/pages.ts';

export interface Book {
  applications: ApplicationObject[];
  activity: ActivityObject[];
  leads: LeadObject[];
  customers: CustomerObject[];
  enrollments: EnrollmentObject[];
  units: UnitObject[];
  issues: Map<string, IssueObject[]>;
}

export interface BookSource extends BoomApi {
  book: Book;
  /** Every question, as `application:77` or `customers page 2`. */
  asked: string[];
  /** Asked before each answer; what it throws is thrown. */
  before: (question: string) => void;
}

const PAGE = 2;

export function bookSource(): BookSource {
  const book: Book = {
    applications: [],
    activity: [],
    leads: [],
    customers: [],
    enrollments: [],
    units: [],
    issues: new Map(),
  };
  function ask(question: string): void {
    source.asked.push(question);
    source.before(question);
  }
  async function* pages<T>(name: string, items: T[], from = 1): AsyncIterable<Page<T>> {
    const count = Math.max(1, Math.ceil(items.length / PAGE));
    for (let page = from; page <= count; page += 1) {
      ask(`${name} page ${page}`);
      yield { items: items.slice((page - 1) * PAGE, page * PAGE), page, pages: count };
    }
  }
  const one =
    <T extends { id: string }>(kind: string, items: T[]) =>
    async (id: string) => {
      ask(`${kind}:${id}`);
      return items.find((item) => item.id === id) ?? null;
    };
  const changedIn = ({ from, to }: { from: string | null; to: string | null }) =>
    book.applications.filter((application) => {
      const day = String(application.application_updated_at).slice(0, 10);
      return (from === null || day >= from) && (to === null || day <= to);
    });
  const source: BookSource = {
    book,
    asked: [],
    before: () => {},
    async check() {
      ask('check');
    },
    application: one('application', book.applications),
    lead: one('lead', book.leads),
    identityVerifications: async (id) => {
      ask(`verifications:${id}`);
      return [];
    },
    customer: one('customer', book.customers),
    enrollment: one('enrollment', book.enrollments),
    issues: async (id) => {
      ask(`issues:${id}`);
      return book.issues.get(id) ?? [];
    },
    unit: one('unit', book.units),
    applications: (window, from) => pages('applications', changedIn(window), from),
    activity: (_, from) => pages('activity', book.activity, from),
    customers: (from) => pages('customers', book.customers, from),
    enrollments: (from) => pages('enrollments', book.enrollments, from),
  };
  return source;
}

export function anApplication(id: string, changes: Partial<ApplicationObject> = {}): ApplicationObject {
  return {
    id,
    status: 'submitted',
    unit_id: 'u1',
    application_updated_at: '2026-11-20T10:00:00.000Z',
    applicants: [{ id: `p${id}`, first_name: 'Ana', last_name: `Nr${id}`, email: `ana${id}@example.com` }],
    ...changes,
  };
}

export const A_UNIT: UnitObject = { id: 'u1', title: '4B', property: { id: 'p1', name: 'Oak Street' } };

export const quiet = { info() {}, warn() {}, error() {} };
