/** A backup in the place of the database, whatever stops it on the way. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Knex } from 'knex';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeBackup } from '../../src/store/backup.ts';
import { checkBackup, finishRestore, prepareRestore } from '../../src/store/backup-restore.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { migrationNames, migrationSource } from '../../src/store/migration-source.ts';
import { createStores } from '../../src/store/stores.ts';
import { aboutNth } from '../support/people.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const AT = new Date('2026-11-23T12:00:00.000Z');
const BUILT = resolve(import.meta.dirname, '../../dist/src/store/backup-restore.js');

const fileOf = ({ folder }: TestStore) => join(folder, 'boomsync.sqlite');

async function opened({ folder }: TestStore): Promise<Knex> {
  const knex = await openDatabase(join(folder, 'boomsync.sqlite'));
  onTestFinished(async () => {
    await knex.destroy();
  });
  return knex;
}

/** A backup of one person; since then a second one came. The database is closed. */
async function withBackup(): Promise<{ store: TestStore; backup: string }> {
  const store = await openTestStore();
  await store.deliver(aboutNth(1, 'applicant_submitted'));
  await store.project();
  const to = join(store.folder, 'backups', 'mine.sqlite');
  const signal = new AbortController().signal;
  const { file } = await makeBackup({ databaseFile: fileOf(store), to, passphrase: null, signal });
  await store.deliver(aboutNth(2, 'applicant_submitted'));
  await store.project();
  return { store, backup: file };
}

const prepare = ({ folder }: TestStore, file: string) =>
  prepareRestore({ file, dataDir: folder, passphrase: null, connections: ['oak'], at: AT });

const eventsIn = async (knex: Knex) => Number((await knex('inbox').count({ n: '*' }).first())?.n);

describe('restore', () => {
  it('brings back what the backup holds, keeps what was there, and pauses every connection', async () => {
    const { store, backup } = await withBackup();
    const row = { tenant_id: 't1', connection: 'gone', kind: 'applicant', place: 'p1', state: 'synced' };
    await store.knex('sync_states').insert({ ...row, updated_at: '' });
    await store.knex.destroy();
    const prepared = await prepare(store, backup);
    expect(prepared).toMatchObject({ counts: { inbox: 1, tenants: 1 }, migrated: [], encrypted: false });
    const aside = prepared.commit();
    expect(await eventsIn(await opened(store))).toBe(1);
    expect(await createStores(await opened(store)).connections.get('oak')).toMatchObject({
      pausedAt: AT.toISOString(),
      pausedWhy: 'restored',
    });
    const kept = await openDatabase(join(aside ?? '', 'boomsync.sqlite'), { readonly: true });
    expect(await eventsIn(kept)).toBe(2);
    await kept.destroy();
    // Restored back again, from where it was kept.
    const back = await prepare(store, join(aside ?? '', 'boomsync.sqlite'));
    expect(back.counts).toMatchObject({ inbox: 2, sync_states: 1 });
    back.discard();
  });

  it('keeps the log with the database that it belongs to, though that was killed with commits in it', async () => {
    const { store, backup } = await withBackup();
    // As `kill -9` leaves it: nobody moved the log into the file.
    expect(existsSync(`${fileOf(store)}-wal`)).toBe(true);
    const aside = (await prepare(store, backup)).commit();
    expect(readdirSync(aside ?? '')).toContain('boomsync.sqlite-wal');
    await store.knex.destroy();
    expect(await eventsIn(await opened(store))).toBe(1);
  });

  it('pauses a connection that only the backup knows, and lets nobody back in', async () => {
    const store = await openTestStore();
    const row = { tenant_id: 't1', connection: 'elm', kind: 'applicant', place: 'p1', state: 'synced' };
    await store.knex('sync_states').insert({ ...row, updated_at: '' });
    const user = { name: 'Ana', name_key: 'ana', role: 'owner', created_at: '' };
    await store.knex('users').insert({ id: 1, ...user });
    const session = { id: 's', user_id: 1, csrf: 'c', created_at: '', seen_at: '', expires_at: '9' };
    await store.knex('sessions').insert(session);
    const to = join(store.folder, 'mine.sqlite');
    const signal = new AbortController().signal;
    await makeBackup({ databaseFile: fileOf(store), to, passphrase: null, signal });
    await store.knex.destroy();
    (await prepare(store, to)).commit();
    const knex = await opened(store);
    expect(await createStores(knex).connections.get('elm')).toMatchObject({ pausedWhy: 'restored' });
    expect(await knex('sessions')).toEqual([]);
    expect(await knex('users')).toHaveLength(1);
  });

  it('of something damaged changes nothing', async () => {
    const { store } = await withBackup();
    const bad = join(store.folder, 'bad.sqlite');
    writeFileSync(bad, 'SQLite format 3\0 and then nothing that is one'.repeat(200));
    await expect(prepare(store, bad)).rejects.toMatchObject({ name: 'BackupFault' });
    expect(await eventsIn(store.knex)).toBe(2);
    expect(readdirSync(store.folder)).not.toContain('restoring');
  });

  it('takes a backup of every earlier version, with what it held', async () => {
    const store = await openTestStore();
    for (let n = 1; n <= 3; n += 1) await store.deliver(aboutNth(n, 'applicant_submitted'));
    await store.project();
    const newestFirst = migrationNames().reverse();
    for (const name of newestFirst.slice(0, -2)) {
      await store.knex.migrate.down({ migrationSource: migrationSource() });
      const old = join(store.folder, `before-${name}.sqlite`);
      await store.knex.raw('vacuum into ?', [old]);
      const found = await checkBackup(old, store.folder, null);
      expect(found, name).toMatchObject({ counts: { inbox: 3, tenants: 3 } });
      expect(found.migrated).toContain(name);
    }
  });
});

