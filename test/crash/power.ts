/** A run of the real server, and every disk that a power loss could have left at each of its moments. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { temporaryFolder } from '../support/store.ts';
import { Boom } from './boom.ts';
import { Disk } from './disk.ts';
import { type Landlord, quiet } from './landlord.ts';
import { load } from './load.ts';
import { startServer } from './server.ts';
import { type Call, callsIn, traceWrites } from './trace.ts';

export interface Recorded {
  calls: Call[];
  /** The database before the run, by path. */
  files: Map<string, Buffer>;
}

export interface Examined {
  moments: number;
  disks: number;
  /** Answers that were given before the moment, and requests to make a record. */
  acknowledged: number;
  creates: number;
  /** Sentences about what was promised and is gone. */
  lost: string[];
}

/** Three people, one message after the other, and an end in order, which puts everything into the main file. */
export async function record(landlord: Landlord, imports: readonly string[] = []): Promise<Recorded> {
  const files = new Map([[landlord.database, readFileSync(landlord.database)]]);
  const log = join(landlord.folder, 'strace.log');
  const server = await startServer(landlord.folder, { strace: traceWrites(log), imports });
  const boom = new Boom();
  for (const message of load(3)) {
    boom.tell([message]);
    await boom.send(server);
  }
  await quiet(landlord);
  await server.kill('SIGTERM');
  while (!/^\d+ \+\+\+ exited/m.test(readFileSync(log, 'utf8').slice(-200)))
    await new Promise((turn) => setTimeout(turn, 10));
  return { calls: callsIn(log), files };
}

/**
 * At every sync that is about to be done, and at every answer and request that went out: the disk without what was not
 * synced, and `torn` more with a part of it. `random` from 0 to 1.
 */
export function examine({ calls, files }: Recorded, torn: number, random: () => number): Examined {
  const [database = ''] = files.keys();
  const folder = temporaryFolder();
  const disk = new Disk(files);
  const result: Examined = { moments: 0, disks: 0, acknowledged: 0, creates: 0, lost: [] };
  const promised: Promised = { events: new Set(), creating: new Set() };
  for (const call of calls) {
    if (call.what === 'unlink' && call.file === `${database}-wal`) break;
    const isMoment = promise(call, promised) || (call.what === 'sync' && call.file.startsWith(database));
    if (isMoment) {
      result.moments += 1;
      for (let one = 0; one <= (disk.unsynced === 0 ? 0 : torn); one += 1) {
        const share = one === 0 ? 0 : random();
        result.disks += 1;
        const found = look(
          folder,
          database,
          disk.afterPowerLoss(() => random() < share),
        );
        result.lost.push(...missing(promised, found).map((what) => `${what} at moment ${result.moments}`));
      }
    }
    disk.apply(call);
  }
  return { ...result, acknowledged: promised.events.size, creates: promised.creating.size };
}

interface Promised {
  /** Ids of events that were acknowledged. */
  events: Set<number>;
  /** E-mail addresses of those whom the PMS was asked to make. */
  creating: Set<string>;
}

/** Whether the call promised something: Boom that an event is stored, or the PMS that we know of a create. */
function promise(call: Call, promised: Promised): boolean {
  if (call.what !== 'sent') return false;
  const stored = /^HTTP\/1\.1 202 .*"id":(\d+)\}/s.exec(call.text)?.[1];
  if (stored !== undefined) promised.events.add(Number(stored));
  const made = /^POST \/v1\/applicants HTTP.*"Email":"([^"]+)"/s.exec(call.text)?.[1];
  if (made !== undefined) promised.creating.add(made);
  return stored !== undefined || made !== undefined;
}

interface Found {
  events: Set<number>;
  /** Everybody who is being created, or is known to be there. */
  begun: string;
  damage: string | null;
}

/** What a start would find; `folder` is for the copy. */
function look(folder: string, database: string, files: ReadonlyMap<string, Buffer>): Found {
  const path = (file: string) => join(folder, basename(file));
  for (const suffix of ['', '-wal', '-shm']) rmSync(path(`${database}${suffix}`), { force: true });
  for (const [file, content] of files)
    if (file.startsWith(database) && !file.endsWith('-shm')) writeFileSync(path(file), content);
  const connection = new Database(path(database));
  try {
    const [{ quick_check: damage } = { quick_check: 'nothing' }] = connection.pragma('quick_check') as {
      quick_check: string;
    }[];
    const ids = connection.prepare('select id from inbox').pluck().all() as number[];
    const intents = connection.prepare('select intent, pushed from sync_states').raw().all();
    return { events: new Set(ids), begun: JSON.stringify(intents), damage: damage === 'ok' ? null : damage };
  } finally {
    connection.close();
  }
}

function missing({ events, creating }: Promised, found: Found): string[] {
  return [
    ...(found.damage === null ? [] : [`the database is damaged: ${found.damage}`]),
    ...[...events]
      .filter((id) => !found.events.has(id))
      .map((id) => `event ${id} was acknowledged and is gone`),
    ...[...creating]
      .filter((email) => !found.begun.includes(email))
      .map(() => 'a create was begun and is forgotten'),
  ];
}
