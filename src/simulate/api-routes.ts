/** What the partner API answers to each path: the reads that the two OpenAPI files name, and nothing else. */
import { bare, counted } from './api-pages.ts';
import { customerDetails, customerItem, enrollmentItem, issuesOf } from './api-reporting.ts';
import {
  activityItem,
  applicantItem,
  applicationDetails,
  applicationItem,
  identityItem,
  leadItem,
  propertyDetails,
  propertyItem,
  unitDetails,
  unitItem,
} from './api-screening.ts';
import type { Application, Customer, LogEntry, Records } from './records.ts';
import { dayOf } from './time.ts';

/** Null: there is no such record. */
type Read = (records: Records, query: URLSearchParams, ...ids: string[]) => object | null;

/** Before what has an id in its place. */
const READS: readonly [template: string, read: Read][] = [
  [
    '/applications',
    (records, query) =>
      counted([...records.applications.values()].filter(wanted(query)), query, 10, applicationItem),
  ],
  [
    '/applications/activity_logs',
    ({ activity }, query) => counted(logged(activity, query), query, 10, activityItem),
  ],
  ['/applications/{id}', ({ applications }, _, id) => show(applications.get(id ?? ''), applicationDetails)],
  [
    '/applications/{id}/activity_logs',
    ({ applications, activity }, query, id) =>
      show(applications.get(id ?? ''), (application) => ({
        activity_logs: activity
          .filter((entry) => entry.application === application && isAsked(entry, query))
          .map(activityItem),
      })),
  ],
  [
    '/applications/{id}/applicants/{id}',
    ({ applications }, _, id, applicantId) =>
      show(
        applications.get(id ?? '')?.applicants.find((applicant) => applicant.id === applicantId),
        applicantItem,
      ),
  ],
  [
    '/leads',
    ({ leads }, query) => {
      const [email, phone] = [query.get('email'), query.get('phone')];
      const found = [...leads.values()].filter(
        ({ person }) => (!email || person.email === email) && (!phone || person.phone === phone),
      );
      return counted(found, query, 10, leadItem);
    },
  ],
  ['/leads/{id}', ({ leads }, _, id) => show(leads.get(id ?? ''), leadItem)],
  [
    '/leads/{id}/identity_verifications',
    ({ leads }, query, id) =>
      show(leads.get(id ?? ''), (lead) =>
        counted(lead.identityChecks, query, 20, (check) => identityItem(lead, check)),
      ),
  ],
  [
    '/units',
    ({ units }, query) => {
      const [property, externalId] = [query.get('property_id'), query.get('external_id')];
      const found = units.filter(
        (unit) =>
          (!property || unit.property.id === property) && (!externalId || unit.externalId === externalId),
      );
      return counted(found, query, 10, unitItem);
    },
  ],
  [
    '/units/{id}',
    ({ units }, _, id) =>
      show(
        units.find((unit) => unit.id === id),
        unitDetails,
      ),
  ],
  [
    '/properties',
    ({ properties, units }, query) => {
      const externalId = query.get('external_id');
      const found = properties.filter((property) => !externalId || property.externalId === externalId);
      return counted(found, query, 10, (property) => propertyItem(property, units[0]?.createdAt ?? 0));
    },
  ],
  [
    '/properties/{id}',
    ({ properties, units }, _, id) =>
      show(
        properties.find((property) => property.id === id),
        (property) => propertyDetails(property, units),
      ),
  ],
  [
    '/customers',
    ({ customers }, query) => bare(ordered([...customers.values()], query), query, customerItem),
  ],
  ['/customers/{id}', ({ customers }, _, id) => show(customers.get(id ?? ''), customerDetails)],
  [
    '/customers/{id}/issues',
    ({ customers, enrollments }, _, id) =>
      show(customers.get(id ?? ''), (customer) => issuesOf(customer, enrollments.values())),
  ],
  [
    '/enrollments',
    ({ enrollments }, query) => {
      const customerId = query.get('customer_id');
      const found = [...enrollments.values()].filter(
        ({ customer }) => !customerId || customer.id === customerId,
      );
      return bare(found, query, enrollmentItem);
    },
  ],
  ['/enrollments/{id}', ({ enrollments }, _, id) => show(enrollments.get(id ?? ''), enrollmentItem)],
];

const PATTERNS = READS.map(([template, read]) => ({
  template,
  read,
  pattern: new RegExp(`^/partner/v1${template.replaceAll('{id}', '([^/]+)')}$`),
}));

export interface Route {
  /** `/applications/{id}`: without anybody's id. */
  template: string;
  answer(records: Records, query: URLSearchParams): object | null;
}

export function routeOf(pathname: string): Route | null {
  for (const { template, read, pattern } of PATTERNS) {
    const match = pattern.exec(pathname);
    if (match === null) continue;
    const ids = match.slice(1).map(decodeURIComponent);
    return { template, answer: (records, query) => read(records, query, ...ids) };
  }
  return null;
}

function show<T>(one: T | undefined, as: (one: T) => object): object | null {
  return one === undefined ? null : as(one);
}

/** `last_updated_…_date` are whole UTC days, both included. */
function wanted(query: URLSearchParams): (application: Application) => boolean {
  const [from, to] = [query.get('last_updated_from_date'), query.get('last_updated_to_date')];
  const statuses = query.getAll('status[]');
  const same = (name: string, value: string) => !query.get(name) || query.get(name) === value;
  const externalId = query.get('external_id');
  return ({ unit, status, updatedAt, applicants }) => {
    const day = dayOf(updatedAt);
    return (
      (!from || day >= from.slice(0, 10)) &&
      (!to || day <= to.slice(0, 10)) &&
      (statuses.length === 0 || statuses.includes(status)) &&
      same('unit_id', unit.id) &&
      same('property_id', unit.property.id) &&
      same('unit_external_id', unit.externalId) &&
      same('property_external_id', unit.property.externalId) &&
      (!externalId || applicants.some(({ person }) => person.externalId === externalId))
    );
  };
}

function logged(activity: readonly LogEntry[], query: URLSearchParams): LogEntry[] {
  const [from, to] = [query.get('from_date'), query.get('to_date')].map((date) =>
    date ? Date.parse(date) : null,
  );
  return activity.filter(
    (entry) => isAsked(entry, query) && entry.at >= (from ?? entry.at) && entry.at <= (to ?? entry.at),
  );
}

function isAsked({ kind }: LogEntry, query: URLSearchParams): boolean {
  const kinds = [...query.getAll('event_type'), ...query.getAll('events[]')].filter((one) => one !== '');
  return kinds.length === 0 || kinds.includes(kind);
}

function ordered(customers: Customer[], query: URLSearchParams): Customer[] {
  const by = query.get('order_by') === 'updated_at' ? 'updatedAt' : 'createdAt';
  const sign = query.get('order_direction') === 'asc' ? 1 : -1;
  return customers.sort((a, b) => sign * (a[by] - b[by]));
}
