/** A landlord's home with one live Buildium, and what became of everybody in it. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import fakeBuildium from '../../connectors/buildium/fake.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createStores } from '../../src/store/stores.ts';
import { temporaryFolder } from '../support/store.ts';
import { startServer } from './server.ts';

export interface Landlord {
  folder: string;
  database: string;
  pms: FakeServer;
  fake: FakePms;
  /** Called on each write, before and after the fake does it. */
  onWrite: (moment: 'before' | 'after') => void;
}

/** The same for everybody, however often the server was killed: no ids and no times of ours. */
export interface Outcome {
  tenants: unknown[];
  there: unknown[];
  rentRoll: string[];
  states: string[];
}

/** Buildium's, without its eight requests a second, which every run would wait for. */
const MANIFEST = readFileSync(
  new URL('../../connectors/buildium/manifest.yaml', import.meta.url),
  'utf8',
).replace(/^ {2}windows: .*$/m, '');

/** A home whose database was made, by a server that was stopped in order. */
export async function makeTemplate(): Promise<string> {
  const folder = temporaryFolder();
  const server = await startServer(folder);
  await server.kill('SIGTERM');
  return folder;
}

/** `template` without its data where `empty`: the next server makes the database. */
export async function moveIn(template: string, empty = false): Promise<Landlord> {
  const folder = temporaryFolder();
  cpSync(join(template, 'config'), join(folder, 'config'), { recursive: true });
  if (!empty) cpSync(join(template, 'data'), join(folder, 'data'), { recursive: true });
  const fake = fakeBuildium(() => new Date(), folder);
  const landlord: Landlord = {
    folder,
    database: join(folder, 'data/boomsync.sqlite'),
    pms: await startFakeServer({
      ...fake,
      answer(request) {
        if (!fake.isWrite(request)) return fake.answer(request);
        landlord.onWrite('before');
        const answer = fake.answer(request);
        landlord.onWrite('after');
        return answer;
      },
    }),
    fake,
    onWrite() {},
  };
  onTestFinished(() => landlord.pms.close());
  const write = (file: string, text: string) => writeFileSync(join(folder, 'config', file), text);
  mkdirSync(join(folder, 'config/buildium'));
  write('buildium/manifest.yaml', MANIFEST);
  write(
    'connections/oak.yaml',
    [
      'connector: ./buildium',
      'mode: live',
      `server: ${landlord.pms.url}`,
      'credentials: { clientId: env:PMS_ID, clientSecret: env:PMS_SECRET }',
      'units: { "4B": 10231 }',
      'decisionDelayMinutes: 0\n',
    ].join('\n'),
  );
  return landlord;
}

/** Asks the running server to try everybody again, until nobody is left to try. */
export async function quiet({ database }: Pick<Landlord, 'database'>): Promise<void> {
  const knex = await openDatabase(database);
  try {
    const { commands } = createStores(knex);
    for (let round = 0; round < 2; round += 1) {
      const id = await commands.ask('retry', { tenantIds: null }, new Date().toISOString());
      while ((await commands.take(id)) === undefined) await new Promise((turn) => setTimeout(turn, 10));
    }
  } finally {
    await knex.destroy();
  }
}

/** The request ids in the inbox of a database that nobody has open; none where there is no inbox yet. */
export function inboxOf(database: string): Set<string> {
  if (!existsSync(database)) return new Set();
  const connection = new Database(database);
  try {
    const [whole] = connection.pragma('quick_check') as { quick_check: string }[];
    if (whole?.quick_check !== 'ok') throw new Error(`The database is damaged: ${whole?.quick_check}`);
    const made = connection.prepare("select 1 from sqlite_master where name = 'inbox'").get();
    if (made === undefined) return new Set();
    const rows = connection.prepare('select request_id as id from inbox').all() as { id: string }[];
    return new Set(rows.map(({ id }) => id));
  } finally {
    connection.close();
  }
}

/** How many records there stand for each e-mail address. */
export function recordsByEmail(fake: FakePms): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { fields } of fake.people('applicant'))
    counts.set(String(fields.Email), (counts.get(String(fields.Email)) ?? 0) + 1);
  return counts;
}

export function outcomeOf({ database, folder, fake }: Landlord): Outcome {
  const connection = new Database(database, { readonly: true });
  try {
    const tenants = connection.prepare('select record from tenants').all() as { record: string }[];
    const states = connection.prepare('select connection, kind, state from sync_states').all() as {
      connection: string;
      kind: string;
      state: string;
    }[];
    return {
      tenants: sorted(tenants.map(({ record }) => withoutNames(JSON.parse(record)))),
      there: sorted(fake.people('applicant').map(({ id: _, ...shown }) => shown)),
      rentRoll: rowsOf(join(folder, 'data/applicants.csv')),
      states: states.map(({ connection: name, kind, state }) => `${name} ${kind} ${state}`).sort(),
    };
  } finally {
    connection.close();
  }
}

function rowsOf(file: string): string[] {
  const [, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  // The first column is our own id, given in the order of arrival.
  return rows.map((row) => row.slice(row.indexOf(','))).sort();
}

const sorted = (rows: unknown[]) =>
  rows.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

/** Without what is named after the order in which things arrived. */
function withoutNames(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner) =>
      key === 'place' || (typeof inner === 'string' && /^[tp]\d+(-\d+)?$/.test(inner)) ? undefined : inner,
    ),
  );
}
