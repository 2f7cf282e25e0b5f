/** Which backups are kept: the newest of each of the last days and weeks of which there is one. Pure. */
import type { BackupConfig } from '../../config/config.ts';
import type { BackupFile } from '../../store/backup.ts';

const DAY_MS = 24 * 60 * 60_000;
/** 1 January 1970 was a Thursday: weeks begin on Monday. */
const MONDAY_MS = 4 * DAY_MS;

/**
 * Those that may go. Never the newest that was checked, and nothing of the last 24 hours. The copies that upgrades made
 * go once they are older than anything else that would be kept, and something checked is newer.
 */
export function surplus(
  files: readonly BackupFile[],
  { daily, weekly }: BackupConfig['keep'],
  now: Date,
): BackupFile[] {
  const newestFirst = [...files].sort((a, b) => (a.at < b.at ? 1 : -1));
  const verified = newestFirst.filter((file) => file.verified);
  if (verified.length === 0) return [];
  const kept = new Set([
    ...verified.slice(0, 1),
    ...newestFirst.filter(({ at }) => now.getTime() - Date.parse(at) < DAY_MS),
    ...newestOfEach(verified, daily, (at) => Math.floor(at / DAY_MS)),
    ...newestOfEach(verified, weekly, (at) => Math.floor((at - MONDAY_MS) / (7 * DAY_MS))),
  ]);
  const longestMs = (daily + 7 * weekly) * DAY_MS;
  for (const file of newestFirst)
    if (!file.verified && now.getTime() - Date.parse(file.at) < longestMs) kept.add(file);
  return newestFirst.filter((file) => !kept.has(file));
}

/** `files`: newest first. */
function newestOfEach(
  files: readonly BackupFile[],
  most: number,
  periodOf: (at: number) => number,
): BackupFile[] {
  const found = new Map<number, BackupFile>();
  for (const file of files) {
    const period = periodOf(Date.parse(file.at));
    if (!found.has(period) && found.size < most) found.set(period, file);
  }
  return [...found.values()];
}
