/** The landlord's clock: quiet hours and the weekly word. Pure. */
import type { AlertsConfig } from '../../config/config.ts';

interface Local {
  /** `2026-11-23`. */
  date: string;
  /** 0 is Sunday. */
  weekday: number;
  /** Of the day. */
  minute: number;
}

const DAY_MS = 24 * 60 * 60_000;

export function isQuietAt(at: Date, quiet: AlertsConfig['quietHours'], timezone: string): boolean {
  if (quiet === null) return false;
  const { minute } = localOf(at, timezone);
  const { from, to } = quiet;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The day of the last time that this was due, as `2026-11-23`: another answer than before says that it is due anew. */
export function lastWeekly(
  at: Date,
  { weekday, minute }: Pick<NonNullable<AlertsConfig['weekly']>, 'weekday' | 'minute'>,
  timezone: string,
): string {
  const local = localOf(at, timezone);
  const days = (local.weekday - weekday + 7) % 7;
  const back = days === 0 && local.minute < minute ? 7 : days;
  return new Date(Date.parse(`${local.date}T00:00:00Z`) - back * DAY_MS).toISOString().slice(0, 10);
}

function localOf(at: Date, timezone: string): Local {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return { date, weekday, minute: Number(part('hour')) * 60 + Number(part('minute')) };
}
