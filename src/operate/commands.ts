/** What the command line asks for, carried out by whoever holds the home: the server, or the command itself. */
import { z } from 'zod';
import { KINDS } from '../connect/contract.ts';
import type { ResyncReport } from '../read/account.ts';
import { SEEN_FACTS } from '../reconcile/answers.ts';
import type { Command as AskedCommand } from '../store/commands.ts';
import { approve } from './approve.ts';
import { candidates } from './candidates.ts';
import { choose } from './choose.ts';
import { type CommandTools, command, endWaits, finish, type Manner, type Refused } from './command.ts';
import { correct } from './correct.ts';
import { done } from './done.ts';
import { forgetCommands } from './forget/commands.ts';
import { hold } from './hold.ts';
import { OpenCommands, type Prepared } from './open-commands.ts';
import { pause, resume } from './pause.ts';
import { peopleCommands } from './people/commands.ts';
import { preview } from './preview.ts';
import { quiet, unquiet } from './quiet.ts';
import { fieldValue, recordName } from './records.ts';
import { reload } from './reload.ts';
import { replay } from './replay-command.ts';
import { resync } from './resync.ts';
import { retry } from './retry.ts';
import { settle } from './settle.ts';
import { undo } from './undo.ts';
import { units } from './units.ts';
import { upkeepCommands } from './upkeep.ts';

/** Every command: what it is asked with, and what carries it out. */
function commandTable(tools: CommandTools) {
  const { stores, reads, settled, now } = tools;
  const upkeep = upkeepCommands({ ...tools, signal: tools.stopping });
  return {
    retry: command(
      z.object({ tenantIds: z.array(z.string()).nullable() }),
      (asked) => retry(asked, tools),
      ({ tenantIds }) => ({ writes: tenantIds === null ? 'events' : 'retry' }),
    ),
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
      () => ({ writes: 'events' }),
      true,
    ),
    ignore_push: command(z.object({ tenantId: z.string() }), async ({ tenantId }) =>
      finish(tools, await stores.tenants.ignorePushFailure(tenantId), 0),
    ),
    // Whether one is due a landlord judges, and not boomsync.
    notice_seen: command(z.object({ tenantId: z.string() }), async ({ tenantId }) => {
      const id = (await stores.tenants.get(tenantId))?.record.id ?? tenantId;
      return { seen: await stores.notices.seen(id) };
    }),
    dismiss_kind: command(z.object({ event: z.string().max(200) }), async ({ event }) => {
      await stores.unknownKinds.dismiss(event, now().toISOString());
      return { event };
    }),
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
      ({ tenantId, connection }) => ({ reads: `preview ${connection ?? tenantId ?? ''}` }),
    ),
    approve: command(
      z.object({
        connection: z.string(),
        tenantIds: z.array(z.string()).nullable(),
        shown: z.array(z.object({ tenantId: z.string(), kind: z.enum(KINDS), place: z.string() })).nullable(),
      }),
      (asked) => approve(asked, tools),
      ({ connection }) => ({ writes: `approve ${connection}` }),
    ),
    done: command(
      z.object({
        tenantId: z.string(),
        connection: z.string().nullable(),
        record: recordName.pick({ kind: true, place: true }).nullable().default(null),
      }),
      (asked) => done(asked, tools),
      () => ({ writes: 'done' }),
    ),
    undo: command(
      z.object({
        attemptIds: z.array(z.number().int()).nullable(),
        since: z.string().nullable(),
        connection: z.string().nullable(),
        dryRun: z.boolean(),
      }),
      (asked) => undo(asked, tools),
      ({ connection }) => ({ writes: `undo ${connection ?? ''}` }),
    ),
    settle: command(
      recordName.extend({
        fields: z.array(z.string()).min(1).nullable(),
        take: z.enum(['theirs', 'boom']),
        shown: z
          .record(z.string(), z.object({ boom: fieldValue, there: fieldValue }))
          .nullable()
          .default(null),
      }),
      (asked) => settle(asked, tools),
      ({ connection }) => ({ writes: `answer ${connection}` }),
    ),
    candidates: command(
      recordName,
      (asked) => candidates(asked, tools),
      ({ connection }) => ({ reads: `candidates ${connection}` }),
    ),
    choose: command(
      recordName.extend({
        remoteId: z.string(),
        same: z.boolean(),
        seen: z.record(z.enum(SEEN_FACTS), z.string().nullable()).nullable().default(null),
      }),
      (asked) => choose(asked, tools),
      ({ connection }) => ({ writes: `answer ${connection}` }),
    ),
    quiet: command(
      z.object({
        records: z.array(recordName),
        until: z.iso.datetime().nullable(),
        why: z.string().max(500),
      }),
      (asked) => quiet(asked, tools),
      () => 'at once',
    ),
    unquiet: command(
      z.object({ records: z.array(recordName) }),
      ({ records }) => unquiet(records, tools),
      () => 'at once',
    ),
    hold: command(
      z.object({ tenantId: z.string() }),
      (asked) => hold(asked, tools),
      () => ({ writes: 'events' }),
    ),
    // Somebody says that it works now, or wants everything looked at.
    try_now: command(
      z.object({ connection: z.string(), everything: z.boolean() }),
      async ({ connection, everything }) => {
        const tenants = everything ? await stores.sync.makeDue({ connection }) : 0;
        await endWaits(tools, [connection]);
        return await finish(tools, tenants, 0);
      },
      () => 'at once',
    ),
    pause: command(
      z.object({ connection: z.string() }),
      ({ connection }) => pause(connection, tools),
      () => 'at once',
    ),
    resume: command(
      z.object({ connection: z.string() }),
      ({ connection }) => resume(connection, tools),
      () => 'at once',
    ),
    units: command(
      z.object({ connection: z.string() }),
      ({ connection }) => units(connection, tools),
      ({ connection }) => ({ reads: `units ${connection}` }),
    ),
    ...peopleCommands(tools),
    ...upkeep,
    ...forgetCommands(tools, () => upkeep.backup.run({ to: null })),
    // No pass of the new connections may run beside what is done alone to the old ones.
    reload: command(
      z.object({}),
      () => reload(tools),
      () => 'alone',
    ),
    replay: command(
      z.object({ tenantId: z.string().nullable(), failed: z.boolean(), dryRun: z.boolean() }),
      (asked) => replay(asked, tools),
      () => ({ writes: 'events' }),
      true,
    ),
  };
}

