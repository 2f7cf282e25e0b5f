/** What is done to the store itself: backups and retention, as commands and by the clock. One of each at a time. */
import { z } from 'zod';
import type { Config } from '../config/config.ts';
import { faultName } from '../fault-name.ts';
import type { Stores } from '../store/stores.ts';
import type { UpkeepName } from '../store/upkeep.ts';
import { backup } from './backup/backup.ts';
import { command } from './command.ts';
import type { Log } from './log.ts';
import { retention } from './retention/retention.ts';

export interface UpkeepTools {
  stores: Pick<Stores, 'forget' | 'legalHolds' | 'upkeep' | 'retention'>;
  config: Pick<Config, 'backup' | 'retention' | 'databaseFile'>;
  now: () => Date;
  /** Ends what is under way. */
  signal: AbortSignal;
}

/** They read and write beside everything else, and hold up nobody. */
export function upkeepCommands(tools: UpkeepTools) {
  let busy: Promise<unknown> = Promise.resolve();
  const oneAtATime = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = busy.then(work);
    busy = turn.catch(() => {});
    return turn;
  };
  return {
    backup: command(
      z.object({ to: z.string().nullable() }),
      (asked) => oneAtATime(() => backup(asked, tools)),
      () => ({ reads: 'upkeep' }),
      true,
    ),
    retention: command(
      z.object({ dryRun: z.boolean() }),
      (asked) => oneAtATime(() => retention(asked, tools)),
      () => ({ reads: 'upkeep' }),
      true,
    ),
  };
}

/** A computer that sleeps at night would never do it: what was missed is done a while after the start. */
const CATCH_UP_MS = 5 * 60_000;

/** Does it by its schedule. Returns what stops it. */
export async function scheduleUpkeep(asked: {
  what: UpkeepName & keyof ReturnType<typeof upkeepCommands>;
  schedule: string | null;
  timezone: string;
  stores: Pick<Stores, 'upkeep'>;
  run: () => Promise<object>;
  now: () => Date;
  log: Log;
  catchUpMs?: number;
}): Promise<() => Promise<void>> {
  const { what, schedule, timezone, stores, run, now, log, catchUpMs = CATCH_UP_MS } = asked;
  if (schedule === null) return async () => {};
  let running: Promise<void> = Promise.resolve();
  const work = () => {
    running = once(what, run, log);
    return running;
  };
  const { Cron } = await import('croner');
  const job = new Cron(schedule, { timezone, protect: true, unref: true }, work);
  const upkeep = await stores.upkeep.get(what);
  const last = upkeep?.doneAt ?? upkeep?.since ?? now().toISOString();
  const next = job.nextRun(new Date(last));
  const isMissed = next !== null && next.getTime() < now().getTime();
  const timer = isMissed ? setTimeout(() => void work(), catchUpMs) : undefined;
  timer?.unref();
  return async () => {
    clearTimeout(timer);
    job.stop();
    await running;
  };
}

async function once(what: UpkeepName, run: () => Promise<object>, log: Log): Promise<void> {
  try {
    const result = await run();
    if ('error' in result) log.error({ what }, 'the scheduled upkeep failed; boomsync status says why');
    else log.info({ what }, 'the scheduled upkeep is done');
  } catch (error) {
    log.error({ what, ...faultName(error) }, 'the scheduled upkeep failed');
  }
}
