/** What the fake knows and no payload tells: which customer is which applicant, and how everything ended. */
import type { Applicant, Enrollment, Lead, LogEntry, Person, Records, Role, Unit } from './records.ts';
import { isoOrNull } from './time.ts';

export interface TrueUnit {
  id: string;
  title: string;
  property: string;
}

export interface TrueApplication {
  id: string;
  applicantId: string;
  leadId: string;
  /** Boom's word; `canceled` also where this person alone was taken out. */
  status: string;
  /** The applicant's own, which counts while nothing is decided. */
  ownStatus: string;
  role: Role;
  unit: TrueUnit;
  /** Cents a month. */
  rent: number;
  /** `YYYY-MM-DD`. */
  moveInOn: string;
  decidedAt: string | null;
  updatedAt: string;
  /** Whether its people moved in. */
  lived: boolean;
}

export interface TrueEnrollment {
  id: string;
  /** Boom's word in its API: pending, approved, rejected, closed, opted_out, finished. */
  status: string;
  /** The same in the words of Boom's events: `unenrolled` for closed and opted_out, `moved_out` for finished. */
  became: 'pending' | 'approved' | 'rejected' | 'unenrolled' | 'moved_out';
  unit: TrueUnit;
  reasons: string[];
  verifications: Partial<Record<'identity' | 'lease' | 'landlord', 'verified' | 'rejected'>>;
  /** Slugs. */
  openIssues: string[];
  /** `YYYY-MM`. */
  payments: string[];
  furnishments: { bureau: string; month: string }[];
  movedOutAt: string | null;
}

export interface TruePerson {
  personId: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  externalId: string | null;
  /** Everything that the person was invited to or began, and the application that it belongs to now. */
  leads: { id: string; applicationId: string }[];
  /** The newest check of all; `leadId`: whose it is. */
  identityVerification: { status: string; leadId: string; updatedAt: string } | null;
  /** Of Boom's own pushes into a PMS, the newest for each application. */
  pushes: { applicationId: string; failed: boolean }[];
  applications: TrueApplication[];
  customer: { id: string; firstName: string; lastName: string; email: string; phone: string } | null;
  enrollments: TrueEnrollment[];
}

export interface Truth {
  people: TruePerson[];
  /** Ids of applications: the people of a source are listed with the target alone. */
  merges: { source: string; target: string }[];
}

/** Everybody whom Boom knows: a resident who has never applied nor signed up is nobody to it. */
export function truthOf(records: Records): Truth {
  const applicants = groupBy(
    [...records.leads.values()].flatMap(({ applicant }) => applicant ?? []),
    ({ person }) => person,
  );
  const customers = new Map([...records.customers.values()].map((customer) => [customer.person, customer]));
  const enrollments = groupBy([...records.enrollments.values()], ({ customer }) => customer.person);
  const leads = groupBy([...records.leads.values()], ({ person }) => person);
  const people = records.people.filter((person) => leads.has(person) || customers.has(person));
  return {
    people: people.map((person) => {
      const customer = customers.get(person);
      const { id: personId, born: _, ...known } = person;
      return {
        personId,
        ...known,
        leads: (leads.get(person) ?? []).map(({ id, application }) => ({
          id,
          applicationId: application.id,
        })),
        identityVerification: newestCheck(leads.get(person) ?? []),
        pushes: pushesOf(applicants.get(person) ?? [], records.activity),
        applications: (applicants.get(person) ?? []).map(applicationOf),
        customer: customer === undefined ? null : { id: customer.id, ...customer.contact },
        enrollments: (enrollments.get(person) ?? []).map(enrollmentOf),
      };
    }),
    merges: [...records.applications.values()].flatMap(({ id, mergedInto }) =>
      mergedInto === null ? [] : { source: id, target: mergedInto.id },
    ),
  };
}

function newestCheck(leads: readonly Lead[]): TruePerson['identityVerification'] {
  const checks = leads.flatMap(({ id, identityChecks }) => identityChecks.map((check) => ({ id, check })));
  const newest = checks.sort((a, b) => a.check.updatedAt - b.check.updatedAt).at(-1);
  if (newest === undefined) return null;
  const { id: leadId, check } = newest;
  return { status: check.status, leadId, updatedAt: new Date(check.updatedAt).toISOString() };
}

function pushesOf(applicants: readonly Applicant[], activity: readonly LogEntry[]): TruePerson['pushes'] {
  const ids = new Set<unknown>(applicants.map(({ id }) => id));
  const newest = new Map<string, boolean>();
  for (const { kind, details, application } of activity) {
    if (kind !== 'push_applicants_to_property_management_system' || !ids.has(details.applicant_id)) continue;
    newest.set(application.id, details.error_message !== null);
  }
  return [...newest].map(([applicationId, failed]) => ({ applicationId, failed }));
}

function applicationOf({ id, lead, application, role, status }: Applicant): TrueApplication {
  return {
    id: application.id,
    applicantId: id,
    leadId: lead.id,
    status: status === 'canceled' ? status : application.status,
    ownStatus: status,
    role,
    unit: unitOf(application.unit),
    rent: application.rent,
    moveInOn: application.moveInOn,
    decidedAt: isoOrNull(application.decidedAt),
    updatedAt: new Date(application.updatedAt).toISOString(),
    lived: application.movedInAt !== null,
  };
}

function enrollmentOf(enrollment: Enrollment): TrueEnrollment {
  const { id, status, unit, reasons, verifications, openIssues, months, movedOutAt } = enrollment;
  return {
    id,
    status,
    became:
      status === 'finished'
        ? 'moved_out'
        : status === 'closed' || status === 'opted_out'
          ? 'unenrolled'
          : status,
    unit: unitOf(unit),
    reasons,
    verifications: Object.fromEntries([...verifications].map(([kind, { outcome }]) => [kind, outcome])),
    openIssues: [...openIssues.keys()],
    payments: months.filter(({ paid }) => paid).map(({ month }) => month.slice(0, 7)),
    furnishments: months.flatMap(({ month, bureaus }) =>
      bureaus.map((bureau) => ({ bureau, month: month.slice(0, 7) })),
    ),
    movedOutAt: isoOrNull(movedOutAt),
  };
}

function unitOf({ id, title, property }: Unit): TrueUnit {
  return { id, title, property: property.name };
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => Person): Map<Person, T[]> {
  const groups = new Map<Person, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}
