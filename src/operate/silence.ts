/** Whether Boom is quieter than usual: nobody else would notice that it has stopped sending. Pure. */
import { standing } from '../words/en/standing.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Landlords with few units hear nothing for a week as a matter of course. */
const LEAST_MS = 14 * DAY_MS;
const TIMES = 3;
const SAMPLES = 10;
/** A weekend or a holiday is usual too: of ten gaps nine are no longer than the usual one. */
const SHARE = 0.9;

export interface Silence {
  /** When Boom sent something last; null: never. UTC ISO 8601. */
  lastAt: string | null;
  /** Since then; 0 where nothing ever came. */
  silentMs: number;
  /** Null while too little is known. */
  usualGapMs: number | null;
  quiet: boolean;
}

/**
 * How long it usually takes at most until a day with a message, in milliseconds; null with fewer than ten gaps.
 * `times`: one or more of each day, in any order, UTC ISO 8601. What comes on one day counts as one: Boom sends in bursts.
 */
export function usualGap(times: readonly string[]): number | null {
  const days = [...new Set(times.map((time) => Math.floor(Date.parse(time) / DAY_MS)))].sort((a, b) => a - b);
  const gaps = days
    .slice(1)
    .map((day, before) => (day - (days[before] ?? day)) * DAY_MS)
    .sort((a, b) => a - b);
  if (gaps.length < SAMPLES) return null;
  return gaps[Math.ceil(gaps.length * SHARE) - 1] ?? null;
}

export function silenceOf(times: readonly string[], now: Date): Silence {
  const lastAt = times.reduce<string | null>((last, at) => (last === null || at > last ? at : last), null);
  const usualGapMs = usualGap(times);
  const silentMs = lastAt === null ? 0 : Math.max(now.getTime() - Date.parse(lastAt), 0);
  const quiet = usualGapMs !== null && silentMs >= LEAST_MS && silentMs > TIMES * usualGapMs;
  return { lastAt, silentMs, usualGapMs, quiet };
}

/** `No message from Boom for 19 days (you usually get one every 2)`. */
export function silenceText({ silentMs, usualGapMs }: Silence): string {
  const usual = usualGapMs === null ? null : Math.round(usualGapMs / DAY_MS);
  return standing.silence(Math.floor(silentMs / DAY_MS), usual);
}
