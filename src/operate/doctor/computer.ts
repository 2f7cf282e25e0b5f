/** The computer: room on its disks, and who may read the files. */
import { statfsSync, statSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import { doctor as words } from '../../words/en/doctor.ts';
import { homeFiles } from '../diagnostics.ts';
import { broken, type Finding, good, look, unknown } from './finding.ts';

const MB = 1_000_000;
/** The log alone may grow to this much between two checkpoints. */
const NEEDED_BYTES = 100 * MB;
const COMFORTABLE_BYTES = 1000 * MB;

/** @returns one for the data, and one more where backups have no room. */
export function checkDisk({ dataDir, databaseFile, backup }: Config): Finding[] {
  const free = freeBytes(dataDir);
  if (free === null) return [unknown('disk', words.disk.unreadable)];
  const text = sizeText(free);
  const { remedy, backupsRemedy } = words.disk;
  const data =
    free < NEEDED_BYTES
      ? broken('disk', words.disk.none(text), remedy)
      : free < COMFORTABLE_BYTES
        ? look('disk', words.disk.little(text), remedy)
        : good('disk', words.disk.good(text));
  if (backup.schedule === null) return [data];
  const there = freeBytes(backup.folder);
  // The folder is made with the first backup: one that is not there counts only where it lies elsewhere.
  if (there === null)
    return backup.folder.startsWith(dataDir)
      ? [data]
      : [data, look('disk-backups', words.disk.backupsGone, backupsRemedy)];
  const wanted = (statSync(databaseFile, { throwIfNoEntry: false })?.size ?? 0) + 50 * MB;
  return there < wanted
    ? [data, look('disk-backups', words.disk.backups(sizeText(there)), backupsRemedy)]
    : [data];
}

/** Others have no business in what holds people's data and keys. */
export function checkFiles(config: Config): Finding {
  if (process.platform === 'win32') return unknown('files', words.files.unknown);
  const open = homeFiles(config)
    .filter(({ what, mode }) => PRIVATE.has(what) && (Number.parseInt(mode, 8) & 0o077) !== 0)
    .map(({ what, mode }) => `${what} (${mode})`);
  return open.length === 0
    ? good('files', words.files.good)
    : look('files', words.files.open(open.join(', ')), words.files.remedy);
}

const PRIVATE = new Set(['config/secrets', 'config/secrets/*', 'data', 'data/boomsync.sqlite']);

/** Bytes that are free for us; null where there is no such folder. */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

const sizeText = (bytes: number) =>
  bytes < 1000 * MB ? `${Math.round(bytes / MB)} MB` : `${(bytes / MB / 1000).toFixed(1)} GB`;
