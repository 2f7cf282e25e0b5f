/** Looks regularly whether the landlord must be told something, keeps what is to be said, and sends it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertsConfig, ChannelConfig } from '../../config/config.ts';
import { faultName } from '../../fault-name.ts';
import { Loop } from '../../loop.ts';
import type { AlertChange } from '../../store/alerts.ts';
import type { Stores } from '../../store/stores.ts';
import type { Log } from '../log.ts';
import type { Status } from '../status.ts';
import { type Cause, causesOf } from './causes.ts';
import { type ComposeTools, compose, weekly as weeklyMessage } from './compose.ts';
import { decide } from './decide.ts';
import { deliver } from './deliver.ts';
import { isQuietAt, lastWeekly } from './hours.ts';
import { parkedGroups } from './parked.ts';
import type { Send } from './send.ts';
import { sender } from './sender.ts';

/** Something that needs the landlord is told within a minute. */
const LOOK_MS = 30_000;
/** What is being sent when we stop is sent again with the next start. */
const PATIENCE_MS = 5_000;

export interface AlertTools {
  /** As they are now: a running server may take them up anew. */
  alerts: () => AlertsConfig;
  timezone: string;
  stores: Pick<Stores, 'alerts' | 'outbox' | 'needs' | 'tenants' | 'installation'>;
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
  /** Looks soon: who is told has changed. */
  wake(): void;
  stop(): Promise<void>;
}

export function createAlerts(tools: AlertTools): Alerts {
  const { timezone, stores, now, log, random = Math.random, senderOf = sender } = tools;
  const sends = new WeakMap<ChannelConfig, Send>();
  const delivering = { ...stores, now, random, log };

  function sendOf(channel: ChannelConfig): Send {
    const send = sends.get(channel) ?? senderOf(channel);
    sends.set(channel, send);
    return send;
  }

  async function look(): Promise<void> {
    const alerts = tools.alerts();
    const { channels, quietHours } = alerts;
    await stores.outbox.keepChannels(channels.map(({ name }) => name));
    if (channels.length === 0) return;
    await decideNow(alerts, tools);
    if (isQuietAt(now(), quietHours, timezone)) return;
    await Promise.all(channels.map((channel) => deliver(channel, sendOf(channel), delivering)));
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
    start: () => loop.start(),
    wake: () => loop.wake(),
    async stop() {
      const waiting = new AbortController();
      const patience = sleep(PATIENCE_MS, undefined, { signal: waiting.signal }).catch(() => {});
      await Promise.race([loop.stop(), patience]);
      waiting.abort();
    },
  };
}

async function decideNow({ channels, weekly }: AlertsConfig, tools: AlertTools): Promise<void> {
  const { timezone, stores, now, base } = tools;
  const status = await tools.status();
  const at = now().toISOString();
  const decision = decide(await stores.alerts.open(), await causesNow(status, tools), at);
  const labels = new Map(status.connections.map(({ name, label }) => [name, label]));
  const composing: ComposeTools = { tenants: stores.tenants, labels, base, timezone };
  const messages = await compose(decision, composing);
  const change: AlertChange = {
    kept: decision.kept,
    ended: decision.ended.map(({ cause }) => cause),
    messages,
    channels: channels.map(({ name }) => name),
  };
  const week = await weekNow(weekly, tools);
  if (week !== null) {
    change.week = week.date;
    if (week.told) messages.push(weeklyMessage(status, composing));
  }
  const nothing = change.kept.length + change.ended.length + messages.length === 0 && week === null;
  if (!nothing) await stores.alerts.record(change, at);
}

async function causesNow(status: Status, { timezone, stores, now }: AlertTools): Promise<Cause[]> {
  const connections = status.connections.map(({ name }) => name);
  const parked = await parkedGroups(stores.needs, connections, now().toISOString());
  return causesOf({ status, parked, timezone });
}

/** The week that is to be kept as told of; `told`: a message says so. The first is not told of: it was not asked for then. */
async function weekNow(
  weekly: AlertsConfig['weekly'],
  { timezone, stores, now }: AlertTools,
): Promise<{ date: string; told: boolean } | null> {
  if (weekly === null) return null;
  const date = lastWeekly(now(), weekly, timezone);
  const before = await stores.alerts.week();
  if (before === null) return { date, told: false };
  return date > before ? { date, told: true } : null;
}
