/** What the command line asks for, carried out by whoever holds the home: the server, or the command itself. */
import { z } from 'zod';
import type { Connection } from '../connect/connection.ts';
import type { Stores } from '../store/stores.ts';

const SCHEMAS = {
  retry: z.object({ tenantId: z.string().nullable() }),
  resync: z.object({ verify: z.boolean() }),
  ignore: z.object({ eventId: z.number().int() }),
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
}

export interface Commands {
  run(name: string, args: unknown): Promise<CommandResult | { error: string }>;
  /** Carries out what other processes have asked for. */
  runOpen(): Promise<void>;
}

interface Tools {
  stores: Stores;
  connections: readonly Connection[];
  wake: () => void;
  /** Resolves when nothing is due now. */
  settled: () => Promise<void>;
  now: () => Date;
}

export function createCommands({ stores, connections, wake, settled, now }: Tools): Commands {
  /** A person says that it should work now: connections that were waiting try at once. */
  async function endWaits(): Promise<void> {
    for (const { name } of connections) {
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
    await endWaits();
    return await finish(tenants, events);
  }

  async function resync({ verify }: CommandArgs<'resync'>): Promise<CommandResult> {
    let tenants = await stores.sync.makeDue(verify ? {} : { in: ['retrying', 'creating'] });
    // A file of ours costs nothing to compare, and somebody may have deleted it.
    for (const { name, capabilities } of verify ? [] : connections) {
      if (capabilities.local) tenants += await stores.sync.makeDue({ connection: name });
    }
    await endWaits();
    return await finish(tenants, 0);
  }

  async function run(name: string, args: unknown): Promise<CommandResult | { error: string }> {
    if (name === 'retry') return await retry(SCHEMAS.retry.parse(args));
    if (name === 'resync') return await resync(SCHEMAS.resync.parse(args));
    if (name === 'ignore') {
      const { eventId } = SCHEMAS.ignore.parse(args);
      return await finish(0, await stores.inbox.putAside(eventId));
    }
    return { error: `This version does not know the command ${name}` };
  }

  return {
    run,
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
