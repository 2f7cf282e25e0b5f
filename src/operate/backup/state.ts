/** How backups stand: for the status, the dashboard, and whoever examines this home. */
import type { Config } from '../../config/config.ts';
import { type BackupFile, listBackups } from '../../store/backup.ts';
import { BACKUP_FAULTS, type BackupFaultKind } from '../../store/backup-fault.ts';
import type { Stores } from '../../store/stores.ts';
import { BACKUP_WORDS, type SaidFault } from './faults.ts';

/** All times are UTC ISO 8601. */
export interface BackupFacts {
  /** Made by the clock. */
  on: boolean;
  /** Of the newest that was checked, by the store or by the folder; null: none yet. */
  lastVerifiedAt: string | null;
  /** Of the last try, where it failed. */
  failure: (SaidFault & { at: string; kind: BackupFaultKind }) | null;
  /** They are on, and none was checked for more than seven days. */
  overdue: boolean;
}

export interface BackupState extends BackupFacts {
  /** The last try, however it went. */
  lastAt: string | null;
  nextAt: string | null;
  folder: string;
  /** Newest first. */
  files: BackupFile[];
}

export interface BackupSources {
  stores: Pick<Stores, 'upkeep'>;
  config: Pick<Config, 'backup' | 'timezone'>;
  now: () => Date;
}

const OVERDUE_MS = 7 * 24 * 60 * 60_000;

const latest = (...times: (string | null | undefined)[]) =>
  times.reduce<string | null>((last, at) => (at && (last === null || at > last) ? at : last), null);

export async function backupFacts({ stores, config, now }: BackupSources): Promise<BackupFacts> {
  const upkeep = await stores.upkeep.get('backup');
  const on = config.backup.schedule !== null;
  // After a restore the store knows less than the folder.
  const newest = filesIn(config.backup.folder).find(({ verified }) => verified);
  const lastVerifiedAt = latest(upkeep?.doneAt, newest?.at);
  const since = lastVerifiedAt ?? upkeep?.since ?? null;
  return {
    on,
    lastVerifiedAt,
    failure: upkeep?.failedAt ? failureOf(upkeep.failedAt, upkeep.failure) : null,
    overdue: on && since !== null && now().getTime() - Date.parse(since) > OVERDUE_MS,
  };
}

export async function backupState(sources: BackupSources): Promise<BackupState> {
  const { config, now } = sources;
  const facts = await backupFacts(sources);
  return {
    ...facts,
    lastAt: latest(facts.lastVerifiedAt, facts.failure?.at),
    nextAt: await nextRunOf(config.backup.schedule, config.timezone, now()),
    folder: config.backup.folder,
    files: filesIn(config.backup.folder),
  };
}

function failureOf(at: string, word: string | null): BackupFacts['failure'] {
  const kind = BACKUP_FAULTS.find((one) => one === word) ?? 'failed';
  return { at, kind, ...BACKUP_WORDS[kind] };
}

/** Another disk may not be there now. */
function filesIn(folder: string): BackupFile[] {
  try {
    return listBackups(folder);
  } catch {
    return [];
  }
}

async function nextRunOf(schedule: string | null, timezone: string, now: Date): Promise<string | null> {
  if (schedule === null) return null;
  const { Cron } = await import('croner');
  return new Cron(schedule, { timezone, paused: true }).nextRun(now)?.toISOString() ?? null;
}
