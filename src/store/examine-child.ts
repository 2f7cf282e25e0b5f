/** A process of its own for what examine.ts asks: it is told one file, answers, and ends. */
import { setPriority } from 'node:os';
import Database from 'better-sqlite3';
import type { Examined } from './examine.ts';
import { sqliteCode } from './store-unavailable.ts';

const NICE = 10;
const BUSY_MS = 5000;

process.umask(0o077);
try {
  setPriority(NICE);
} catch {
  // Where it may not be set it competes with the server.
}
process.once('disconnect', () => process.exit(1));
process.once('message', (asked) => {
  const answer = examine((asked as { file: string | null }).file);
  process.send?.(answer, () => process.exit(0));
});

function examine(file: string | null): Examined {
  const examined: Examined = { sqlite: sqliteVersion(), state: null, tables: [], migrations: [] };
  if (file === null) return examined;
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
    try {
      return { ...examined, ...contents(database) };
    } finally {
      database.close();
    }
  } catch (error) {
    const code = sqliteCode(error);
    const busy = code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
    return { ...examined, state: busy ? 'busy' : code === 'SQLITE_CORRUPT' ? 'damaged' : 'unreadable' };
  }
}

function contents(database: Database.Database): Omit<Examined, 'sqlite'> {
  const [found] = database.pragma('quick_check(1)') as { quick_check: string }[];
  const tables = database
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`,
    )
    .all();
  return {
    state: found?.quick_check === 'ok' ? 'whole' : 'damaged',
    tables: tables.map(({ name, sql }) => ({ name, sql, rows: rowsOf(database, name) })),
    migrations: tables.some(({ name }) => name === 'knex_migrations')
      ? database.prepare<[], string>('select name from knex_migrations order by id').pluck().all()
      : [],
  };
}

function rowsOf(database: Database.Database, table: string): number {
  const counted = database.prepare<[], number>(`select count(*) from "${table.replaceAll('"', '""')}"`);
  return counted.pluck().get() ?? 0;
}

function sqliteVersion(): string {
  const memory = new Database(':memory:');
  try {
    return memory.prepare<[], string>('select sqlite_version()').pluck().get() ?? '';
  } finally {
    memory.close();
  }
}
