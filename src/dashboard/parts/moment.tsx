/** A time as people say it, with the exact one for those who want it. */
import type { Words } from '../../words/words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `6 minutes ago`, `in 2 hours`; beyond three days the date. */
export function spoken(at: string, now: Date, timezone: string, { frame, locale }: Words): string {
  const away = Date.parse(at) - now.getTime();
  const far = Math.abs(away);
  if (far < MINUTE / 2) return frame.justNow;
  if (far >= 3 * DAY) return dateTime(at, timezone, locale);
  const text =
    far < HOUR
      ? frame.minutes(Math.max(1, Math.round(far / MINUTE)))
      : far < DAY
        ? frame.hours(Math.round(far / HOUR))
        : frame.days(Math.round(far / DAY));
  return away < 0 ? frame.ago(text) : frame.in(text);
}

/** `23 Nov 2026, 14:02` in the landlord's time zone. */
export function dateTime(at: string, timezone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: timezone,
  }).format(new Date(at));
}

interface MomentProps {
  at: string | null;
  frame: { words: Words; now: Date; timezone: string };
  /** The date and time rather than how long ago. */
  exact?: boolean;
}

export function Moment({ at, frame: { words, now, timezone }, exact = false }: MomentProps) {
  if (at === null) return <span>{words.frame.never}</span>;
  const full = dateTime(at, timezone, words.locale);
  return (
    <time dateTime={at} title={full}>
      {exact ? full : spoken(at, now, timezone, words)}
    </time>
  );
}
