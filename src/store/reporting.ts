/** Who has to do with rent reporting, a page at a time. */
import type { Knex } from 'knex';
import type { Reporting, Tenant } from '../project/tenant.ts';
import { readTenant } from './tenants.ts';

/** `apart`: lives there and does not take part, which is for them to say. */
export type TakesPart = Reporting | 'apart';

/** By the newest enrollment. Null: rent reporting has nothing to do with this person. */
export function takesPart({
  enrollments,
  residencies,
}: Pick<Tenant, 'enrollments' | 'residencies'>): TakesPart | null {
  const newest = [...enrollments].sort((a, b) => (a.since ?? '').localeCompare(b.since ?? '')).at(-1);
  // Registered, and no enrollment begun.
  if (newest !== undefined) return newest.reporting ?? 'registered';
  return residencies.some(({ status }) => status === 'resident') ? 'apart' : null;
}

export interface Reported {
  record: Tenant;
  ordinal: number;
}

export interface ReportingStore {
  /** In the order in which they came; `after` an ordinal, for the next page. */
  list(page: { limit: number; after?: number }): Promise<Reported[]>;
  count(): Promise<number>;
}

export function createReportingStore(knex: Knex): ReportingStore {
  const all = () => knex('tenants').whereNotNull('reporting');
  return {
    async list({ limit, after }) {
      const rows: { ordinal: number | string; revision: number; record: string }[] = await all()
        .modify((query) => {
          if (after !== undefined) query.where('ordinal', '>', after);
        })
        .orderBy('ordinal')
        .limit(limit)
        .select('ordinal', 'revision', 'record');
      return rows.map((row) => ({ record: readTenant(row).record, ordinal: Number(row.ordinal) }));
    },
    async count() {
      const row = await all().count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
  };
}
