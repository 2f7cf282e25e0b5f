/**
 * What is done with a database file apart from the server: copied as it stands at one moment, and checked. It holds the
 * thread for as long as it takes, so it runs in a process of its own: see backup-child.ts.
 */
import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { decryptFile, encryptFile, isEncrypted } from './backup-crypt.ts';
import { BackupFault } from './backup-fault.ts';
import { migrationNames } from './migration-source.ts';
import { toDisk } from './to-disk.ts';

/** Rows by table. */
export type Counts = Record<string, number>;

export type BackupTask =
  /**
   * Copies the database to `to`, which must not exist, checks the copy, and encrypts it where there is a passphrase: by
   * way of `plain`, which must not exist, so that no plain copy lies where only encrypted ones should.
   */
  | { what: 'copy'; source: string; to: string; plain: string; passphrase: string | null }
  /** Checks a backup and makes a plain database of it at `to`, which must not exist. */
  | { what: 'open'; source: string; to: string; passphrase: string | null };

export interface BackupResult {
  counts: Counts;
  /** Of the file at `to`. */
  bytes: number;
  encrypted: boolean;
}

/** Pages copied at a time. */
const STEP_PAGES = 1000;
/** Files that are at work beside a database. */
export const COMPANIONS = ['-wal', '-shm', '-journal'];

/** Throws a `BackupFault`, or what SQLite and the file system throw. What is at `to` counts only where it returns. */
export async function carryOut(task: BackupTask): Promise<BackupResult> {
  const { source, to, passphrase } = task;
  if (!existsSync(source)) throw new BackupFault('not_there');
  const encrypted = task.what === 'open' ? isEncrypted(source) : passphrase !== null;
  let counts: Counts;
  if (!encrypted) counts = await copyChecked(source, to);
  else if (passphrase === null) throw new BackupFault('no_passphrase');
  else if (task.what === 'open') {
    decryptFile(source, to, passphrase);
    counts = check(to, null);
  } else counts = await copyEncrypted({ ...task, passphrase });
  toDisk(to);
  return { counts, bytes: statSync(to).size, encrypted };
}

async function copyEncrypted(task: {
  source: string;
  to: string;
  plain: string;
  passphrase: string;
}): Promise<Counts> {
  const { source, to, plain, passphrase } = task;
  try {
    const counts = await copyChecked(source, plain);
    encryptFile(plain, to, passphrase);
    rmSync(plain);
    // What counts is that it can be opened again.
    decryptFile(to, plain, passphrase);
    return check(plain, counts);
  } finally {
    for (const end of ['', ...COMPANIONS]) rmSync(`${plain}${end}`, { force: true });
  }
}

/** Returns what was copied, which is what the copy holds. */
async function copyChecked(source: string, to: string): Promise<Counts> {
  const counts = await copy(source, to);
  return check(to, counts);
}

/**
 * All of it is of one moment: the read that stays open keeps what is written meanwhile from being copied, and from
 * making the copy begin anew.
 */
async function copy(source: string, to: string): Promise<Counts> {
  const database = new Database(source, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    database.exec('begin');
    const counts = count(database);
    // SQLite would make it readable to everybody; it accepts an empty file that is there already.
    closeSync(openSync(to, 'wx', 0o600));
    await database.backup(to, { progress: () => STEP_PAGES });
    database.exec('rollback');
    return counts;
  } finally {
    database.close();
  }
}

/** Throws where it is not the whole of one of our databases, of this version or an earlier one. */
function check(file: string, expected: Counts | null): Counts {
  const database = new Database(file, { fileMustExist: true });
  try {
    // One file, without others at work beside it.
    database.pragma('journal_mode = delete');
    const [found] = database.pragma('integrity_check(1)') as { integrity_check: string }[];
    if (found?.integrity_check !== 'ok') throw new BackupFault('damaged');
    const counts = count(database);
    if (!('inbox' in counts) || !('knex_migrations' in counts)) throw new BackupFault('not_a_backup');
    const known = new Set(migrationNames());
    const applied = database.prepare<[], { name: string }>('select name from knex_migrations').all();
    if (applied.some(({ name }) => !known.has(name))) throw new BackupFault('newer');
    if (expected !== null && !isSame(counts, expected)) throw new BackupFault('differs');
    return counts;
  } finally {
    database.close();
  }
}

/**
 * Whether it holds a trigger or a view, of which we make none: they would be at work in the database from then on. What
 * SQLite goes by is the statement, whatever is said to be its type.
 */
function isAltered(database: Database.Database): boolean {
  const all = database
    .prepare<[], { type: string; sql: string | null }>('select type, sql from sqlite_master')
    .all();
  return all.some(({ type, sql }) => {
    // An index that SQLite made by itself has no statement.
    if (type === 'index') return sql !== null && !/^create (unique )?index /i.test(sql);
    return type !== 'table' || !/^create (virtual )?table /i.test(sql ?? '');
  });
}

function count(database: Database.Database): Counts {
  if (isAltered(database)) throw new BackupFault('altered');
  const tables = database
    .prepare<[], { name: string }>(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`,
    )
    .all();
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      Number(
        database
          .prepare<[], number>(`select count(*) from "${name.replaceAll('"', '""')}"`)
          .pluck()
          .get() ?? 0,
      ),
    ]),
  );
}

function isSame(one: Counts, other: Counts): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
