/** Tenants by months, a page of tenants at a time. */
import { z } from 'zod';
import { unitText } from '../../../operate/tenant-words.ts';
import { leadingResidency } from '../../../project/stage.ts';
import type { Tenant } from '../../../project/tenant.ts';
import { dueOf } from '../../../project/unconfirmed.ts';
import { takesPart } from '../../../store/reporting.ts';
import type { At } from '../../contract.ts';
import { whole } from '../../forms.ts';
import { nameOf } from '../../names.ts';
import { CELLS, cellOf, isMonth, monthsUpTo, shifted } from './months.ts';

const PAGE = 50;
const MONTHS = 6;

export const reportingQuery = z.object({
  until: z.string().refine(isMonth).optional().catch(undefined).describe('The last month shown: 2026-10'),
  after: whole.nonnegative().optional().catch(undefined).describe('Where the page before ended'),
});

export const reportingView = z.object({
  months: z.array(z.string()),
  /** Null where the last month is the present one. */
  later: z.string().nullable(),
  earlier: z.string(),
  total: z.number(),
  /** Whether a gap may hide something. */
  unconfirmed: z.boolean(),
  rows: z.array(
    z.object({
      tenantId: z.string(),
      who: z.string(),
      unit: z.string().nullable(),
      stands: z.string(),
      cells: z.array(z.object({ state: z.enum(CELLS), bureaus: z.number() })),
    }),
  ),
  /** For the next page; null where this is the last. */
  after: z.number().nullable(),
  first: z.boolean(),
});
export type ReportingView = z.output<typeof reportingView>;

export async function readReporting(
  { until, after }: z.output<typeof reportingQuery>,
  at: At,
): Promise<ReportingView> {
  const { stores, now, words } = at;
  const present = now().toISOString().slice(0, 7);
  const last = until === undefined || until > present ? present : until;
  const months = monthsUpTo(last, MONTHS);
  const found = await stores.reporting.list({ limit: PAGE + 1, ...(after === undefined ? {} : { after }) });
  const shown = found.slice(0, PAGE);
  return {
    months,
    later: last < present ? shifted(last, MONTHS) : null,
    earlier: shifted(last, -MONTHS),
    total: await stores.reporting.count(),
    // Of a large home it may be some seconds old; counting them anew takes too long.
    unconfirmed: (await at.status()).boom.unconfirmed > 0,
    rows: shown.map(({ record }) => rowOf(record, months, now(), words)),
    after: found.length > PAGE ? (shown.at(-1)?.ordinal ?? null) : null,
    first: after === undefined,
  };
}

function rowOf(
  record: Tenant,
  months: string[],
  now: Date,
  words: At['words'],
): ReportingView['rows'][number] {
  const enrollments = record.enrollments.map((one) => ({ ...one, unconfirmed: dueOf(one, now) }));
  return {
    tenantId: record.id,
    who: nameOf(record.person, words),
    unit: unitText(leadingResidency(record.residencies)?.unit ?? null),
    stands: takesPart(record) ?? 'apart',
    cells: months.map((month) => cellOf(enrollments, month)),
  };
}
