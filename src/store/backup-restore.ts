/**
 * A backup opened, brought up to date, and put in the place of the database. Everything that can fail is done beside
 * it; the change itself is a few renames behind a marker, and whoever opens the home next goes on where it was stopped.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { inChild } from './backup.ts';

import { COMPANIONS, type Counts } from './backup-work.ts';
import { createConnectionStore } from './connections.ts';
import { migrate, openDatabase } from './database.ts';
import { toDisk } from './to-disk.ts';
import { createUpkeepStore } from './upkeep.ts';

export interface Opened {
  /** As the backup held them. */
  counts: Counts;
  /** When the last event came that it holds; null where it holds none. UTC ISO 8601. */
  lastEventAt: string | null;
  /** Migrations that brought it up to date. */
  migrated: string[];
  encrypted: boolean;
}

export interface Prepared extends Opened {
  /** Puts it in the place of the database. Returns the folder in which what was there is kept; null: nothing was. */
  commit(step?: (name: string) => void): string | null;
  discard(): void;
}

const RESTORING = 'restoring';
const CHECKING = 'checking-backup-';
const MARKER = 'restore.json';
const NAME = 'boomsync.sqlite';

/**
 * Whether a backup can be restored: it is, into a folder of its own, which is deleted again. A server may run meanwhile.
 * Throws a `BackupFault`.
 */
export async function checkBackup(file: string, dataDir: string, passphrase: string | null): Promise<Opened> {
  const folder = join(dataDir, `${CHECKING}${process.pid}`);
  try {
    return await open(file, folder, passphrase, async () => {});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** For whoever holds the home's lock. `connections` are paused until somebody has compared. Throws a `BackupFault`. */
export async function prepareRestore(asked: {
  file: string;
  dataDir: string;
  passphrase: string | null;
  connections: readonly string[];
  at: Date;
}): Promise<Prepared> {
  const { file, dataDir, passphrase, at } = asked;
  const folder = join(dataDir, RESTORING);
  const discard = () => rmSync(folder, { recursive: true, force: true });
  try {
    const opened = await open(file, folder, passphrase, (knex) => markRestored(knex, asked.connections, at));
    return { ...opened, discard, commit: (step) => exchange(dataDir, at, step) };
  } catch (error) {
    discard();
    throw error;
  }
}

/** Goes on with a restore that was killed, and removes what one left. For whoever holds the home's lock. */
export function finishRestore(dataDir: string): void {
  const aside = readMarker(dataDir);
  if (aside !== null) moveIn(dataDir, aside);
  rmSync(join(dataDir, RESTORING), { recursive: true, force: true });
  for (const name of namesIn(dataDir))
    if (name.startsWith(CHECKING) && !isAlive(Number(name.slice(CHECKING.length))))
      rmSync(join(dataDir, name), { recursive: true, force: true });
}

async function open(
  file: string,
  folder: string,
  passphrase: string | null,
  change: (knex: Knex) => Promise<void>,
): Promise<Opened> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const to = join(folder, NAME);
  const { counts, encrypted } = await inChild({ what: 'open', source: file, to, passphrase });
  const knex = await openDatabase(to);
  try {
    const { ran } = await migrate(knex, undefined, { keepCopy: false });
    await change(knex);
    const last = await knex('inbox').max({ at: 'received_at' }).first();
    return { counts, encrypted, migrated: ran, lastEventAt: (last?.at as string | null | undefined) ?? null };
  } finally {
    await knex.destroy();
  }
}

async function markRestored(knex: Knex, configured: readonly string[], at: Date): Promise<void> {
  const time = at.toISOString();
  const known: { connection: string }[] = await knex('sync_states').distinct('connection');
  const connections = createConnectionStore(knex);
  for (const name of new Set([...configured, ...known.map(({ connection }) => connection)]))
    await connections.pause(name, time, 'restored');
  // Who signed out, or was signed out, since then does not come back in.
  for (const table of ['sessions', 'sign_in_links'])
    if (await knex.schema.hasTable(table)) await knex(table).delete();
  // Nobody waits for what was asked back then.
  await knex('commands').delete();
  await createUpkeepStore(knex).done('restore', time, {});
}

function exchange(dataDir: string, at: Date, step: (name: string) => void = () => {}): string | null {
  const had = existsSync(join(dataDir, NAME));
  const aside = join(dataDir, `replaced-${at.toISOString().replaceAll(/[:.]/g, '-')}`);
  const incoming = join(dataDir, RESTORING);
  toDisk(join(incoming, NAME));
  toDisk(incoming);
  step('ready');
  const marker = join(dataDir, MARKER);
  writeFileSync(`${marker}.new`, `${JSON.stringify({ aside })}\n`, { mode: 0o600 });
  toDisk(`${marker}.new`);
  renameSync(`${marker}.new`, marker);
  toDisk(dataDir);
  step('marked');
  moveIn(dataDir, aside, step);
  rmSync(incoming, { recursive: true, force: true });
  return had ? aside : null;
}

/** May be stopped anywhere and begun again: while the new one still waits, what lies in its place is the old one. */
function moveIn(dataDir: string, aside: string, step: (name: string) => void = () => {}): void {
  const incoming = join(dataDir, RESTORING, NAME);
  const place = join(dataDir, NAME);
  if (existsSync(incoming)) {
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    // With its log: what was committed last may stand in that alone.
    for (const end of ['', ...COMPANIONS]) {
      if (existsSync(`${place}${end}`)) renameSync(`${place}${end}`, join(aside, `${NAME}${end}`));
      step(`aside${end}`);
    }
    toDisk(aside);
    renameSync(incoming, place);
    toDisk(dataDir);
  }
  step('moved');
  rmSync(join(dataDir, MARKER), { force: true });
  toDisk(dataDir);
  step('done');
}

function readMarker(dataDir: string): string | null {
  const file = join(dataDir, MARKER);
  if (!existsSync(file)) return null;
  return (JSON.parse(readFileSync(file, 'utf8')) as { aside: string }).aside;
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
