/** What the command line asks for, carried out by whoever holds the home: the server, or the command itself. */
import { z } from 'zod';
import type { Connection } from '../connect/connection.ts';
import type { ResyncReport } from '../read/account.ts';
import type { BoomReads } from '../read/boom-reads.ts';
import type { Stores } from '../store/stores.ts';
import { type CorrectionResult, correct } from './correct.ts';
import type { ReplayResult, Replays } from './replay.ts';

const SCHEMAS = {
  retry: z.object({ tenantId: z.string().nullable() }),
  resync: z.object({
    verify: z.boolean(),
    account: z.string().nullable(),
    since: z.string().nullable(),
    all: z.boolean(),
    dryRun: z.boolean(),
  }),
  ignore_push: z.object({ tenantId: z.string() }),
  gaps_checked: z.object({ gapIds: z.array(z.number().int()) }),
  ignore: z.object({ eventId: z.number().int() }),
  correct: z.object({ account: z.string(), event: z.string(), body: z.string() }),
  replay: z.object({ tenantId: z.string().nullable(), failed: z.boolean(), dryRun: z.boolean() }),
};
export type CommandName = keyof typeof SCHEMAS;
export type CommandArgs<N extends CommandName> = z.infer<(typeof SCHEMAS)[N]>;

export interface CommandResult {
  /** Passes that were begun anew. */
  tenants: number;
  /** Events that were projected again. */
  events: number;
  /** How records stand afterwards. */
  records: { connection: string; state: string; count: number }[];
  /** What reading each account of Boom's came to, where it was asked for. */
  boom?: ResyncReport[];
  /** What became of a correction. */
  correction?: CorrectionResult;
  /** What a replay changed, or would change. */
  replay?: ReplayResult;
}

export interface Commands {
  run(name: string, args: unknown): Promise<CommandResult | { error: string }>;
  /** What the schedule asks for. Returns what reading each account of Boom's came to. */
  resyncByClock(): Promise<ResyncReport[]>;
  /** Carries out what other processes have asked for. */
  runOpen(): Promise<void>;
}

interface Tools {
  stores: Stores;
  connections: readonly Connection[];
  reads: Pick<BoomReads, 'resync' | 'healthNames'>;
  replays: Replays;
  wake: () => void;
  /** Resolves when nothing is due now. */
  settled: () => Promise<void>;
  now: () => Date;
}

/** A replay that was ended with the server. */
function stopped(error: unknown): { error: string } {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
  return { error: 'boomsync stopped before the replay was done, and everything is as it was' };
}

export function createCommands({ stores, connections, reads, replays, wake, settled, now }: Tools): Commands {
  const connectionNames = connections.map(({ name }) => name);

  /** A person says that it should work now: what was left alone after a failure is tried at once. */
  async function endWaits(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const health = await stores.connections.get(name);
      if (health?.waitUntil) await stores.connections.save({ ...health, waitUntil: null });
    }
  }

  async function finish(tenants: number, events: number): Promise<CommandResult> {
    wake();
    await settled();
    return { tenants, events, records: await stores.sync.countByState() };
  }

  async function retry({ tenantId }: CommandArgs<'retry'>): Promise<CommandResult> {
    const id = tenantId === null ? null : ((await stores.tenants.get(tenantId))?.record.id ?? tenantId);
    const tenants = await stores.sync.makeDue(
      id === null ? { in: ['parked', 'retrying', 'creating'] } : { tenantIds: [id] },
    );
    const events = id === null ? await stores.inbox.requeue('unused') : 0;
    await endWaits([...connectionNames, ...reads.healthNames]);
    return await finish(tenants, events);
  }

  async function resync({ verify, ...asked }: CommandArgs<'resync'>) {
    const boom = await reads.resync(asked);
    if (asked.dryRun) return { tenants: 0, events: 0, records: await stores.sync.countByState(), boom };
    await settled();
    let tenants = await stores.sync.makeDue(verify ? {} : { in: ['retrying', 'creating'] });
    // A file of ours costs nothing to compare, and somebody may have deleted it.
    for (const { name, capabilities } of verify ? [] : connections) {
      if (capabilities.local) tenants += await stores.sync.makeDue({ connection: name });
    }
    await endWaits(connectionNames);
    return { ...(await finish(tenants, 0)), boom };
  }

  /** A person has looked in Boom. */
  async function gapsChecked({ gapIds }: CommandArgs<'gaps_checked'>): Promise<CommandResult> {
    for (const gapId of gapIds) {
      await stores.uptime.confirm(gapId);
      await stores.uptime.settle(gapId, now().toISOString());
    }
    return await finish(0, 0);
  }

  async function replay({ tenantId, failed, dryRun }: CommandArgs<'replay'>): Promise<CommandResult> {
    const done = failed
      ? await replayFailed(dryRun)
      : tenantId === null
        ? await replays.all(dryRun)
        : await replays.tenant(tenantId, dryRun);
    if (dryRun) return { tenants: 0, events: 0, records: await stores.sync.countByState(), replay: done };
    return { ...(await finish(done.changed.length, done.events)), replay: done };
  }

  async function replayFailed(dryRun: boolean): Promise<ReplayResult> {
    const rows = await stores.inbox.list({ status: 'failed', limit: Number.MAX_SAFE_INTEGER });
    const ids = rows.map((row) => row.id);
    if (!dryRun) {
      await stores.inbox.requeue(ids);
      await settled();
    }
    const still = (await stores.inbox.byIds(ids)).filter((row) => row.status === 'failed').length;
    return { dryRun, events: ids.length, failed: still, changed: [], added: [], gone: [] };
  }

  async function run(name: string, args: unknown): Promise<CommandResult | { error: string }> {
    if (name === 'retry') return await retry(SCHEMAS.retry.parse(args));
    if (name === 'resync') {
      const asked = SCHEMAS.resync.parse(args);
      await endWaits(reads.healthNames);
      return await resync(asked);
    }
    if (name === 'ignore_push') {
      const { tenantId } = SCHEMAS.ignore_push.parse(args);
      return await finish(await stores.tenants.ignorePushFailure(tenantId), 0);
    }
    if (name === 'gaps_checked') return await gapsChecked(SCHEMAS.gaps_checked.parse(args));
    if (name === 'ignore') {
      const { eventId } = SCHEMAS.ignore.parse(args);
      return await finish(0, await stores.inbox.putAside(eventId));
    }
    if (name === 'replay') return await replay(SCHEMAS.replay.parse(args)).catch(stopped);
    if (name === 'correct') {
      const correction = await correct(SCHEMAS.correct.parse(args), stores.inbox, settled, now);
      return { ...(await finish(0, 1)), correction };
    }
    return { error: `This version does not know the command ${name}` };
  }

  return {
    run,
    async resyncByClock() {
      return (await resync({ verify: false, account: null, since: null, all: false, dryRun: false })).boom;
    },
    async runOpen() {
      for (const { id, name, args } of await stores.commands.open()) {
        const result = await run(name, args).catch((error: unknown) => ({
          error:
            error instanceof z.ZodError
              ? `The command ${name} was asked for wrongly`
              : 'boomsync itself failed',
        }));
        await stores.commands.answer(id, result, now().toISOString());
      }
    },
  };
}