describe('a check', () => {
  it('tries all of it beside a running server and leaves nothing', async () => {
    const { store, backup } = await withBackup();
    const before = readdirSync(store.folder).sort();
    expect(await checkBackup(backup, store.folder, null)).toMatchObject({
      counts: { inbox: 1 },
      lastEventAt: '2026-11-20T12:00:01.000Z',
    });
    expect(readdirSync(store.folder).sort()).toEqual(before);
    expect(await eventsIn(store.knex)).toBe(2);
  });

  it('that was killed is cleared away by the next start, one that is at it is not', async () => {
    const { store } = await withBackup();
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    for (const pid of [gone.pid, process.pid]) mkdirSync(join(store.folder, `checking-backup-${pid}`));
    finishRestore(store.folder);
    const left = readdirSync(store.folder).filter((name) => name.startsWith('checking'));
    expect(left).toEqual([`checking-backup-${process.pid}`]);
  });
});

describe('kill -9 in the middle of a restore', () => {
  /** A process that restores and kills itself at that step. */
  async function killedAt(step: string, { folder }: TestStore, file: string): Promise<void> {
    const script = `
      import { prepareRestore } from ${JSON.stringify(BUILT)};
      const prepared = await prepareRestore(${JSON.stringify({ file, dataDir: folder, passphrase: null, connections: [] })});
      prepared.commit((step) => { if (step === ${JSON.stringify(step)}) process.kill(process.pid, 'SIGKILL'); });
    `.replace('"connections":[]', '"connections":[], at: new Date()');
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
  }

  it.each([
    ['ready', 2],
    ['marked', 1],
    ['aside', 1],
    ['aside-wal', 1],
    ['moved', 1],
  ])('at "%s" the next start has all of one of them', async (step, events) => {
    const { store, backup } = await withBackup();
    // Closed late, as by a kill: its log holds what came last.
    await killedAt(step, store, backup);
    await store.knex.destroy();
    finishRestore(store.folder);
    const knex = await opened(store);
    await migrate(knex);
    expect(await eventsIn(knex)).toBe(events);
    expect(await knex.raw('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    const left = readdirSync(store.folder);
    expect(left.filter((name) => /^restor/.test(name))).toEqual([]);
    expect(left.some((name) => name.startsWith('replaced-'))).toBe(events === 1);
  });
});
