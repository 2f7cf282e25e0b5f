/** Copies of the database in which a person still stands: backups, and what a restore kept aside. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { listBackups } from '../../store/backup.ts';

export interface DatabaseCopy {
  /** Absolute. */
  file: string;
  /** When it was made, UTC ISO 8601. */
  at: string;
  /** When it will be gone by itself at the latest; null: only by hand. UTC ISO 8601. */
  goneBy: string | null;
}

const DAY_MS = 24 * 60 * 60_000;
const ASIDE = 'replaced-';

/** Those that were made since, newest first. `since`: when the person first came, UTC ISO 8601. */
export function copiesSince(
  since: string,
  { backup, databaseFile }: Pick<Config, 'backup' | 'databaseFile'>,
): DatabaseCopy[] {
  const dataDir = dirname(databaseFile);
  const longestMs = (backup.keep.daily + 7 * backup.keep.weekly) * DAY_MS;
  const goneBy = (at: string) =>
    backup.schedule === null ? null : new Date(Date.parse(at) + longestMs).toISOString();
  // Upgrades make theirs there, wherever the others lie.
  const folders = [...new Set([backup.folder, join(dataDir, 'backups')])];
  const backups = folders.flatMap((folder) =>
    listBackups(folder).map(({ name, at }) => ({
      file: join(folder, name),
      at,
      goneBy: folder === backup.folder ? goneBy(at) : null,
    })),
  );
  return [...backups, ...aside(dataDir)]
    .filter(({ at }) => at >= since)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

function aside(dataDir: string): DatabaseCopy[] {
  if (!existsSync(dataDir)) return [];
  return readdirSync(dataDir)
    .filter((name) => name.startsWith(ASIDE))
    .map((name) => {
      const file = join(dataDir, name);
      return { file, at: statSync(file).mtime.toISOString(), goneBy: null };
    });
}

export function eraseCopies(copies: readonly DatabaseCopy[]): void {
  for (const { file } of copies) rmSync(file, { recursive: true, force: true });
}