type Table = ReturnType<typeof commandTable>;
export type CommandName = keyof Table;
export type CommandArgs<N extends CommandName> = z.input<Table[N]['schema']>;
/** What a command that was carried out answers. */
export type CommandResult<N extends CommandName> = Exclude<Awaited<ReturnType<Table[N]['run']>>, Refused>;

export interface Commands {
  /** In its turn beside what other processes ask for. Rejects with a `ZodError` where it is asked for wrongly. */
  run(name: string, args: unknown): Promise<object | Refused>;
  /** What the schedule asks for. Returns what reading each account of Boom's came to. */
  resyncByClock(): Promise<ResyncReport[]>;
  /** Begins what other processes have asked for since, and does not wait for it. */
  runOpen(): Promise<void>;
  /** Begins nothing more, and resolves when nothing of that is under way. */
  stop(): Promise<void>;
}

const AT_ONCE: Manner = { lane: 'at once', endless: false };

interface AnyCommand {
  schema: z.ZodType;
  run: (args: never) => Promise<object>;
  manner: (args: never) => Manner;
}

export function createCommands(tools: CommandTools): Commands {
  const { stores, now } = tools;
  const table = new Map<string, AnyCommand>(Object.entries(commandTable(tools)));

  async function run(name: string, args: unknown): Promise<object | Refused> {
    const asked = table.get(name);
    if (asked === undefined) return { error: `This version does not know the command ${name}` };
    const parsed = asked.schema.parse(args) as never;
    return await open.run(asked.manner(parsed).lane, () => asked.run(parsed));
  }

  function prepare({ name, args }: AskedCommand): Prepared {
    const asked = table.get(name);
    const parsed = asked?.schema.safeParse(args);
    const refused = (error: string) => ({ manner: AT_ONCE, work: async () => ({ error }) });
    if (asked === undefined || parsed === undefined)
      return refused(`This version does not know the command ${name}`);
    if (!parsed.success) return refused(`The command ${name} was asked for wrongly`);
    const work = () =>
      asked.run(parsed.data as never).catch(() => ({ error: 'boomsync itself failed' }) satisfies Refused);
    return { manner: asked.manner(parsed.data as never), work };
  }
  const open = new OpenCommands({ commands: stores.commands, now, prepare });

  return {
    run,
    async resyncByClock() {
      const byClock = { verify: false, account: null, since: null, all: false, dryRun: false };
      return (await resync(byClock, tools)).boom;
    },
    runOpen: () => open.takeUp(),
    stop: () => open.stop(),
  };
}
