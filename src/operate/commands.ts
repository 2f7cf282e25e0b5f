/** What the command line asks for, carried out by whoever holds the home: the server, or the command itself. */
import { z } from 'zod';
import { KINDS } from '../connect/contract.ts';
import type { ResyncReport } from '../read/account.ts';
import { approve } from './approve.ts';
import { type CommandTools, command, endWaits, finish, type Refused } from './command.ts';
import { correct } from './correct.ts';
import { done } from './done.ts';
import { pause, resume } from './pause.ts';
import { preview } from './preview.ts';
import { reload } from './reload.ts';
import { replay } from './replay-command.ts';
import { resync } from './resync.ts';
import { retry } from './retry.ts';
import { undo } from './undo.ts';
import { units } from './units.ts';

/** Every command: what it is asked with, and what carries it out. */
function commandTable(tools: CommandTools) {
  const { stores, reads, settled, now } = tools;
  return {
    retry: command(z.object({ tenantId: z.string().nullable() }), (asked) => retry(asked, tools)),
    resync: command(
      z.object({
        verify: z.boolean(),
        account: z.string().nullable(),
        since: z.string().nullable(),
        all: z.boolean(),
        dryRun: z.boolean(),
      }),
      async (asked) => {
        await endWaits(tools, reads.healthNames);
        return await resync(asked, tools);
      },
    ),
    ignore_push: command(z.object({ tenantId: z.string() }), async ({ tenantId }) =>
      finish(tools, await stores.tenants.ignorePushFailure(tenantId), 0),
    ),
    // A person has looked in Boom.
    gaps_checked: command(z.object({ gapIds: z.array(z.number().int()) }), async ({ gapIds }) => {
      for (const gapId of gapIds) {
        await stores.uptime.confirm(gapId);
        await stores.uptime.settle(gapId, now().toISOString());
      }
      return await finish(tools, 0, 0);
    }),
    ignore: command(z.object({ eventId: z.number().int() }), async ({ eventId }) =>
      finish(tools, 0, await stores.inbox.putAside(eventId)),
    ),
    correct: command(
      z.object({ account: z.string(), event: z.string(), body: z.string() }),
      async (correction) => {
        const corrected = await correct(correction, stores.inbox, settled, now);
        return { ...(await finish(tools, 0, 1)), correction: corrected };
      },
    ),
    preview: command(
      z.object({ tenantId: z.string().nullable(), connection: z.string().nullable() }),
      (asked) => preview(asked, tools),
    ),
    approve: command(
      z.object({
        connection: z.string(),
        tenantIds: z.array(z.string()).nullable(),
        shown: z.array(z.object({ tenantId: z.string(), kind: z.enum(KINDS), place: z.string() })).nullable(),
      }),
      (asked) => approve(asked, tools),
    ),
    done: command(z.object({ tenantId: z.string(), connection: z.string().nullable() }), (asked) =>
      done(asked, tools),
    ),
    undo: command(
      z.object({
        attemptId: z.number().int().nullable(),
        since: z.string().nullable(),
        connection: z.string().nullable(),
        dryRun: z.boolean(),
      }),
      (asked) => undo(asked, tools),
    ),
    pause: command(z.object({ connection: z.string() }), ({ connection }) => pause(connection, tools)),
    resume: command(z.object({ connection: z.string() }), ({ connection }) => resume(connection, tools)),
    units: command(z.object({ connection: z.string() }), ({ connection }) => units(connection, tools)),
    reload: command(z.object({}), () => reload(tools)),
    replay: command(
      z.object({ tenantId: z.string().nullable(), failed: z.boolean(), dryRun: z.boolean() }),
      (asked) => replay(asked, tools),
    ),
  };
}

type Table = ReturnType<typeof commandTable>;
export type CommandName = keyof Table;
export type CommandArgs<N extends CommandName> = z.input<Table[N]['schema']>;
/** What a command that was carried out answers. */
export type CommandResult<N extends CommandName> = Exclude<Awaited<ReturnType<Table[N]['run']>>, Refused>;

export interface Commands {
  /** Rejects with a `ZodError` where it is asked for wrongly. */
  run(name: string, args: unknown): Promise<object | Refused>;
  /** What the schedule asks for. Returns what reading each account of Boom's came to. */
  resyncByClock(): Promise<ResyncReport[]>;
  /** Carries out what other processes have asked for. */
  runOpen(): Promise<void>;
}

export function createCommands(tools: CommandTools): Commands {
  const { stores, now } = tools;
  const table = new Map<string, { schema: z.ZodType; run: (args: never) => Promise<object> }>(
    Object.entries(commandTable(tools)),
  );

  async function run(name: string, args: unknown): Promise<object | Refused> {
    const asked = table.get(name);
    if (asked === undefined) return { error: `This version does not know the command ${name}` };
    return await asked.run(asked.schema.parse(args) as never);
  }

  return {
    run,
    async resyncByClock() {
      const byClock = { verify: false, account: null, since: null, all: false, dryRun: false };
      return (await resync(byClock, tools)).boom;
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
