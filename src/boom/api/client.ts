/**
 * What is read of Boom's partner API. Every object holds the fields that objects.ts lists and no other, always in
 * the same order; ids are strings. A list is read page by page as it is gone through, and can be gone on with from any
 * page. Everything that can go wrong is a `PushError`.
 */
import {
  ACTIVITY,
  type ActivityObject,
  APPLICATION,
  type ApplicationObject,
  CUSTOMER,
  type CustomerObject,
  ENROLLMENT,
  type EnrollmentObject,
  IDENTITY_VERIFICATION,
  type IdentityVerificationObject,
  ISSUE,
  type IssueObject,
  LEAD,
  type LeadObject,
  UNIT,
  type UnitObject,
} from './objects.ts';
import type { Page } from './pages.ts';
import { pickEach } from './pick.ts';
import { createReader, type ReaderOptions } from './reader.ts';
import { recordReader } from './records.ts';

/** Of a record that Boom does not have: null, and no list of what belongs to it. `fromPage`: the first is 1. */
export interface BoomApi {
  /** Proves the keys, changes nothing. */
  check(): Promise<void>;
  application(id: string): Promise<ApplicationObject | null>;
  /** Changed on one of these UTC days (`2026-03-01`), both included; null: no bound. */
  applications(
    changed: { from: string | null; to: string | null },
    fromPage?: number,
  ): AsyncIterable<Page<ApplicationObject>>;
  /** Entries of these types, of all applications. `from`, `to`: ISO 8601 date-times; null: no bound. */
  activity(
    filter: { from: string | null; to: string | null; types: readonly string[] },
    fromPage?: number,
  ): AsyncIterable<Page<ActivityObject>>;
  lead(id: string): Promise<LeadObject | null>;
  identityVerifications(leadId: string): Promise<IdentityVerificationObject[]>;
  customer(id: string): Promise<CustomerObject | null>;
  /** The oldest first, so that one who registers meanwhile moves nobody to another page. */
  customers(fromPage?: number): AsyncIterable<Page<CustomerObject>>;
  enrollment(id: string): Promise<EnrollmentObject | null>;
  enrollments(fromPage?: number): AsyncIterable<Page<EnrollmentObject>>;
  /** The unresolved ones. */
  /** Null for a customer whom Boom does not have: that is not to say that none is open. */
  issues(customerId: string): Promise<IssueObject[] | null>;
  /** With its `property`. */
  unit(id: string): Promise<UnitObject | null>;
}

export function createBoomApi(options: ReaderOptions): BoomApi {
  const reader = createReader(options);
  const { one, all, listOf } = recordReader(reader, options);

  /** Boom filters by one type at most; chosen here, several are one list with pages that can be counted. */
  async function* activity(
    { from, to, types }: Parameters<BoomApi['activity']>[0],
    fromPage?: number,
  ): AsyncGenerator<Page<ActivityObject>, void, undefined> {
    const filter = { from_date: from, to_date: to };
    for await (const page of all('/applications/activity_logs', ACTIVITY, fromPage, filter)) {
      const items = page.items.filter(({ event_type: type }) => types.includes(type ?? ''));
      yield { ...page, items };
    }
  }

  return {
    check: () => reader.authenticate(),
    application: (id) => one('/applications/{id}', id, APPLICATION),
    applications: ({ from, to }, fromPage) =>
      all('/applications', APPLICATION, fromPage, {
        last_updated_from_date: from,
        last_updated_to_date: to,
      }),
    activity,
    lead: (id) => one('/leads/{id}', id, LEAD),
    async identityVerifications(leadId) {
      const list = await listOf('/leads/{id}/identity_verifications', leadId, { whole: false });
      return pickEach(IDENTITY_VERIFICATION, list ?? []);
    },
    customer: (id) => one('/customers/{id}', id, CUSTOMER),
    customers: (fromPage) =>
      all('/customers', CUSTOMER, fromPage, { order_by: 'created_at', order_direction: 'asc' }),
    enrollment: (id) => one('/enrollments/{id}', id, ENROLLMENT),
    enrollments: (fromPage) => all('/enrollments', ENROLLMENT, fromPage),
    async issues(customerId) {
      const list = await listOf('/customers/{id}/issues', customerId, { whole: true });
      return list && pickEach(ISSUE, list);
    },
    unit: (id) => one('/units/{id}', id, UNIT),
  };
}
