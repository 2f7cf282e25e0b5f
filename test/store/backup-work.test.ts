import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { backupFaultOf } from '../../src/store/backup-fault.ts';
import { carryOut } from '../../src/store/backup-work.ts';
import { openTestStore } from '../support/store.ts';

/** What restoring comes to where somebody did `sql` to a backup. */
async function openAfter(sql: string) {
  const { folder, knex } = await openTestStore();
  const source = join(folder, 'mine.sqlite');
  await knex.raw('vacuum into ?', [source]);
  const database = new Database(source);
  database.unsafeMode();
  database.exec(sql);
  database.close();
  return await carryOut({ what: 'open', source, to: join(folder, 'opened.sqlite'), passphrase: null });
}

it('opens one as it was made', async () => {
  expect(await openAfter('')).toMatchObject({ counts: { inbox: 0 } });
});

const TRIGGER = 'create trigger t after insert on inbox begin delete from tenants; end';

it.each([
  ['a trigger', TRIGGER],
  ['a view', 'create view v as select * from inbox'],
])('refuses one with %s', async (_, sql) => {
  await expect(openAfter(sql)).rejects.toMatchObject({ kind: 'altered' });
});

it.each(['table', 'index'])('refuses one with a trigger that is said to be of type %s', async (type) => {
  const disguise = `pragma writable_schema = on; update sqlite_master set type = '${type}' where name = 't'`;
  const fault = await openAfter(`${TRIGGER}; ${disguise}`).catch(backupFaultOf);
  expect(fault).toBe('damaged');
});
