import { describe, expect, it } from 'vitest';
import { isQuietAt, lastWeekly } from '../../../src/operate/alerts/hours.ts';

const CHICAGO = 'America/Chicago';

describe('quiet hours', () => {
  const night = { from: 22 * 60, to: 7 * 60 };

  it('go over midnight, in the landlord’s time', () => {
    const quiet = (utc: string) => isQuietAt(new Date(`2026-11-23T${utc}:00Z`), night, CHICAGO);
    expect(quiet('03:59')).toBe(false);
    expect(quiet('04:00')).toBe(true);
    expect(quiet('12:59')).toBe(true);
    expect(quiet('13:00')).toBe(false);
  });

  it('may lie within a day, or not be', () => {
    const noon = { from: 12 * 60, to: 13 * 60 };
    expect(isQuietAt(new Date('2026-11-23T12:30:00Z'), noon, 'UTC')).toBe(true);
    expect(isQuietAt(new Date('2026-11-23T13:00:00Z'), noon, 'UTC')).toBe(false);
    expect(isQuietAt(new Date('2026-11-23T12:30:00Z'), null, 'UTC')).toBe(false);
  });
});

describe('the weekly word', () => {
  const monday = { weekday: 1, minute: 8 * 60 };
  const last = (utc: string, zone = 'UTC') => lastWeekly(new Date(utc), monday, zone);

  it('is due from that time of that day on, for a week', () => {
    expect(last('2026-11-23T07:59:00Z')).toBe('2026-11-16');
    expect(last('2026-11-23T08:00:00Z')).toBe('2026-11-23');
    expect(last('2026-11-29T23:59:00Z')).toBe('2026-11-23');
    expect(last('2026-11-30T08:00:00Z')).toBe('2026-11-30');
  });

  it('goes by the landlord’s clock, over daylight saving too', () => {
    expect(last('2026-11-02T13:59:00Z', CHICAGO)).toBe('2026-10-26');
    expect(last('2026-11-02T14:00:00Z', CHICAGO)).toBe('2026-11-02');
    expect(last('2026-10-26T13:00:00Z', CHICAGO)).toBe('2026-10-26');
  });
});
