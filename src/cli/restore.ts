import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { BACKUP_WORDS } from '../operate/backup/faults.ts';
import { BackupFault, type BackupFile, listBackups } from '../store/backup.ts';
import { checkBackup, finishRestore, type Opened, prepareRestore } from '../store/backup-restore.ts';
import { acquireHomeLock } from '../store/home-lock.ts';
import { bytesText } from './bytes.ts';
import { confirm } from './confirm.ts';
import { type Exit, Failure } from './failure.ts';
import { readConfig } from './home.ts';
import { createOutput, moment, table } from './output.ts';
import { plain } from './plain.ts';

interface Options {
  check?: boolean;
  yes?: boolean;
  json?: boolean;
}

function listText(files: readonly BackupFile[], { backup, timezone }: Config): string {
  const rows = files.map(({ name, at, bytes, encrypted, verified }) => [
    moment(at, timezone),
    name,
    bytesText(bytes),
    `${verified ? 'checked' : 'made by an upgrade'}${encrypted ? ', encrypted' : ''}`,
  ]);
  return [
    plain(`In ${backup.folder}:`),
    table(['when', 'file', 'size', ''], rows),
    'Restore one with: boomsync restore <file>',
  ].join('\n');
}

function whatText({ counts, lastEventAt, migrated, encrypted }: Opened, timezone: string): string {
  return [
    `The backup is whole${encrypted ? ' and opens with the passphrase' : ''}. It holds ${counts.tenants ?? 0} tenants and ${counts.inbox ?? 0} events, the last of ${moment(lastEventAt, timezone)}.`,
    ...(migrated.length > 0 ? ['It is from an earlier version, and was brought up to date.'] : []),
  ].join('\n');
}

/** As a path, or as a name in the folder of backups. */
function fileOf(given: string, { backup }: Config): string {
  const inFolder = join(backup.folder, given);
  return !existsSync(resolve(given)) && existsSync(inFolder) ? inFolder : resolve(given);
}

/** The passphrase is asked of the configuration only where one is needed: another terminal may not have it. */
async function withPassphrase<Result>(work: (passphrase: string | null) => Promise<Result>): Promise<Result> {
  try {
    return await work(null);
  } catch (error) {
    if (!(error instanceof BackupFault) || error.kind !== 'no_passphrase') throw error;
    const { passphrase } = (await readConfig('backup')).backup;
    if (passphrase === null) throw error;
    return await work(passphrase);
  }
}

async function restore(given: string | undefined, { check, yes, json }: Options): Promise<void> {
  const config = await readConfig('none');
  const output = createOutput(json === true);
  if (given === undefined) {
    const files = listBackups(config.backup.folder);
    output.result({ folder: config.backup.folder, files }, () => listText(files, config));
    return;
  }
  const file = fileOf(given, config);
  const { dataDir, timezone } = config;
  if (check === true) {
    const opened = await withPassphrase((passphrase) => checkBackup(file, dataDir, passphrase));
    output.result({ file, ...opened }, () =>
      [whatText(opened, timezone), 'Nothing was changed: it was only tried.'].join('\n'),
    );
    return;
  }
  await replaceDatabase(file, config, output, yes === true);
}

async function replaceDatabase(
  file: string,
  { dataDir, timezone, connections }: Config,
  output: ReturnType<typeof createOutput>,
  yes: boolean,
): Promise<void> {
  const lock = acquireHomeLock(dataDir);
  if (lock === null) {
    throw new Failure(
      'running',
      'boomsync is running, and would go on with what is replaced',
      'Stop it first (Ctrl-C, or your service manager), then run this again.',
    );
  }
  try {
    finishRestore(dataDir);
    const names = connections.map(({ name }) => name);
    const prepared = await withPassphrase((passphrase) =>
      prepareRestore({ file, dataDir, passphrase, connections: names, at: new Date() }),
    );
    const { commit, discard, ...opened } = prepared;
    try {
      output.say(whatText(opened, timezone));
      await confirm('Put it in the place of what is on record now (which is kept aside)?', yes);
    } catch (error) {
      discard();
      throw error;
    }
    const aside = commit();
    output.result({ file, aside, ...opened, paused: names }, () =>
      [
        'Restored.',
        ...(aside === null
          ? []
          : [plain(`What was there is kept in ${aside}; delete it once you are content.`)]),
        `Every connection is paused until you have compared: ${names.join(', ') || 'there are none'}.`,
        'Next: npm start, then for each: npx boomsync preview <name>, npx boomsync connection resume <name>',
      ].join('\n'),
    );
  } finally {
    lock.release();
  }
}

async function explained(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof BackupFault)) throw error;
    const { message, remedy } = BACKUP_WORDS[error.kind];
    throw new Failure(error.kind, message, remedy);
  }
}

export function restoreCommand(_exit: Exit): Command {
  return new Command('restore')
    .description('list the backups, try one, or put one in the place of the database')
    .argument('[file]', 'a path, or the name of one in the folder of backups; without it they are listed')
    .option('--check', 'only try whether it can be restored, beside a running server')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
A backup of any earlier version will do. It is checked and brought up to date first; what is there now is kept aside.
Afterwards every connection is paused: look what it would write, then resume it. Nobody is added twice.

Examples:
  $ boomsync restore
  $ boomsync restore --check backup-2026-11-22T08-30-00-000Z.sqlite
  $ boomsync restore backup-2026-11-22T08-30-00-000Z.sqlite
  $ boomsync restore /mnt/usb/boomsync.sqlite --yes`,
    )
    .action((file: string | undefined, options: Options) => explained(restore(file, options)));
}
