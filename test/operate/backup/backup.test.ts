import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backup } from '../../../src/operate/backup/backup.ts';
import { openTestStore } from '../../support/store.ts';

async function home() {
  const { stores, folder } = await openTestStore();
  const backups = join(folder, 'backups');
  let now = new Date('2026-11-20T02:30:00.000Z');
  const config = {
    databaseFile: join(folder, 'boomsync.sqlite'),
    backup: { schedule: null, keep: { daily: 2, weekly: 0 }, folder: backups, passphrase: null },
  };
  return {
    stores,
    folder,
    backups,
    nextDay() {
      now = new Date(now.getTime() + 25 * 60 * 60_000);
    },
    backUp: (to: string | null = null) =>
      backup({ to }, { stores, config, now: () => now, signal: new AbortController().signal }),
  };
}

describe('the command backup', () => {
  it('keeps so many, deletes the others once the new one was checked, and remembers when', async () => {
    const { backUp, nextDay, backups, stores } = await home();
    await backUp();
    nextDay();
    await backUp();
    nextDay();
    expect(await backUp()).toMatchObject({
      at: '2026-11-22T04:30:00.000Z',
      deleted: ['backup-2026-11-20T02-30-00-000Z.sqlite'],
    });
    expect(readdirSync(backups).sort()).toEqual([
      'backup-2026-11-21T03-30-00-000Z.sqlite',
      'backup-2026-11-22T04-30-00-000Z.sqlite',
    ]);
    expect(await stores.upkeep.get('backup')).toMatchObject({
      doneAt: '2026-11-22T04:30:00.000Z',
      failure: null,
    });
  });

  it('that fails deletes nothing, says why, and is remembered', async () => {
    const { backUp, nextDay, backups, stores } = await home();
    await backUp();
    nextDay();
    writeFileSync(join(backups, 'backup-2026-11-21T03-30-00-000Z.sqlite'), 'in its way');
    expect(await backUp()).toMatchObject({ error: 'There is such a file already' });
    expect(readdirSync(backups)).toContain('backup-2026-11-20T02-30-00-000Z.sqlite');
    expect(await stores.upkeep.get('backup')).toMatchObject({
      doneAt: '2026-11-20T02:30:00.000Z',
      failure: 'exists',
    });
  });

  it('to a file of one’s own rotates nothing, and a name that does not do is no failed night', async () => {
    const { backUp, folder, stores } = await home();
    const mine = join(folder, 'mine.sqlite');
    expect(await backUp(mine)).toMatchObject({ file: mine, deleted: [] });
    expect(await backUp(mine)).toMatchObject({ error: 'There is such a file already' });
    expect((await stores.upkeep.get('backup'))?.failure).toBe(null);
  });
});
