/** A backup is made: by the clock, or because somebody asks. One after the other. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { BackupFault, backupName, listBackups, makeBackup } from '../../store/backup.ts';
import type { Counts } from '../../store/backup-work.ts';
import type { Stores } from '../../store/stores.ts';
import type { Refused } from '../command.ts';
import { BACKUP_WORDS } from './faults.ts';
import { surplus } from './keep.ts';

export interface BackedUp {
  file: string;
  /** UTC ISO 8601. */
  at: string;
  bytes: number;
  encrypted: boolean;
  /** What was copied, and was found in the copy: rows by table. */
  counts: Counts;
  /** Names of older ones that were deleted. */
  deleted: string[];
}

export interface BackupTools {
  stores: Pick<Stores, 'upkeep'>;
  config: Pick<Config, 'backup' | 'databaseFile'>;
  now: () => Date;
  signal: AbortSignal;
}

/** `to`: an absolute path outside of the rotation; null for the folder of the configuration. */
export async function backup(
  { to }: { to: string | null },
  { stores, config, now, signal }: BackupTools,
): Promise<BackedUp | Refused> {
  const { folder, keep, passphrase } = config.backup;
  const at = now();
  const file = to ?? join(folder, backupName(at, passphrase !== null));
  const { databaseFile } = config;
  try {
    const { bytes, encrypted, counts } = await makeBackup({ databaseFile, to: file, passphrase, signal });
    const made = { file, at: at.toISOString(), bytes, encrypted };
    await stores.upkeep.done('backup', made.at, made);
    return { ...made, counts, deleted: to === null ? rotate(folder, keep, at) : [] };
  } catch (error) {
    if (!(error instanceof BackupFault)) throw error;
    // Who mistypes a name has not lost the backups of the night.
    const isOwn = to === null && error.kind !== 'stopped';
    if (isOwn) await stores.upkeep.failed('backup', now().toISOString(), error.kind);
    const { message, remedy } = BACKUP_WORDS[error.kind];
    return { error: message, remedy };
  }
}

function rotate(folder: string, keep: Config['backup']['keep'], now: Date): string[] {
  const names = surplus(listBackups(folder), keep, now).map(({ name }) => name);
  for (const name of names) rmSync(join(folder, name), { force: true });
  return names;
}
