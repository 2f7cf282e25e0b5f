import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  backupName,
  inChild,
  listBackups,
  makeBackup,
  removePartialBackups,
} from '../../src/store/backup.ts';
import { openDatabase } from '../../src/store/database.ts';
import { aboutNth } from '../support/people.ts';
import { openTestStore, type TestStore, temporaryFolder } from '../support/store.ts';

const AT = new Date('2026-11-23T02:30:00.000Z');

function backUp(store: TestStore, to: string, passphrase: string | null = null, signal?: AbortSignal) {
  const databaseFile = join(store.folder, 'boomsync.sqlite');
  return makeBackup({ databaseFile, to, passphrase, signal: signal ?? new AbortController().signal });
}

async function withPeople(count: number): Promise<TestStore> {
  const store = await openTestStore();
  for (let n = 1; n <= count; n += 1) await store.deliver(aboutNth(n, 'applicant_submitted'));
  await store.project();
  return store;
}

function open(source: string, passphrase: string | null = null) {
  return inChild({ what: 'open', source, to: join(temporaryFolder(), 'opened.sqlite'), passphrase });
}

describe('a backup', () => {
  it('is the database as it is, for its owner alone, in one file', async () => {
    const store = await withPeople(3);
    const folder = join(store.folder, 'far', 'backups');
    const made = await backUp(store, join(folder, backupName(AT, false)));
    expect(made).toMatchObject({ encrypted: false, counts: { inbox: 3, tenants: 3 } });
    expect(readdirSync(folder)).toEqual(['backup-2026-11-23T02-30-00-000Z.sqlite']);
    expect(statSync(made.file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const copy = await openDatabase(made.file, { readonly: true });
    expect(await copy('tenants').orderBy('ordinal')).toEqual(await store.knex('tenants').orderBy('ordinal'));
    await copy.destroy();
  });

  it('holds all that was committed before it, though it stands in the log alone, and nothing of a write under way', async () => {
    const store = await withPeople(1);
    const to = join(store.folder, 'copy.sqlite');
    const made = await store.knex.transaction(async (trx) => {
      await trx('upkeep').insert({ what: 'not yet', since: '' });
      return await backUp(store, to);
    });
    expect(made.counts).toMatchObject({ tenants: 1, upkeep: 2 });
    expect(new Database(to, { readonly: true }).pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('is made while deliveries go on, and is of one moment', async () => {
    const store = await withPeople(1);
    let going = true;
    const delivering = (async () => {
      for (let n = 2; going; n += 1) {
        await store.deliver(aboutNth(n, 'applicant_submitted'));
        await setImmediate();
      }
    })();
    const made = await backUp(store, join(store.folder, 'copy.sqlite'));
    going = false;
    await delivering;
    const later = await store.knex('inbox').count({ n: '*' }).first();
    expect(made.counts.inbox).toBeGreaterThan(0);
    expect(Number(later?.n)).toBeGreaterThan(made.counts.inbox ?? 0);
    expect((await open(made.file)).counts).toEqual(made.counts);
  });

  it('that is encrypted leaves no plain copy anywhere, and opens with its passphrase alone', async () => {
    const store = await withPeople(2);
    const folder = join(store.folder, 'backups');
    const made = await backUp(store, join(folder, backupName(AT, true)), 'correct horse');
    expect(readdirSync(folder)).toEqual(['backup-2026-11-23T02-30-00-000Z.sqlite.encrypted']);
    expect(readdirSync(store.folder).filter((name) => name.includes('plain'))).toEqual([]);
    expect(readFileSync(made.file).includes('SQLite format')).toBe(false);
    expect((await open(made.file, 'correct horse')).counts).toEqual(made.counts);
    await expect(open(made.file)).rejects.toMatchObject({ kind: 'no_passphrase' });
  });

  it('never writes over a file, and leaves nothing where it fails or is stopped', async () => {
    const store = await withPeople(1);
    const to = join(store.folder, 'backups', 'mine.sqlite');
    mkdirSync(join(store.folder, 'backups'));
    writeFileSync(to, 'mine');
    await expect(backUp(store, to)).rejects.toMatchObject({ kind: 'exists' });
    expect(readFileSync(to, 'utf8')).toBe('mine');
    const stopped = new AbortController();
    const begun = backUp(store, join(store.folder, 'backups', 'other.sqlite'), null, stopped.signal);
    stopped.abort();
    await expect(begun).rejects.toMatchObject({ kind: 'stopped' });
    await expect(backUp(store, join(to, 'below.sqlite'))).rejects.toMatchObject({ kind: 'exists' });
    expect(readdirSync(join(store.folder, 'backups'))).toEqual(['mine.sqlite']);
  });

  it('of a damaged database is none', async () => {
    const store = await withPeople(30);
    await store.knex.raw('pragma wal_checkpoint(truncate)');
    await store.knex.destroy();
    const file = join(store.folder, 'boomsync.sqlite');
    const bytes = readFileSync(file);
    bytes.fill(0xff, 4096 * 6, 4096 * 30);
    writeFileSync(file, bytes);
    const to = join(store.folder, 'copy.sqlite');
    await expect(backUp(store, to)).rejects.toMatchObject({ kind: 'damaged' });
    expect(existsSync(to)).toBe(false);
  });
});

describe('opening a backup', () => {
  it('refuses what is none, what is damaged, and what a later version wrote', async () => {
    const store = await withPeople(20);
    const file = (name: string) => join(store.folder, name);
    writeFileSync(file('text'), 'not a database, but long enough to look at it'.repeat(100));
    await expect(open(file('text'))).rejects.toMatchObject({ kind: 'not_a_backup' });
    new Database(file('other')).exec('create table t (a)').close();
    await expect(open(file('other'))).rejects.toMatchObject({ kind: 'not_a_backup' });
    await expect(open(file('missing'))).rejects.toMatchObject({ kind: 'not_there' });
    const { file: made } = await backUp(store, file('made.sqlite'));
    const bytes = readFileSync(made);
    bytes.fill(0xff, 4096 * 6, 4096 * 20);
    writeFileSync(file('flipped'), bytes);
    await expect(open(file('flipped'))).rejects.toMatchObject({ kind: 'damaged' });
    const newer = new Database(made);
    newer.exec(`insert into knex_migrations (name, batch) values ('9999_later', 99)`);
    newer.close();
    await expect(open(made)).rejects.toMatchObject({ kind: 'newer' });
  });
});

describe('the folder of backups', () => {
  it('is listed newest first, by the names that boomsync gives', () => {
    const folder = temporaryFolder();
    for (const name of [
      'backup-2026-11-22T02-30-00-000Z.sqlite',
      'backup-2026-11-23T02-30-00-000Z.sqlite.encrypted',
      'boomsync-2026-11-21T10-00-00-000Z.sqlite',
      'notes.txt',
      'backup-2026.sqlite',
      '.backup-2026-11-24T02-30-00-000Z.sqlite.partial',
    ])
      writeFileSync(join(folder, name), 'x');
    expect(listBackups(folder)).toMatchObject([
      { at: '2026-11-23T02:30:00.000Z', encrypted: true, verified: true, bytes: 1 },
      { at: '2026-11-22T02:30:00.000Z', encrypted: false, verified: true },
      { at: '2026-11-21T10:00:00.000Z', encrypted: false, verified: false },
    ]);
    removePartialBackups(folder, folder);
    expect(readdirSync(folder)).toHaveLength(5);
    expect(listBackups(join(folder, 'none'))).toEqual([]);
    removePartialBackups(join(folder, 'none'), folder);
  });
});
