/** Whether the database is whole and of this version, and SQLite without known holes. */
import { existsSync } from 'node:fs';
import { type Examined, examineDatabase } from '../../store/examine.ts';
import { migrationNames } from '../../store/migration-source.ts';
import { doctor as words } from '../../words/en/doctor.ts';
import { broken, type Finding, good, look, unknown } from './finding.ts';
import { checkSqlite } from './versions.ts';

export async function checkDatabase(databaseFile: string): Promise<Finding[]> {
  const there = existsSync(databaseFile);
  const examined = await examineDatabase(there ? databaseFile : null).catch(() => null);
  if (examined === null) return [unknown('database', words.database.busy, words.database.busyRemedy)];
  return [
    there ? judged(examined) : look('database', words.database.none, words.database.noneRemedy),
    checkSqlite(examined.sqlite),
  ];
}

function judged({ state, migrations }: Examined): Finding {
  const said = words.database;
  if (state === 'damaged') return broken('database', said.damaged, said.restore);
  if (state === 'unreadable') return broken('database', said.unreadable, said.restore);
  if (state === 'busy') return unknown('database', said.busy, said.busyRemedy);
  const ours = migrationNames();
  if (migrations.some((name) => !ours.includes(name)))
    return broken('database', said.newer, said.newerRemedy);
  const pending = ours.length - migrations.length;
  return pending > 0
    ? look('database', said.older(pending), said.olderRemedy)
    : good('database', said.good(migrations.length));
}
