import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acquireHomeLock, type HomeLock, readAnnouncement } from '../../src/store/home-lock.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'boomsync-lock-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const announcement = { pid: 42, host: '127.0.0.1', port: 8787, startedAt: '2026-11-12T09:30:00.000Z' };

describe('the lock of a home', () => {
  test('is held by one, and free again after its release', () => {
    const lock = acquireHomeLock(dataDir) as HomeLock;
    expect(acquireHomeLock(dataDir)).toBeNull();
    expect(acquireHomeLock(dataDir)).toBeNull();
    lock.release();
    lock.release();
    const next = acquireHomeLock(dataDir);
    expect(next).not.toBeNull();
    next?.release();
  });

  test('is refused while another process holds it, and freed when that one is killed', async () => {
    const other = await holdElsewhere(dataDir);
    expect(acquireHomeLock(dataDir)).toBeNull();
    expect(acquireHomeLock(dataDir, { patience: 50 })).toBeNull();

    const exited = once(other, 'exit');
    other.kill('SIGKILL');
    await exited;
    const lock = acquireHomeLock(dataDir);
    expect(lock).not.toBeNull();
    lock?.release();
  });

  test('keeps another process out', async () => {
    const lock = acquireHomeLock(dataDir) as HomeLock;
    await expect(holdElsewhere(dataDir)).rejects.toThrow('database is locked');
    // Being asked in this process as well must not have let go of it.
    expect(acquireHomeLock(dataDir)).toBeNull();
    await expect(holdElsewhere(dataDir)).rejects.toThrow('database is locked');
    lock.release();
  });

  test('is a file for its owner only', () => {
    const lock = acquireHomeLock(dataDir) as HomeLock;
    lock.announce(announcement);
    for (const name of ['lock', 'server.json'])
      expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    lock.release();
  });
});

describe('the announcement', () => {
  test('stands from announcing to releasing', () => {
    const lock = acquireHomeLock(dataDir) as HomeLock;
    expect(readAnnouncement(dataDir)).toBeNull();
    lock.announce(announcement);
    expect(readAnnouncement(dataDir)).toEqual(announcement);
    lock.release();
    expect(readAnnouncement(dataDir)).toBeNull();
  });

  test('of a server that was killed is gone once the next one has the lock', () => {
    writeFileSync(join(dataDir, 'server.json'), JSON.stringify(announcement));
    const lock = acquireHomeLock(dataDir);
    expect(existsSync(join(dataDir, 'server.json'))).toBe(false);
    lock?.release();
  });

  test.each(['', '{', 'null', '{"pid":"42"}'])('that cannot be read counts as none: %s', (text) => {
    writeFileSync(join(dataDir, 'server.json'), text);
    expect(readAnnouncement(dataDir)).toBeNull();
  });
});

/** A process that takes the same lock by the same means, and keeps it until it is killed. */
async function holdElsewhere(folder: string): Promise<ChildProcess> {
  const script = `
    const Database = require('better-sqlite3');
    const connection = new Database(process.argv[1], { timeout: 0 });
    try { connection.exec('begin exclusive'); } catch (error) { console.log(error.message); process.exit(1); }
    console.log('held');
    setInterval(() => connection.open, 1000);
  `;
  const child = spawn(process.execPath, ['-e', script, join(folder, 'lock')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  if (said.toString().trim() !== 'held') throw new Error(said.toString().trim());
  return child;
}
