/** What each command of src/operate/commands.ts is made of, and made with. */
import type { z } from 'zod';
import type { AccountConfig, AlertsConfig, Config } from '../config/config.ts';
import type { Fault } from '../config/fault.ts';
import type { Connection } from '../connect/connection.ts';
import type { BoomReads } from '../read/boom-reads.ts';
import type { Stores } from '../store/stores.ts';
import type { SyncStateName } from '../store/sync.ts';
import type { Tombstones } from './forget/tombstones.ts';
import type { Replays } from './replay.ts';

export interface CommandTools {
  stores: Stores;
  /** As they are now: a server may load them anew. */
  connections: () => readonly Connection[];
  timezone: string;
  /** Where the home's files are, and what is kept of them. */
  config: Pick<Config, 'databaseFile' | 'dataDir' | 'backup' | 'retention'>;
  /** Ends what takes long where the program stops. */
  stopping: AbortSignal;
  reads: Pick<BoomReads, 'resync' | 'healthNames' | 'awaitsRead'>;
  replays: Replays;
  wake: () => void;
  /** Resolves when nothing is due now. */
  settled: () => Promise<void>;
  now: () => Date;
  /** Runs `work` while no pass of that connection is under way. */
  alone: <Result>(connection: string, work: () => Promise<Result>) => Promise<Result>;
  /** Runs `work` while nothing is projected. */
  unprojected: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Who was forgotten. */
  tombstones: Tombstones;
  /** Null where a command holds the home: it has just read them. */
  reload: Reload | null;
  /** Works on with these connections from now on. */
  connectAnew: (connections: readonly Connection[]) => Promise<void>;
}

/** What `config/` says now of all that counts without a start, or every fault in it. */
export type Reload = () => Promise<
  | { connections: readonly Connection[]; accounts: readonly AccountConfig[]; alerts: AlertsConfig }
  | { faults: Fault[] }
>;

/** How a server carries out a command beside others. */
export interface Manner {
  /**
   * `at once` · one after the other with those of the same lane: what reads only, and what writes · `alone` while none
   * that writes is under way.
   */
  lane: 'at once' | 'alone' | { reads: string } | { writes: string };
  /** It takes as long as it takes, and says meanwhile how far it is. */
  endless: boolean;
}

export interface Command<Schema extends z.ZodType, Result> {
  schema: Schema;
  run: (args: z.output<Schema>) => Promise<Result>;
  manner: (args: z.output<Schema>) => Manner;
}

/** Without a lane of its own it is one after the other with all that have to do with events. */
export function command<Schema extends z.ZodType, Result>(
  schema: Schema,
  run: (args: z.output<Schema>) => Promise<Result>,
  lane: (args: z.output<Schema>) => Manner['lane'] = () => ({ writes: 'events' }),
  endless = false,
): Command<Schema, Result> {
  return { schema, run, manner: (args) => ({ lane: lane(args), endless }) };
}

/** What a command answers that could not do it: a sentence, and what to do. */
export interface Refused {
  /** A word for programs; where there is none, it failed. */
  code?: 'not_running' | 'too_long';
  error: string;
  remedy?: string;
}

/** What most commands come to. */
export interface Done {
  /** Passes that were begun anew. */
  tenants: number;
  /** Events that were projected again. */
  events: number;
  /** How records stand afterwards. */
  records: { connection: string; state: SyncStateName; count: number }[];
}

/** Lets what has become due be worked on, and says how records stand then. */
export async function finish(
  { wake, settled, stores }: CommandTools,
  tenants: number,
  events: number,
): Promise<Done> {
  wake();
  await settled();
  return { tenants, events, records: await stores.sync.countByState() };
}

/** A person says that it should work now: what was left alone after a failure is tried at once. */
export async function endWaits(
  { stores }: Pick<CommandTools, 'stores'>,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const health = await stores.connections.get(name);
    if (health?.waitUntil) await stores.connections.save({ ...health, waitUntil: null });
  }
}

export const namesOf = ({ connections }: CommandTools): string[] => connections().map(({ name }) => name);
