/**
 * Backups as files. They are made and opened in a child process that reads the database by itself: SQLite's own copying
 * would, within the server, stop at each of its write transactions and hold the thread while it syncs.
 */
import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { BackupAnswer } from './backup-child.ts';
import { BackupFault, type BackupFaultKind, backupFaultOf } from './backup-fault.ts';
import { type BackupResult, type BackupTask, COMPANIONS } from './backup-work.ts';
import { toDisk } from './to-disk.ts';

export { BackupFault, type BackupFaultKind, backupFaultOf };

export interface BackupFile {
  name: string;
  /** UTC ISO 8601, as its name says. */
  at: string;
  bytes: number;
  encrypted: boolean;
  /** False: the copy that an upgrade made of what was there before, as it was. */
  verified: boolean;
}

export interface MadeBackup extends BackupResult {
  file: string;
}

/** `backup-` was checked before it got this name; `boomsync-` is the copy that an upgrade makes (database.ts). */
const NAME = /^(backup|boomsync)-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.sqlite(\.encrypted)?$/;
const PARTIAL = '.partial';
const PLAIN = 'backup-plain.sqlite';
/** The server must be able to go on. */
const SPARE_BYTES = 50 * 1024 * 1024;

/** Newest first; files of other names are nobody's business here. Empty where there is no such folder. */
export function listBackups(folder: string): BackupFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const found: BackupFile[] = [];
  for (const name of names) {
    const [, prefix, day, h, m, s, ms, encrypted] = NAME.exec(name) ?? [];
    const stat = prefix && statSync(join(folder, name), { throwIfNoEntry: false });
    if (!stat) continue;
    const at = `${day}T${h}:${m}:${s}.${ms}Z`;
    found.push({
      name,
      at,
      bytes: stat.size,
      encrypted: encrypted !== undefined,
      verified: prefix === 'backup',
    });
  }
  return found.sort((a, b) => (a.at < b.at ? 1 : -1));
}

export function backupName(at: Date, encrypted: boolean): string {
  return `backup-${at.toISOString().replaceAll(/[:.]/g, '-')}.sqlite${encrypted ? '.encrypted' : ''}`;
}

/** Throws a `BackupFault`. There is a file of that name only once it was checked and is on disk. */
export async function makeBackup(asked: {
  databaseFile: string;
  /** Must not exist. */
  to: string;
  passphrase: string | null;
  signal: AbortSignal;
}): Promise<MadeBackup> {
  const { databaseFile, to, passphrase, signal } = asked;
  const folder = dirname(to);
  const partial = join(folder, `.${basename(to)}${PARTIAL}`);
  const plain = join(dirname(databaseFile), PLAIN);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (statSync(to, { throwIfNoEntry: false })) throw new BackupFault('exists');
    for (const left of [partial, plain]) removeDatabase(left);
    needRoom(folder, statSync(databaseFile).size);
    const task: BackupTask = { what: 'copy', source: databaseFile, to: partial, plain, passphrase };
    const result = await inChild(task, signal);
    renameSync(partial, to);
    toDisk(folder);
    return { ...result, file: to };
  } catch (error) {
    throw new BackupFault(backupFaultOf(error));
  } finally {
    for (const left of [partial, plain]) removeIfThere(left);
  }
}

/** Why it failed is more than that something could not be removed either. */
function removeIfThere(file: string): void {
  try {
    removeDatabase(file);
  } catch {
    // The next one removes it.
  }
}

/** What was left by one that was killed. */
export function removePartialBackups(folder: string, dataDir: string): void {
  removeDatabase(join(dataDir, PLAIN));
  try {
    for (const name of readdirSync(folder))
      if (name.startsWith('.backup-') && name.includes(PARTIAL)) rmSync(join(folder, name), { force: true });
  } catch {
    // Another disk that is not there now is no reason not to start.
  }
}

export function removeDatabase(file: string): void {
  for (const end of ['', ...COMPANIONS]) rmSync(`${file}${end}`, { force: true });
}

function needRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < bytes + SPARE_BYTES) throw new BackupFault('no_room');
}

/** The sources are TypeScript, which Node does not run: from there it is the build's. */
const CHILD = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/src/store/backup-child.js' : './backup-child.js',
  import.meta.url,
);

/** Throws a `BackupFault`. */
export function inChild(task: BackupTask, signal?: AbortSignal): Promise<BackupResult> {
  const child = fork(CHILD, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const stop = () => child.kill('SIGKILL');
  return new Promise<BackupResult>((resolve, reject) => {
    let answer: BackupAnswer | null = null;
    const fail = (kind: BackupFaultKind) => reject(new BackupFault(kind));
    child.once('message', (told) => {
      answer = told as BackupAnswer;
    });
    child.once('error', () => fail('failed'));
    child.once('close', () => {
      if (answer === null) fail(signal?.aborted ? 'stopped' : 'failed');
      else if ('fault' in answer) fail(answer.fault);
      else resolve(answer.result);
    });
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    // Over the channel, so that no passphrase stands in a list of processes.
    child.send(task, () => {});
  }).finally(() => signal?.removeEventListener('abort', stop));
}
