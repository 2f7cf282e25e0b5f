/** Looks regularly whether the landlord must be told something, keeps what is to be said, and sends it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelConfig, Config } from '../../config/config.ts';
import { faultName } from '../../fault-name.ts';
import { Loop } from '../../loop.ts';
import type { AlertChange } from '../../store/alerts.ts';
import type { Stores } from '../../store/stores.ts';
import { isQuiet } from '../../store/sync-answers.ts';
import type { Log } from '../log.ts';
import type { Status } from '../status.ts';
import { type Cause, causesOf } from './causes.ts';
import { type ComposeTools, compose, weekly as weeklyMessage } from './compose.ts';
import { decide } from './decide.ts';
import { deliver } from './deliver.ts';
import { isQuietAt, lastWeekly } from './hours.ts';
import type { Send } from './send.ts';
import { sender } from './sender.ts';

/** Something that needs the landlord is told within a minute. */
const LOOK_MS = 30_000;
/** What is being sent when we stop is sent again with the next start. */
const PATIENCE_MS = 5_000;

export interface AlertTools {
  config: Pick<Config, 'alerts' | 'timezone'>;
  stores: Pick<Stores, 'alerts' | 'outbox' | 'sync' | 'tenants' | 'installation'>;
  status: () => Promise<Status>;
  /** Where the landlord's pages are; null where no address is known. */
  base: string | null;
  now: () => Date;
  random?: () => number;
  log: Log;
  /** By channel; a test's own. */
  senderOf?: (channel: ChannelConfig) => Send;
}

export interface Alerts {
  /** Decides and sends once, now. */
  look(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export function createAlerts(tools: AlertTools): Alerts {
  const { config, stores, now, log, random = Math.random, senderOf = sender } = tools;
  const { channels, quietHours } = config.alerts;
  const sends = channels.map((channel) => ({ channel, send: senderOf(channel) }));
  const delivering = { ...stores, now, random, log };

  async function look(): Promise<void> {
    if (channels.length === 0) return;
    await decideNow(tools);
    if (isQuietAt(now(), quietHours, config.timezone)) return;
    await Promise.all(sends.map(({ channel, send }) => deliver(channel, send, delivering)));
  }

  const loop = new Loop(
    async () => {
      await look();
      return LOOK_MS;
    },
    (error) => log.error(faultName(error), 'looking for what to tell you failed; it is tried again'),
  );

  return {
    look,
    start() {
      if (channels.length > 0) loop.start();
    },
    async stop() {
      const waiting = new AbortController();
      const patience = sleep(PATIENCE_MS, undefined, { signal: waiting.signal }).catch(() => {});
      await Promise.race([loop.stop(), patience]);
      waiting.abort();
    },
  };
}

async function decideNow(tools: AlertTools): Promise<void> {
  const { config, stores, now, base } = tools;
  const names = config.alerts.channels.map(({ name }) => name);
  await stores.outbox.keepChannels(names);
  const status = await tools.status();
  const at = now().toISOString();
  const decision = decide(await stores.alerts.open(), await causesNow(status, tools), at);
  const labels = new Map(status.connections.map(({ name, label }) => [name, label]));
  const composing: ComposeTools = { tenants: stores.tenants, labels, base, timezone: config.timezone };
  const messages = await compose(decision, composing);
  const change: AlertChange = {
    kept: decision.kept,
    ended: decision.ended.map(({ cause }) => cause),
    messages,
    channels: names,
  };
  const week = await weekNow(tools);
  if (week !== null) {
    change.week = week.date;
    if (week.told) messages.push(weeklyMessage(status, composing));
  }
  const nothing = change.kept.length + change.ended.length + messages.length === 0 && week === null;
  if (!nothing) await stores.alerts.record(change, at);
}

async function causesNow(status: Status, { config, stores, now }: AlertTools): Promise<Cause[]> {
  const at = now().toISOString();
  const known = new Set(status.connections.map(({ name }) => name));
  const parked = (await stores.sync.problems()).filter(
    (state) => state.state === 'parked' && known.has(state.connection) && !isQuiet(state, at),
  );
  return causesOf({ status, parked, timezone: config.timezone });
}

/** The week that is to be kept as told of; `told`: a message says so. The first is not told of: it was not asked for then. */
async function weekNow({ config, stores, now }: AlertTools): Promise<{ date: string; told: boolean } | null> {
  if (config.alerts.weekly === null) return null;
  const date = lastWeekly(now(), config.alerts.weekly, config.timezone);
  const before = await stores.alerts.week();
  if (before === null) return { date, told: false };
  return date > before ? { date, told: true } : null;
}
