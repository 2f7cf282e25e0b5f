import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackupConfig } from '../../../src/config/config.ts';
import { backupState } from '../../../src/operate/backup/state.ts';
import { openTestStore } from '../../support/store.ts';

async function home(changes: Partial<BackupConfig> = {}) {
  const { stores, folder, knex } = await openTestStore();
  await knex('upkeep').update({ since: '2026-11-01T00:00:00.000Z' });
  const keep = { daily: 7, weekly: 4 };
  const backup = { schedule: '30 2 * * *', keep, folder, passphrase: null, ...changes };
  const stateAt = (at: string) =>
    backupState({ stores, config: { backup, timezone: 'UTC' }, now: () => new Date(at) });
  return { stores, folder, stateAt };
}

describe('how backups stand', () => {
  it('is well in a new home, and overdue after more than a week without one', async () => {
    const { stateAt } = await home();
    expect(await stateAt('2026-11-07T12:00:00.000Z')).toMatchObject({
      on: true,
      lastAt: null,
      lastVerifiedAt: null,
      nextAt: '2026-11-08T02:30:00.000Z',
      failure: null,
      overdue: false,
      files: [],
    });
    expect(await stateAt('2026-11-09T12:00:00.000Z')).toMatchObject({ overdue: true });
  });

  it('is told of a failure, which alone makes nothing overdue', async () => {
    const { stores, stateAt } = await home();
    await stores.upkeep.done('backup', '2026-11-05T02:30:00.000Z', {});
    await stores.upkeep.failed('backup', '2026-11-06T02:30:00.000Z', 'no_room');
    expect(await stateAt('2026-11-07T00:00:00.000Z')).toMatchObject({
      lastAt: '2026-11-06T02:30:00.000Z',
      lastVerifiedAt: '2026-11-05T02:30:00.000Z',
      failure: { kind: 'no_room', message: 'There is no room for a backup' },
      overdue: false,
    });
    expect((await stateAt('2026-11-12T03:00:00.000Z')).overdue).toBe(true);
    await stores.upkeep.done('backup', '2026-11-12T04:00:00.000Z', {});
    expect(await stateAt('2026-11-12T05:00:00.000Z')).toMatchObject({ failure: null, overdue: false });
  });

  it('counts what lies in the folder, of which a restored store knows nothing', async () => {
    const { folder, stateAt } = await home();
    writeFileSync(join(folder, 'boomsync-2026-11-19T02-30-00-000Z.sqlite'), 'x');
    expect((await stateAt('2026-11-20T00:00:00.000Z')).overdue).toBe(true);
    writeFileSync(join(folder, 'backup-2026-11-18T02-30-00-000Z.sqlite'), 'x');
    expect(await stateAt('2026-11-20T00:00:00.000Z')).toMatchObject({
      overdue: false,
      lastVerifiedAt: '2026-11-18T02:30:00.000Z',
    });
  });

  it('is nobody’s trouble where the landlord turned them off, or their disk is away', async () => {
    const off = await home({ schedule: null });
    expect(await off.stateAt('2027-11-20T00:00:00.000Z')).toMatchObject({
      on: false,
      overdue: false,
      nextAt: null,
    });
    const away = await home({ folder: '/nowhere/at/all' });
    expect((await away.stateAt('2026-11-02T00:00:00.000Z')).files).toEqual([]);
  });
});
