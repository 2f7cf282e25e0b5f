/**
 * The whole inbox projected once more, beside what is in use: into a scratch database in the same folder, which holds
 * everything but the bodies. What differs is then brought over in one transaction, and the scratch is deleted.
 */
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Knex } from 'knex';
import type { ProjectionStore } from '../project/projection-store.ts';
import { inChunks } from './chunks.ts';
import { databaseFile, migrate, openDatabase } from './database.ts';
import { Inbox, PUT_ASIDE } from './inbox.ts';
import { createProjectionStore } from './projection.ts';
import { compare, type Differences, type Registers } from './replay-compare.ts';
import { swap } from './replay-swap.ts';
import { chunks } from './sql.ts';

const SCRATCH = 'replay.sqlite';
/** Events copied at a time. */
const PAGE = 500;

export interface Scratch {
  /** How many events the inbox held when it began; what comes later is projected after the swap. */
  total: number;
  projection: ProjectionStore;
  /** Makes the next events wait for their projection; returns how many of the inbox were gone through, 0 at its end. */
  feed(): Promise<number>;
  /** How many of the events cannot be used. */
  failed(): Promise<number>;
  compare(registers: Registers): Promise<Differences>;
  /** All of it or nothing. Nobody else may project meanwhile, nor since `compare`. */
  swap(differences: Differences, at: string): Promise<void>;
  discard(): Promise<void>;
}

export interface ReplayStore {
  begin(): Promise<Scratch>;
  /** How far one that runs now is, in this process or another one; null where none does. */
  progress(): Promise<{ done: number; total: number } | null>;
}

/** What a replay leaves behind that was killed. */
export function removeScratch(dataDir: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) {
    rmSync(join(dataDir, `${SCRATCH}${end}`), { force: true });
  }
}

export function createReplayStore(knex: Knex): ReplayStore {
  return {
    async begin() {
      const folder = dirname(databaseFile(knex));
      removeScratch(folder);
      const scratch = await openDatabase(join(folder, SCRATCH));
      const discard = async () => {
        await scratch.destroy();
        removeScratch(folder);
      };
      try {
        // It is thrown away should the power fail.
        await scratch.raw('pragma synchronous = off');
        await migrate(scratch);
        return { ...(await over(knex, scratch)), discard };
      } catch (error) {
        await discard();
        throw error;
      }
    },
    async progress() {
      const file = join(dirname(databaseFile(knex)), SCRATCH);
      if (!existsSync(file)) return null;
      // It may be made, or deleted, at this very moment.
      return await readProgress(knex, file).catch(() => null);
    },
  };
}

async function readProgress(main: Knex, file: string): Promise<{ done: number; total: number }> {
  const scratch = await openDatabase(file, { readonly: true });
  try {
    const done = await scratch('inbox').whereNot({ status: 'received' }).max({ id: 'id' }).first();
    const all = await main('inbox').max({ id: 'id' }).first();
    return { done: Number(done?.id ?? 0), total: Number(all?.id ?? 0) };
  } finally {
    await scratch.destroy();
  }
}

async function over(main: Knex, scratch: Knex): Promise<Omit<Scratch, 'discard'>> {
  const row = await main('inbox').max({ last: 'id' }).count({ total: '*' }).first();
  const last = Number(row?.last ?? 0);
  const inbox = new Inbox(scratch);
  let after = 0;
  return {
    total: Number(row?.total ?? 0),
    projection: {
      ...createProjectionStore(scratch, inbox),
      async pending(limit) {
        const waiting = await inbox.pending(limit);
        const bodies = new Map<number, string | null>();
        for (const some of chunks(waiting.map(({ id }) => id))) {
          for (const { id, body } of await main('inbox').whereIn('id', some).select('id', 'body')) {
            bodies.set(Number(id), body);
          }
        }
        return waiting.map((event) => ({ ...event, body: bodies.get(event.id) ?? null }));
      },
    },
    async feed() {
      const rows: InboxRow[] = await main('inbox')
        .where('id', '>', after)
        .where('id', '<=', last)
        .orderBy('id')
        .limit(PAGE)
        .select([...COPIED, main.raw('body is not null as has_body')]);
      await inChunks(rows.filter(isUsed), async (some) => {
        await scratch('inbox').insert(some.map(copyOf));
        return [];
      });
      after = rows.at(-1)?.id ?? last;
      return rows.length;
    },
    failed: () => inbox.count({ status: 'failed' }),
    compare: (registers) => compare(main, scratch, registers),
    swap: (differences, at) => swap(main, scratch, differences, at),
  };
}

const COPIED = ['id', 'account', 'source', 'status', 'detail', 'received_at', 'normalised'];

interface InboxRow {
  id: number;
  account: string;
  source: string;
  status: string;
  detail: string | null;
  received_at: string;
  normalised: string | null;
  has_body: number;
}

/** What was put aside stays aside, and what never could be used stays as it is. */
function isUsed({ status, detail, normalised, has_body }: InboxRow): boolean {
  if (status === 'quarantined' || (status === 'ignored' && detail === PUT_ASIDE)) return false;
  return Boolean(has_body) || normalised !== null;
}

function copyOf({ id, account, source, received_at, normalised }: InboxRow) {
  return { id, account, source, received_at, normalised, body_hash: '', status: 'received' };
}
