/** A restored backup knows less than the PMS: nothing is made twice, and nothing is sent before a person has compared. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../../src/app.ts';
import type { Config } from '../../../src/config/config.ts';
import { createLog } from '../../../src/operate/log.ts';
import { makeBackup } from '../../../src/store/backup.ts';
import { prepareRestore } from '../../../src/store/backup-restore.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { createStores } from '../../../src/store/stores.ts';
import { aboutAna } from '../../support/buildium.ts';
import { type MemoryRig, memoryRig } from '../../support/memory.ts';

async function backUp(rig: MemoryRig): Promise<string> {
  const databaseFile = join(rig.folder, 'boomsync.sqlite');
  const to = join(rig.folder, 'mine.sqlite');
  const signal = new AbortController().signal;
  return (await makeBackup({ databaseFile, to, passphrase: null, signal })).file;
}

/** The database of the rig with the backup in its place, and the program over it. */
async function restored(rig: MemoryRig, file: string) {
  await rig.knex.destroy();
  const asked = { file, dataDir: rig.folder, passphrase: null, connections: ['memory'], at: rig.now() };
  (await prepareRestore(asked)).commit();
  const knex = await openDatabase(join(rig.folder, 'boomsync.sqlite'));
  onTestFinished(async () => {
    await knex.destroy();
  });
  const stores = createStores(knex);
  const config = { timezone: 'UTC', accounts: [], dataDir: '/nowhere' } as unknown as Config;
  const log = createLog('silent');
  const app = createApp({ config, connections: [rig.connection], stores, log, now: rig.now });
  return { app, stores };
}

it('adopts what was made over there since the backup, once it is resumed, and asks nothing before', async () => {
  const rig = await memoryRig();
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.project();
  const file = await backUp(rig);
  await rig.drain();
  expect(rig.pms.records).toHaveLength(1);
  const [made] = rig.pms.records;

  const { app, stores } = await restored(rig, file);
  rig.pms.calls.length = 0;
  await app.drain();
  expect(rig.pms.calls).toEqual([]);

  expect(await app.commands.run('preview', { tenantId: null, connection: 'memory' })).toMatchObject({
    connections: [{ failure: null }],
    counts: { create: 0, inLine: 1 },
  });
  expect(rig.pms.calls).toContain('find');
  expect(rig.pms.calls).not.toContain('create');

  await app.commands.run('resume', { connection: 'memory' });
  await app.drain();
  expect(rig.pms.records).toHaveLength(1);
  expect(rig.pms.calls).not.toContain('create');
  expect(await stores.sync.states(['t1'])).toMatchObject([{ state: 'synced', remoteId: made?.id }]);
  expect(await stores.connections.get('memory')).toMatchObject({ pausedAt: null, pausedWhy: null });
});

it('looks at every record again, and does not write over what somebody edited since the backup', async () => {
  const rig = await memoryRig();
  await rig.deliver(aboutAna('applicant_submitted', 1));
  await rig.drain();
  const file = await backUp(rig);
  const [record] = rig.pms.records;
  if (record === undefined) throw new Error('nothing was made');
  record.fields.phone = '+15125550199';

  const { app, stores } = await restored(rig, file);
  rig.pms.calls.length = 0;
  await app.commands.run('resume', { connection: 'memory' });
  await app.drain();
  expect(rig.pms.calls).toContain('read');
  expect(record.fields.phone).toBe('+15125550199');
  expect(await stores.sync.states(['t1'])).toMatchObject([{ state: 'parked', cause: 'edited_there' }]);
});
