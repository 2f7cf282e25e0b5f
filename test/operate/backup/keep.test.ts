import { describe, expect, it } from 'vitest';
import { surplus } from '../../../src/operate/backup/keep.ts';
import type { BackupFile } from '../../../src/store/backup.ts';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const DAY_MS = 24 * 60 * 60_000;
const KEEP = { daily: 7, weekly: 4 };

const file = (daysAgo: number, verified = true): BackupFile => ({
  name: `${verified ? 'night' : 'upgrade'}-${daysAgo}`,
  at: new Date(NOW.getTime() - daysAgo * DAY_MS).toISOString(),
  bytes: 1,
  encrypted: false,
  verified,
});
const kept = (files: BackupFile[], keep = KEEP) => {
  const gone = surplus(files, keep, NOW);
  return files.filter((one) => !gone.includes(one)).map(({ name }) => name);
};

describe('which backups are kept', () => {
  it('are seven days and four weeks of a year of nights, and none older than 35 days', () => {
    const names = kept(Array.from({ length: 365 }, (_, day) => file(day + 0.4)));
    // Sundays: the newest of their week.
    expect(names).toEqual([
      ...['night-0.4', 'night-1.4', 'night-2.4', 'night-3.4', 'night-4.4', 'night-5.4', 'night-6.4'],
      ...['night-8.4', 'night-15.4'],
    ]);
  });

  it('are always the newest that was checked, however old', () => {
    expect(kept([file(400), file(500)], { daily: 1, weekly: 0 })).toEqual(['night-400']);
    expect(kept([file(3, false), file(400)], { daily: 1, weekly: 0 })).toContain('night-400');
  });

  it('are all of the last 24 hours: one was made by hand before something risky', () => {
    expect(kept([file(0.1), file(0.2), file(0.3)], { daily: 1, weekly: 0 })).toHaveLength(3);
  });

  it('are the days of which there is one, where the computer was off for a month', () => {
    expect(kept([file(40), file(41), file(42)])).toHaveLength(3);
  });

  it('are not the copies of upgrades for ever, but those while nothing was checked', () => {
    expect(kept([file(60, false)])).toEqual(['upgrade-60']);
    expect(kept([file(1), file(20, false), file(60, false)])).toEqual(['night-1', 'upgrade-20']);
  });
});
