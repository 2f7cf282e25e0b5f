import { existsSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { packageVersion } from '../config/version.ts';
import { freeBytes } from '../operate/doctor/computer.ts';
import { openDatabase, schemaState } from '../store/database.ts';
import { bytesText } from './bytes.ts';
import { type Exit, Failure } from './failure.ts';
import { readConfig, runningServer } from './home.ts';
import { createOutput } from './output.ts';

interface Check {
  version: string;
  /** The last migration of the database; null where there is none. */
  schema: string | null;
  /** What the next start runs. */
  pending: string[];
  /** What a later version ran: this one refuses to start. */
  unknown: string[];
  databaseBytes: number;
  freeBytes: number | null;
  /** Whether the backup that comes first has room. */
  room: boolean;
  running: boolean;
}

const SPARE_BYTES = 50 * 1024 * 1024;

async function check(): Promise<Check> {
  const config = await readConfig('none');
  const { databaseFile, dataDir } = config;
  const databaseBytes = statSync(databaseFile, { throwIfNoEntry: false })?.size ?? 0;
  const free = freeBytes(dataDir);
  const found = {
    version: packageVersion(),
    databaseBytes,
    freeBytes: free,
    room: free === null || free > databaseBytes + SPARE_BYTES,
    running: runningServer(config) !== null,
  };
  if (!existsSync(databaseFile)) return { ...found, schema: null, pending: [], unknown: [] };
  const knex = await openDatabase(databaseFile, { readonly: true });
  try {
    const { applied, pending, unknown } = await schemaState(knex);
    return { ...found, schema: applied.at(-1) ?? null, pending, unknown };
  } finally {
    await knex.destroy();
  }
}

function text({ version, schema, pending, unknown, databaseBytes, room, running, ...found }: Check): string {
  const free = found.freeBytes === null ? '' : `, ${bytesText(found.freeBytes)} free`;
  return [
    `boomsync ${version}; database: ${schema ?? 'none yet'} (${bytesText(databaseBytes)}${free})`,
    '',
    ...next(),
  ].join('\n');

  function next(): string[] {
    if (unknown.length > 0)
      return [
        'The database was written by a newer version: this one refuses to start and leaves it as it is.',
        'Install that version, or restore a backup made before the upgrade: boomsync restore',
      ];
    if (schema === null) return ['There is nothing to bring up to date: the first start makes a database.'];
    if (pending.length === 0) return ['The database is of this version: nothing will be changed.'];
    return [
      ...(running ? ['Stop boomsync first: the version that is running does not know what comes.'] : []),
      'The next start',
      `  1. copies the database to data/backups (${bytesText(databaseBytes)}),`,
      `  2. runs ${pending.join(', ')}: all of them or none,`,
      '  3. serves.',
      'To go back: the older version, and the copy of step 1 by boomsync restore.',
      ...(room ? [] : ['There is too little room for the copy: make some first, or nothing is changed.']),
    ];
  }
}

export function upgradeCommand(exit: Exit): Command {
  return new Command('upgrade')
    .description('what the next start of this version will do to the database')
    .requiredOption('--check', 'only look: the upgrade itself is done by starting boomsync')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  $ boomsync upgrade --check
  $ boomsync upgrade --check --json

Exit codes: 0 nothing in the way, 3 too little room, 4 the database is of a newer version.`,
    )
    .action(async ({ json }: { json?: boolean }) => {
      const found = await check().catch((error: unknown) => {
        if (error instanceof Failure) throw error;
        throw new Failure('unreadable', 'The database cannot be opened', 'See why with: boomsync doctor');
      });
      createOutput(json === true).result(found, () => text(found));
      exit.code = found.unknown.length > 0 ? 4 : found.room ? 0 : 3;
    });
}
