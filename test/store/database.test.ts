import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, NewerSchema, openDatabase, schemaState } from '../../src/store/database.ts';
import { migrationNames } from '../../src/store/migration-source.ts';
import { sqliteCode } from '../../src/store/store-unavailable.ts';

let home: string;
let file: string;
const open: Knex[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'boomsync-database-'));
  file = join(home, 'data', 'boomsync.sqlite');
});

afterEach(async () => {
  for (const knex of open.splice(0)) await knex.destroy();
  rmSync(home, { recursive: true, force: true });
});

async function opened(options?: Parameters<typeof openDatabase>[1]): Promise<Knex> {
  const knex = await openDatabase(file, options);
  open.push(knex);
  return knex;
}

async function pragma(knex: Knex, name: string): Promise<unknown> {
  const [row] = await knex.raw(`pragma ${name}`);
  return Object.values(row)[0];
}

describe('opening', () => {
  test('sets everything a durable store needs, and again on a reopen', async () => {
    for (const time of ['first', 'again']) {
      const knex = await opened();
      expect(await pragma(knex, 'synchronous'), time).toBe(2);
      expect(await pragma(knex, 'journal_mode'), time).toBe('wal');
      expect(await pragma(knex, 'foreign_keys'), time).toBe(1);
      expect(await pragma(knex, 'secure_delete'), time).toBe(1);
      expect(await pragma(knex, 'auto_vacuum'), time).toBe(2);
      if (time === 'first') await migrate(knex);
      await knex.destroy();
    }
  });

  test('would not be durable without it: the library alone reopens with synchronous=NORMAL', async () => {
    await (await opened()).destroy();
    const plain = new Database(file);
    expect(plain.pragma('synchronous', { simple: true })).toBe(1);
    plain.close();
  });

  test('keeps the files to their owner, those of an older version too', async () => {
    const knex = await opened();
    await migrate(knex);
    const modes = () =>
      readdirSync(join(home, 'data')).map((name) => statSync(join(home, 'data', name)).mode & 0o777);
    expect(modes()).toEqual([0o600, 0o600, 0o600]);
    expect(statSync(join(home, 'data')).mode & 0o777).toBe(0o700);
    await knex.destroy();

    chmodSync(file, 0o644);
    await migrate(await opened());
    expect(modes().every((mode) => mode === 0o600)).toBe(true);
  });

  test('for reading changes nothing and refuses to write', async () => {
    await migrate(await opened());
    const reader = await opened({ readonly: true });
    expect(await reader('inbox').count({ total: '*' })).toEqual([{ total: 0 }]);
    const error = await reader('inbox')
      .del()
      .catch((thrown: unknown) => thrown);
    expect(sqliteCode(error)).toBe('SQLITE_READONLY');
  });

  test('for reading does not create a database', async () => {
    await expect(openDatabase(file, { readonly: true })).rejects.toThrow();
    expect(existsSync(file)).toBe(false);
  });

  test('keeps bound values out of the messages of errors', async () => {
    const knex = await opened();
    const error = await knex
      .raw('insert into nowhere values (?)', ['dana@example.com'])
      .catch((e: Error) => e);
    expect(String(error)).not.toContain('dana@example.com');
  });

  test('rejects a file that is not a database', async () => {
    await (await opened()).destroy();
    writeFileSync(file, 'not a database at all, but long enough to look like one'.repeat(20));
    await expect(openDatabase(file)).rejects.toThrow('file is not a database');
  });
});

