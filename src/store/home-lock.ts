/**
 * One server per home. The lock is held on a file by SQLite, so the system releases it when the process dies,
 * however it dies. Nothing in this process may open and close `data/lock` by itself: closing any handle of it
 * would drop the lock.
 */
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sqliteCode } from './store-unavailable.ts';

/** How other commands find the running server. */
export interface Announcement {
  pid: number;
  host: string;
  port: number;
  startedAt: string;
}

export interface HomeLock {
  /** Writes `data/server.json`. */
  announce(announcement: Announcement): void;
  /** Takes the announcement back and lets the next one in. */
  release(): void;
}

export interface LockOptions {
  /** How long to wait for a command that holds it for a moment, in milliseconds. The thread stands still. */
  patience?: number;
}

/** Keeps them from being collected, which would close them, should the caller lose sight of its lock. */
const held = new Set<Database.Database>();

/** The lock, or null while somebody else holds it. */
export function acquireHomeLock(dataDir: string, { patience = 0 }: LockOptions = {}): HomeLock | null {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'lock');
  createOnce(file);
  const connection = new Database(file, { timeout: patience });
  try {
    connection.exec('begin exclusive');
  } catch (error) {
    connection.close();
    if (sqliteCode(error).startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  held.add(connection);
  const announcementFile = join(dataDir, 'server.json');
  // One that a killed server left behind.
  rmSync(announcementFile, { force: true });
  return {
    announce(announcement) {
      writeFileSync(`${announcementFile}.new`, `${JSON.stringify(announcement)}\n`, { mode: 0o600 });
      renameSync(`${announcementFile}.new`, announcementFile);
    },
    release() {
      if (!connection.open) return;
      rmSync(announcementFile, { force: true });
      connection.close();
      held.delete(connection);
    },
  };
}

/** What the last server announced, or null. It may have been killed since: only the lock tells whether it runs. */
export function readAnnouncement(dataDir: string): Announcement | null {
  try {
    const found: unknown = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8'));
    return isAnnouncement(found) ? found : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isAnnouncement(value: unknown): value is Announcement {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, host, port, startedAt } = value as Partial<Record<keyof Announcement, unknown>>;
  return (
    typeof pid === 'number' &&
    typeof host === 'string' &&
    typeof port === 'number' &&
    typeof startedAt === 'string'
  );
}

function createOnce(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    chmodSync(file, 0o600);
  }
}
