/** What a running server does unasked: commands of other processes, resyncs, backups, alerts, and saying that it is there. */
import type { AlertsConfig, Config } from '../config/config.ts';
import { faultName } from '../fault-name.ts';
import type { BoomReads } from '../read/boom-reads.ts';
import type { Stores } from '../store/stores.ts';
import { createAlerts } from './alerts/alerts.ts';
import { startHeartbeat } from './alerts/heartbeat.ts';
import { beat } from './beat.ts';
import type { Commands } from './commands.ts';
import { keepDays } from './days.ts';
import { fillSearch } from './fill-search.ts';
import type { Log } from './log.ts';
import { scheduleResync } from './schedule.ts';
import type { Status } from './status.ts';
import { scheduleUpkeep } from './upkeep.ts';

/** How often the server looks for what other commands ask of it. */
const COMMANDS_MS = 250;

export interface ByTheClockTools {
  config: Config;
  stores: Stores;
  log: Log;
  now: () => Date;
  commands: Commands;
  reads: BoomReads;
  receiver: { tookAll(): Promise<boolean>; checkStore(): Promise<boolean> };
  status: () => Promise<Status>;
  /** Who is told, as it is now. */
  alerts: () => AlertsConfig;
  /** Of the pages, for links in alerts. */
  base: string;
}

export interface ByTheClock {
  /** Who is told has changed. */
  alertsChanged(): Promise<void>;
  stop(): Promise<void>;
}

export async function runByTheClock(tools: ByTheClockTools): Promise<ByTheClock> {
  const { config, stores, log, now, commands, reads, receiver, status, base } = tools;
  const stopFilling = fillSearch(stores, log);
  const days = keepDays({ days: stores.days, status, timezone: config.timezone, now, log });
  const stopSchedule = await scheduleResync(config, log, async () => {
    const reports = await commands.resyncByClock();
    await days.look(true);
    return reports;
  });
  const stopUpkeep = await keepUp(tools);
  const stopBeating = await beat(reads, () => receiver.tookAll(), log);
  const { timezone } = config;
  const alerts = createAlerts({ alerts: tools.alerts, timezone, stores, status, base, now, log });
  alerts.start();
  const beatAgain = () => startHeartbeat(tools.alerts().heartbeat, () => receiver.checkStore(), log);
  let stopHeartbeat = beatAgain();
  const stopCommands = takeUpCommands(commands, log);
  return {
    async alertsChanged() {
      alerts.wake();
      const stopped = stopHeartbeat();
      stopHeartbeat = beatAgain();
      await stopped;
    },
    async stop() {
      const stopped = [
        stopCommands(),
        stopSchedule(),
        stopUpkeep(),
        alerts.stop(),
        stopHeartbeat(),
        days.stop(),
      ];
      await stopBeating();
      await stopFilling();
      await Promise.all(stopped);
    },
  };
}

async function keepUp({ config, stores, log, now, commands }: ByTheClockTools): Promise<() => Promise<void>> {
  const { timezone } = config;
  const upkeep = { timezone, stores, now, log };
  const stops = await Promise.all([
    scheduleUpkeep({
      ...upkeep,
      what: 'backup',
      schedule: config.backup.schedule,
      run: () => commands.run('backup', { to: null }),
    }),
    scheduleUpkeep({
      ...upkeep,
      what: 'retention',
      schedule: config.retention.schedule,
      run: async () => {
        const pruned = await commands.run('retention', { dryRun: false });
        return 'error' in pruned ? pruned : await commands.run('forget_applicants', { dryRun: false });
      },
    }),
  ]);
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

function takeUpCommands(commands: Commands, log: Log): () => Promise<void> {
  let asking: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    asking = commands
      .runOpen()
      .catch((error: unknown) => log.error(faultName(error), 'a command failed'))
      .finally(() => {
        busy = false;
      });
  }, COMMANDS_MS);
  return async () => {
    clearInterval(timer);
    await asking;
  };
}
