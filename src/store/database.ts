/** Opens the database, and brings its tables up to date. */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import createKnex, { type Knex } from 'knex';
import { type Migration, migrationNames, migrationSource } from './migration-source.ts';
import { SqliteClient } from './sqlite-client.ts';
import { toDisk } from './to-disk.ts';

export interface OpenOptions {
  /** For commands that only look: changes nothing, never migrates. */
  readonly?: boolean;
  /** How long SQLite itself waits for a lock, in milliseconds; the event loop stands still meanwhile. */
  busyTimeout?: number;
}

/** Names what this program lacks; the file is left as it was found. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
  readonly unknown: readonly string[];
  readonly remedy =
    'Install the version of boomsync that wrote it, or restore a backup made before the upgrade (data/backups).';

  constructor(unknown: readonly string[]) {
    super(`The database was written by a newer version of boomsync (it has ${unknown.join(', ')})`);
    this.unknown = unknown;
  }
}

export interface SchemaState {
  applied: string[];
  /** Ours, not yet in the database. */
  pending: string[];
  /** In the database, not known to this version. */
  unknown: string[];
}

export interface Migrated {
  ran: string[];
  /** The file that holds the database as it was before, or null where there was nothing to keep. */
  backup: string | null;
}

/** A pool of one, with everything that a durable store needs set on each open. Rejects when it cannot be. */
export async function openDatabase(file: string, options: OpenOptions = {}): Promise<Knex> {
  const readonly = options.readonly === true;
  if (!readonly) createPrivately(file);
  const knex = createKnex({
    client: SqliteClient,
    connection: { filename: file, options: { readonly }, busyTimeout: options.busyTimeout ?? 100 } as object,
    pool: { min: 1, max: 1, acquireTimeoutMillis: 10_000 },
    useNullAsDefault: true,
    // Otherwise knex writes every bound value, people's data included, into the message of an error.
    compileSqlOnError: false,
    // What goes wrong reaches the caller as an error; knex would also print it.
    log: { warn() {}, error() {}, deprecate() {}, debug() {} },
  });
  try {
    await knex.raw('select count(*) from sqlite_master');
  } catch (error) {
    await knex.destroy();
    throw error;
  }
  return knex;
}

/** What the tables are, compared with what this version knows. Changes nothing. */
export async function schemaState(knex: Knex, folder?: URL): Promise<SchemaState> {
  const ours = migrationNames(folder);
  const applied = (await knex.schema.hasTable('knex_migrations'))
    ? (await knex<{ name: string }>('knex_migrations').select('name').orderBy('id')).map((row) => row.name)
    : [];
  return {
    applied,
    pending: ours.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !ours.includes(name)),
  };
}

/** Runs what is pending, all of it or nothing. Throws `NewerSchema` for a database from a later version. */
export async function migrate(
  knex: Knex,
  folder?: URL,
  { keepCopy = true }: { /** Off for what is a copy itself. */ keepCopy?: boolean } = {},
): Promise<Migrated> {
  const { applied, pending, unknown } = await schemaState(knex, folder);
  if (unknown.length > 0) throw new NewerSchema(unknown);
  if (pending.length === 0) return { ran: [], backup: null };
  const backup = keepCopy && applied.length > 0 ? await backUp(knex) : null;
  const [, ran] = (await knex.migrate.latest({ migrationSource: migrationSource(folder) })) as [
    number,
    Migration[],
  ];
  return { ran, backup };
}

/** Copies the database into `backups/` beside it and returns the copy's path. */
export async function backUp(knex: Knex, at = new Date()): Promise<string> {
  const folder = join(dirname(databaseFile(knex)), 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, `boomsync-${at.toISOString().replaceAll(/[:.]/g, '-')}.sqlite`);
  // SQLite would make it readable to everybody; it accepts an empty file that is there already.
  closeSync(openSync(copy, 'wx', 0o600));
  await knex.raw('vacuum into ?', [copy]);
  toDisk(copy);
  toDisk(folder);
  return copy;
}

/** Where it lies. */
export function databaseFile(knex: Knex): string {
  return (knex.client.connectionSettings as { filename: string }).filename;
}

function createPrivately(file: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  createEmpty(file);
  // The write-ahead log takes its mode from the database's file.
  chmodSync(file, 0o600);
  toDisk(folder);
}

/** An existing file is not opened: closing it again would drop every lock that this process holds on it. */
function createEmpty(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
