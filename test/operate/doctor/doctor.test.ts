/** Each thing that the doctor looks at, well and ill. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Config } from '../../../src/config/config.ts';
import { askAddress, checkAddress } from '../../../src/operate/doctor/address.ts';
import { checkAlerts } from '../../../src/operate/doctor/alerts.ts';
import { checkBackups } from '../../../src/operate/doctor/backup.ts';
import { checkBoom, checkKeys } from '../../../src/operate/doctor/boom.ts';
import { checkClock } from '../../../src/operate/doctor/clock.ts';
import { checkDisk, checkFiles } from '../../../src/operate/doctor/computer.ts';
import { checkDatabase } from '../../../src/operate/doctor/database.ts';
import { compareVersions } from '../../../src/operate/doctor/installed.ts';
import { checkNode, checkPackages, checkSqlite } from '../../../src/operate/doctor/versions.ts';
import { openTestStore, temporaryFolder } from '../../support/store.ts';
import { startMailbox } from '../alerts/mailbox.ts';

const NOW = new Date('2026-11-24T08:00:00Z');
const now = () => NOW;

async function server(answer: RequestListener): Promise<URL> {
  const http = createServer(answer);
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  return new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}/webhooks/boom`);
}

describe('the clock', () => {
  const telling = (date: Date) =>
    server((_, response) => response.writeHead(401, { date: date.toUTCString() }).end());
  const checked = async (offSeconds: number) =>
    await checkClock([(await telling(new Date(NOW.getTime() + offSeconds * 1000))).href], now);

  it('is right, off, or far off', async () => {
    expect(await checked(0)).toMatchObject({ grade: 'good', says: 'The clock is right.' });
    expect(await checked(-90)).toMatchObject({ grade: 'look', says: 'The clock is 90 s ahead.' });
    expect(await checked(3600)).toMatchObject({
      grade: 'broken',
      says: 'The clock is 60 minutes behind.',
      remedy: expect.stringContaining('timedatectl'),
    });
  });

  it('cannot be told where nobody answers', async () => {
    expect(await checkClock(['http://127.0.0.1:1'], now)).toMatchObject({ grade: 'unknown' });
    expect(await checkClock([], now)).toMatchObject({ grade: 'unknown' });
  });
});

describe('the public address', () => {
  const config = (publicUrl: string | null) => ({ publicUrl, accounts: [] });

  it('is missing, private, or not to be tried', async () => {
    for (const url of [null, 'https://192.168.1.4', 'https://box.local', 'https://[fd00::1]:8787'])
      expect(await checkAddress(config(url), true, now)).toMatchObject({ grade: 'look' });
    expect(await checkAddress(config('https://sync.example.com'), false, now)).toMatchObject({
      grade: 'unknown',
      remedy: 'Start it: npm start',
    });
  });

  it('is boomsync’s only where it answers as boomsync does without a key', async () => {
    let keys: unknown;
    const ours = await server((request, response) => {
      keys = request.headers['x-api-key'];
      response.writeHead(401, { 'x-request-id': '1' }).end();
    });
    expect(await askAddress(ours, now)).toMatchObject({
      grade: 'look',
      says: expect.stringContaining('not https'),
    });
    expect(keys).toBeUndefined();
    const other = await server((_, response) => response.writeHead(302, { location: ours.href }).end());
    expect(await askAddress(other, now)).toMatchObject({
      grade: 'broken',
      says: expect.stringContaining('HTTP 302'),
    });
    expect(await askAddress(new URL('http://127.0.0.1:1'), now)).toMatchObject({ grade: 'look' });
  });
});

describe('the database', () => {
  it('is whole and of this version', async () => {
    const { folder } = await openTestStore();
    const [database, sqlite] = await checkDatabase(join(folder, 'boomsync.sqlite'));
    expect(database).toMatchObject({ check: 'database', grade: 'good' });
    expect(sqlite).toMatchObject({ check: 'sqlite', grade: 'good' });
  });

  it('is of an older version, or a newer one', async () => {
    const { folder, knex } = await openTestStore();
    const file = join(folder, 'boomsync.sqlite');
    await knex('knex_migrations').where({ name: '0016_held' }).del();
    expect((await checkDatabase(file))[0]).toMatchObject({
      grade: 'look',
      says: expect.stringContaining('older'),
    });
    await knex('knex_migrations').insert({ name: '9999_later' });
    expect((await checkDatabase(file))[0]).toMatchObject({
      grade: 'broken',
      says: expect.stringContaining('newer'),
    });
  });

  it('is damaged, is none, or is not there', async () => {
    const { folder, knex, deliver } = await openTestStore();
    const file = join(folder, 'boomsync.sqlite');
    for (let n = 0; n < 40; n += 1)
      await deliver({ event: 'x', request_id: `r${n}`, text: 'x'.repeat(3000) });
    await knex.raw('pragma wal_checkpoint(truncate)');
    const bytes = readFileSync(file);
    // The head of a page in the middle.
    bytes.fill(0xff, 4096 * 40, 4096 * 40 + 200);
    bytes.fill(0xff, 4096 * 3, 4096 * 4);
    const flipped = join(temporaryFolder(), 'flipped.sqlite');
    writeFileSync(flipped, bytes);
    expect((await checkDatabase(flipped))[0]).toMatchObject({
      grade: 'broken',
      says: 'The database is damaged.',
      remedy: expect.stringContaining('boomsync restore'),
    });
    const none = join(temporaryFolder(), 'none.sqlite');
    expect((await checkDatabase(none))[0]).toMatchObject({ grade: 'look' });
    writeFileSync(none, 'no database'.repeat(1000));
    expect((await checkDatabase(none))[0]).toMatchObject({ grade: 'broken' });
  });
});

describe('the computer', () => {
  it('keeps secrets to their owner, or is said not to', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'config/secrets'), { recursive: true, mode: 0o700 });
    mkdirSync(join(folder, 'data'), { mode: 0o700 });
    const key = join(folder, 'config/secrets/key');
    writeFileSync(key, 'secret', { mode: 0o600 });
    const config = {
      configDir: join(folder, 'config'),
      dataDir: join(folder, 'data'),
      databaseFile: join(folder, 'data/boomsync.sqlite'),
      backup: { schedule: '0 2 * * *', folder: join(folder, 'elsewhere') },
    } as Config;
    expect(checkFiles(config)).toMatchObject({ grade: 'good' });
    chmodSync(key, 0o644);
    expect(checkFiles(config)).toMatchObject({
      grade: 'look',
      says: expect.stringContaining('config/secrets/* (0644)'),
    });
    expect(checkDisk(config).map(({ check }) => check)).toEqual(['disk', 'disk-backups']);
    expect(checkDisk({ ...config, dataDir: join(folder, 'nowhere') })).toMatchObject([{ grade: 'unknown' }]);
  });
});

describe('versions', () => {
  it('past their end of life or with a hole are told', () => {
    expect(checkNode('20.20.2')).toMatchObject({ grade: 'look' });
    expect(checkNode('24.1.0')).toMatchObject({ grade: 'good' });
    expect(checkSqlite('3.51.2')).toMatchObject({ grade: 'broken' });
    expect(compareVersions('3.10.0', '3.9.9')).toBeGreaterThan(0);
  });

  it('of libraries are those that are installed, of what they use as well', () => {
    const root = temporaryFolder();
    const put = (path: string, content: object) => {
      mkdirSync(join(root, path), { recursive: true });
      writeFileSync(join(root, path, 'package.json'), JSON.stringify(content));
    };
    put('.', { name: 'boomsync', dependencies: { koa: '1' }, devDependencies: { got: '1' } });
    put('node_modules/koa', { name: 'koa', version: '3.3.0', dependencies: { qs: '1' } });
    put('node_modules/qs', { name: 'qs', version: '6.15.0' });
    put('node_modules/got', { name: 'got', version: '1.0.0' });
    expect(checkPackages(root)).toMatchObject({
      grade: 'good',
      says: expect.stringContaining('2 libraries'),
    });
    put('node_modules/koa/node_modules/qs', { name: 'qs', version: '6.14.1' });
    expect(checkPackages(root)).toMatchObject({
      grade: 'broken',
      says: expect.stringContaining('qs 6.14.1 (mended in 6.14.2)'),
    });
  });
});

describe('alerts', () => {
  it('by mail are tried up to the sign-in, and nothing is sent', async () => {
    const box = await startMailbox();
    const login = (password: string) => box.channel({ login: { user: 'me', password } });
    expect(await checkAlerts([login('right')], [])).toMatchObject([{ check: 'alerts-mail', grade: 'good' }]);
    expect(await checkAlerts([login('wrong')], [])).toMatchObject([
      { grade: 'broken', remedy: expect.stringContaining('password') },
    ]);
    expect(box.mails).toEqual([]);
  });

  it('that nobody set, or that fail, want a look; others cannot be tried', async () => {
    const ntfy = {
      kind: 'ntfy',
      name: 'phone',
      where: 'ntfy',
      url: 'https://ntfy.example.com/x',
      token: null,
    } as const;
    const failing = { error: 'unreachable', attempts: 3, nextAttemptAt: '' };
    expect(await checkAlerts([], [])).toMatchObject([{ grade: 'look' }]);
    expect(await checkAlerts([ntfy], [])).toMatchObject([{ grade: 'unknown' }]);
    expect(
      await checkAlerts(
        [ntfy],
        [{ channel: 'phone', waiting: 1, lastSentAt: null, failing, gaveUpAt: null }],
      ),
    ).toMatchObject([{ grade: 'look', says: expect.stringContaining('unreachable') }]);
  });
});

describe('Boom and backups', () => {
  const account = {
    name: 'main',
    environment: 'production',
    webhookKeys: ['long-enough-key-0'],
    bareRent: 'dollars',
    currency: 'USD',
    country: 'US',
    api: null,
  } as const;

  it('keys are long, and not two for good', async () => {
    const keys = (...webhookKeys: string[]) => checkKeys([{ ...account, webhookKeys }])[0]?.grade;
    expect(keys('long-enough-key-0')).toBe('good');
    expect(keys('short')).toBe('look');
    expect(keys('long-enough-key-0', 'long-enough-key-1')).toBe('look');
  });

  it('the API refuses our keys', async () => {
    const { origin } = await server((_, response) =>
      response.writeHead(401, { 'content-type': 'application/json' }).end('{}'),
    );
    const api = { baseUrl: origin, accessKey: 'a', secretKey: 's', sendAccessKey: false };
    const found = await checkBoom({ ...account, webhookKeys: [], api });
    expect(found.grade).toBe('broken');
    expect(found.remedy).toBeTruthy();
    expect(await checkBoom({ ...account, webhookKeys: [] })).toMatchObject({ grade: 'look' });
  });

  it('a backup is new, old, failed, or never made', () => {
    const facts = { on: true, lastVerifiedAt: '2026-11-23T08:00:00Z', failure: null, overdue: false };
    expect(checkBackups(facts, NOW)).toMatchObject({
      grade: 'good',
      says: expect.stringContaining('24 hours'),
    });
    expect(checkBackups({ ...facts, overdue: true }, NOW)).toMatchObject({ grade: 'look' });
    expect(checkBackups({ ...facts, on: false }, NOW)).toMatchObject({ grade: 'look' });
    const failure = { at: '', kind: 'no_room' as const, message: 'There is no room', remedy: 'Make some.' };
    expect(checkBackups({ ...facts, failure }, NOW)).toMatchObject({ grade: 'look', remedy: 'Make some.' });
  });
});
