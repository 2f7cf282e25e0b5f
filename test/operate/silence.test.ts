import { describe, expect, it } from 'vitest';
import { silenceOf, silenceText, usualGap } from '../../src/operate/silence.ts';

const DAY = 24 * 60 * 60_000;
const START = Date.UTC(2026, 0, 5, 9);
const at = (day: number) => new Date(START + day * DAY).toISOString();
/** A message on each of so many days, `apart` days from each other. */
const every = (apart: number, count: number) => Array.from({ length: count }, (_, n) => at(n * apart));

describe('the usual gap', () => {
  it('is how many days lie between days with a message', () => {
    expect(usualGap(every(2, 11))).toBe(2 * DAY);
    expect(usualGap(every(2, 11).reverse())).toBe(2 * DAY);
  });

  it('is unknown with fewer than ten', () => {
    expect(usualGap([])).toBeNull();
    expect(usualGap(every(2, 10))).toBeNull();
  });

  it('counts what comes in a burst as one', () => {
    const burst = Array.from({ length: 50 }, (_, n) => new Date(START + n * 1000).toISOString());
    expect(usualGap(burst)).toBeNull();
    expect(usualGap([...burst, ...every(3, 11)])).toBe(3 * DAY);
  });

  it('knows weekends', () => {
    const workdays = every(1, 28).filter((day) => ![0, 6].includes(new Date(day).getUTCDay()));
    expect(usualGap(workdays)).toBe(3 * DAY);
  });
});

describe('silence', () => {
  const silent = (times: string[], day: number) => silenceOf(times, new Date(at(day)));

  it('is quiet after more than three times the usual gap, and fourteen days at least', () => {
    const daily = every(1, 11);
    expect(silent(daily, 10 + 13.9)).toMatchObject({ quiet: false, lastAt: at(10), usualGapMs: DAY });
    expect(silent(daily, 10 + 14)).toMatchObject({ quiet: true, silentMs: 14 * DAY });
    const weekly = every(7, 11);
    expect(silent(weekly, 70 + 21).quiet).toBe(false);
    expect(silent(weekly, 70 + 22).quiet).toBe(true);
  });

  it('is never quiet where too little is known', () => {
    expect(silent([], 900)).toEqual({ lastAt: null, silentMs: 0, usualGapMs: null, quiet: false });
    expect(silent(every(1, 10), 900).quiet).toBe(false);
  });

  it('survives a clock that was set back', () => {
    expect(silent(every(1, 11), 2)).toMatchObject({ silentMs: 0, quiet: false });
  });

  it('is said in days', () => {
    expect(silenceText(silent(every(2, 11), 20 + 19))).toBe(
      'No message from Boom for 19 days (you usually get one every 2)',
    );
    expect(silenceText(silent(every(1, 11), 10 + 15))).toContain('(you usually get one every day)');
  });
});