describe('a write transaction', () => {
  test('holds the write lock from its beginning', async () => {
    const first = await opened();
    await migrate(first);
    const second = await opened({ busyTimeout: 0 });
    await first.transaction(async (trx) => {
      await trx('inbox').count();
      // A deferred one would let this pass and then fail itself.
      const error = await second
        .raw(
          "insert into inbox (account, source, body_hash, status, received_at) values ('a','b','c','d','e')",
        )
        .catch((e: unknown) => e);
      expect(sqliteCode(error)).toBe('SQLITE_BUSY');
      await trx('inbox').insert({
        account: 'a',
        source: 'webhook',
        body_hash: 'h',
        status: 'received',
        received_at: 't',
      });
    });
    expect(await second('inbox').count({ total: '*' })).toEqual([{ total: 1 }]);
  });

  test('waits for a lock without holding the event loop', async () => {
    const knex = await opened({ busyTimeout: 5 });
    await migrate(knex);
    const other = new Database(file);
    other.exec('begin immediate');
    let turns = 0;
    const ticking = setInterval(() => turns++, 5);
    setTimeout(() => other.close(), 120);
    await knex.transaction((trx) => trx('inbox').del());
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(3);
  });

  test('gives up on a lock that stays, without running what it was for', async () => {
    const knex = await opened({ busyTimeout: 1 });
    const other = new Database(file);
    other.exec('begin immediate');
    let ran = false;
    const error = await knex
      .transaction(async () => {
        ran = true;
      })
      .catch((e: unknown) => e);
    other.close();
    expect(sqliteCode(error)).toBe('SQLITE_BUSY');
    expect(ran).toBe(false);
    await knex.transaction(async () => {
      ran = true;
    });
    expect(ran).toBe(true);
  });

  test('rolls back as a whole, and inner ones alone', async () => {
    const knex = await opened();
    await migrate(knex);
    const row = { account: 'a', source: 'webhook', body_hash: 'h', status: 'received', received_at: 't' };
    await expect(
      knex.transaction(async (trx) => {
        await trx('inbox').insert(row);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await knex.transaction(async (trx) => {
      await trx('inbox').insert(row);
      await trx
        .transaction(async (inner) => {
          await inner('inbox').insert(row);
          throw new Error('only this');
        })
        .catch(() => {});
    });
    expect(await knex('inbox').count({ total: '*' })).toEqual([{ total: 1 }]);
  });
});

describe('migrating', () => {
  test('brings a new database up to date, and does nothing the second time', async () => {
    const knex = await opened();
    expect(await migrate(knex)).toEqual({ ran: migrationNames(), backup: null });
    expect(await migrate(knex)).toEqual({ ran: [], backup: null });
    expect(await schemaState(knex)).toEqual({ applied: migrationNames(), pending: [], unknown: [] });
  });

  test('records names without an extension', () => {
    expect(migrationNames()).toContain('0001_inbox');
  });

  test('backs a database up before it changes it', async () => {
    const knex = await opened();
    const older = migrations({ '0001_first': 'one' });
    await migrate(knex, older);
    await knex('one').insert({ id: 7 });
    const { ran, backup } = await migrate(knex, migrations({ '0001_first': 'one', '0002_second': 'two' }));
    expect(ran).toEqual(['0002_second']);
    expect(backup).toMatch(/data\/backups\/boomsync-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z\.sqlite$/);
    expect(statSync(backup as string).mode & 0o777).toBe(0o600);
    const copy = new Database(backup as string, { readonly: true });
    expect(copy.prepare('select id from one').all()).toEqual([{ id: 7 }]);
    expect(copy.prepare("select name from sqlite_master where name = 'two'").all()).toEqual([]);
    copy.close();
  });

  test('changes nothing when one of several fails', async () => {
    const knex = await opened();
    await migrate(knex, migrations({ '0001_first': 'one' }));
    const faulty = migrations({ '0001_first': 'one', '0002_second': 'two', '0003_third': 'one' });
    await expect(migrate(knex, faulty)).rejects.toThrow('already exists');
    expect((await schemaState(knex, faulty)).pending).toEqual(['0002_second', '0003_third']);
    expect(await knex.schema.hasTable('two')).toBe(false);
  });

  test('refuses a database from a newer version and leaves the file as it is', async () => {
    const knex = await opened();
    await migrate(knex);
    await knex('knex_migrations').insert({ name: '9999_from_the_future', batch: 9 });
    await knex.destroy();
    const before = digest(file);
    const again = await opened();
    const error = await migrate(again).catch((e: unknown) => e);
    await again.destroy();
    expect(error).toBeInstanceOf(NewerSchema);
    expect(String(error)).toContain('9999_from_the_future');
    expect((error as NewerSchema).remedy).toContain('backup');
    expect(digest(file)).toBe(before);
    expect(existsSync(join(home, 'data', 'backups'))).toBe(false);
  });
});

/** A folder of migrations, each of which creates a table. */
function migrations(tables: Record<string, string>): URL {
  const folder = mkdtempSync(join(home, 'migrations-'));
  for (const [name, table] of Object.entries(tables)) {
    writeFileSync(
      join(folder, `${name}.js`),
      `export const up = (knex) => knex.schema.createTable('${table}', (t) => t.integer('id'));\nexport const down = () => {};\n`,
    );
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return pathToFileURL(`${folder}/`);
}

/** Of a copy: this process must not open a file on which it may hold a lock. */
function digest(path: string): string {
  const copy = join(home, 'copy');
  copyFileSync(path, copy);
  return createHash('sha256').update(readFileSync(copy)).digest('hex');
}
