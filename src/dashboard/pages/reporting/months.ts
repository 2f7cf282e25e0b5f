/** Which months the table shows, and how a month stands for one enrollment. Pure. */
import type { TenantEnrollment } from '../../../project/tenant.ts';

export const CELLS = ['reported', 'waiting', 'unconfirmed', 'none'] as const;

export interface Cell {
  state: (typeof CELLS)[number];
  /** How many bureaus were told; 0 where none. */
  bureaus: number;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export const isMonth = (text: string): boolean => MONTH.test(text);

/** `2026-10` and so many months: `2026-08`. */
export function shifted(month: string, by: number): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, of - 1 + by)).toISOString().slice(0, 7);
}

/** So many months up to that one, oldest first. */
export function monthsUpTo(last: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => shifted(last, at - count + 1));
}

/** Of several enrollments the one that says most of the month. */
export function cellOf(enrollments: readonly TenantEnrollment[], month: string): Cell {
  const cells = enrollments.map((one) => cellOfOne(one, month));
  return (
    CELLS.flatMap((state) => cells.find((cell) => cell.state === state) ?? [])[0] ?? {
      state: 'none',
      bureaus: 0,
    }
  );
}

function cellOfOne({ furnishments, unconfirmed, reporting, since }: TenantEnrollment, month: string): Cell {
  const bureaus = new Set(furnishments.filter((one) => one.month === month).map(({ bureau }) => bureau)).size;
  if (bureaus > 0) return { state: 'reported', bureaus };
  if (unconfirmed.some((one) => one.what === 'furnishment' && one.month === month))
    return { state: 'unconfirmed', bureaus };
  // It is approved since a day of that month or before, so that there is something to wait for.
  const waits = reporting === 'approved' && (since === null || since.slice(0, 7) <= month);
  return { state: waits ? 'waiting' : 'none', bureaus };
}

/** `October 2026`. */
export function monthName(month: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}

/** `Oct 2026`, for the head of a column. */
export function shortMonth(month: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}
