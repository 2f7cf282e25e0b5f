/** Resyncs by the clock. */
import type { Config } from '../config/config.ts';
import { faultName } from '../fault-name.ts';
import type { ResyncReport } from '../read/account.ts';
import type { Log } from './log.ts';

/** Returns what stops it. One that is still running when the next would start lets that one pass. */
export async function scheduleResync(
  config: Pick<Config, 'resyncSchedule' | 'timezone'>,
  log: Log,
  resync: () => Promise<ResyncReport[]>,
): Promise<() => Promise<void>> {
  if (config.resyncSchedule === null) return async () => {};
  let running: Promise<unknown> = Promise.resolve();
  const { Cron } = await import('croner');
  const job = new Cron(
    config.resyncSchedule,
    {
      timezone: config.timezone,
      protect: true,
      unref: true,
      catch: (error) => log.error(faultName(error), 'the scheduled resync failed'),
    },
    async () => {
      log.info('resync begins by schedule');
      const begun = resync();
      running = begun;
      const reports = await begun;
      for (const report of reports) say(report, log);
      if (reports.every(({ outcome }) => outcome !== 'failed')) log.info('resync is done');
    },
  );
  return async () => {
    job.stop();
    await running.catch(() => {});
  };
}

/** When it resyncs next; null where it does so by command only. */
export async function nextRun(
  { resyncSchedule, timezone }: Pick<Config, 'resyncSchedule' | 'timezone'>,
  now: Date,
): Promise<string | null> {
  if (resyncSchedule === null) return null;
  const { Cron } = await import('croner');
  return new Cron(resyncSchedule, { timezone, paused: true }).nextRun(now)?.toISOString() ?? null;
}

function say({ account, outcome, kind, seen, changed, tenants }: ResyncReport, log: Log): void {
  if (outcome === 'done') log.info({ account, seen, changed, tenants }, 'read from Boom what changed');
  if (outcome === 'failed')
    log.warn({ account, outcome, kind }, 'reading from Boom by schedule failed; the next resync goes on');
}
