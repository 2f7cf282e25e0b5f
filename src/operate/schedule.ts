/** Resyncs by the clock. */
import type { Config } from '../config/config.ts';
import { faultName } from '../fault-name.ts';
import type { Log } from './log.ts';

/** Returns what stops it. One that is still running when the next would start lets that one pass. */
export async function scheduleResync(
  config: Pick<Config, 'resyncSchedule' | 'timezone'>,
  log: Log,
  resync: () => Promise<unknown>,
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
      running = resync();
      await running;
      log.info('resync is done');
    },
  );
  return async () => {
    job.stop();
    await running.catch(() => {});
  };
}
