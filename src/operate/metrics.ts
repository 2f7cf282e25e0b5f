/** `GET /metrics` for Prometheus. Counted from the store when asked, so that nothing is kept twice. */
import { statSync } from 'node:fs';
import type { Gauge } from 'prom-client';
import type { Stores } from '../store/stores.ts';
import type { Status } from './status.ts';
import { needsOf } from './verdict.ts';

export interface Metrics {
  render(status: Status): Promise<{ type: string; text: string }>;
}

export interface MetricsSources {
  databaseFile: string;
  stores: Pick<Stores, 'outbox' | 'sync'>;
  now: () => Date;
}

/** The library is loaded when somebody first asks; its own observers are begun once. */
export async function createMetrics({ databaseFile, stores, now }: MetricsSources): Promise<Metrics> {
  const prom = await import('prom-client');
  const registry = new prom.Registry();
  prom.collectDefaultMetrics({ register: registry, prefix: 'boomsync_' });
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new prom.Gauge({ name: `boomsync_${name}`, help, labelNames, registers: [registry] });
  const tenants = gauge('tenants', 'Tenants on record');
  const inLine = gauge('tenants_in_line', 'Tenants that every connection shows as we want them');
  const events = gauge('inbox_events', 'Events in the inbox by status', ['status']);
  const last = gauge('last_event_timestamp_seconds', 'When the last event was received; 0 for never');
  const records = gauge('sync_records', 'Records by connection and sync state', ['connection', 'state']);
  const up = gauge('connection_up', '1 while the connection works', ['connection']);
  const paused = gauge('connection_paused', '1 while you paused the connection', ['connection']);
  const api = gauge('boom_api_up', '1 while Boom’s API works; absent without keys', ['account']);
  const gaps = gauge('gaps_open', 'Times in which Boom could not reach us, of which something is open');
  const unconfirmed = gauge('tenants_unconfirmed', 'Tenants of whom something is unconfirmed since a gap');
  const pushFailures = gauge('boom_push_failures', 'Tenants whom Boom itself failed to put into a PMS');
  const due = gauge('connection_due_tenants', 'Tenants that wait for a pass', ['connection']);
  const overdue = gauge(
    'connection_overdue_seconds',
    'How long the pass whose time came first is past it; 0 where none is',
    ['connection'],
  );
  const needsYou = gauge('needs_you', 'Things that wait for a person');
  const database = gauge('database_bytes', 'Size of the database file');
  const wal = gauge('database_wal_bytes', 'Size of its write-ahead log');
  const backup = gauge(
    'last_backup_timestamp_seconds',
    'When the newest backup that was checked was made; 0 for never',
  );
  const backupFailed = gauge('backup_failed', '1 where the last backup failed');
  const waiting = gauge('alerts_waiting', 'Alerts that wait to be sent', ['channel']);
  const failing = gauge('alert_channel_failing', '1 while what is to be sent there fails', ['channel']);
  const labelled = [records, up, paused, api, due, overdue, waiting, failing];

  async function countOutside(status: Status): Promise<void> {
    for (const { name } of status.connections) {
      const next = await stores.sync.nextAttempt(name);
      const late = next === null ? 0 : (now().getTime() - Date.parse(next)) / 1000;
      overdue.set({ connection: name }, Math.max(late, 0));
    }
    for (const channel of await stores.outbox.channels()) {
      waiting.set({ channel: channel.channel }, channel.waiting);
      failing.set({ channel: channel.channel }, channel.failing === null ? 0 : 1);
    }
    database.set(bytesOf(databaseFile));
    wal.set(bytesOf(`${databaseFile}-wal`));
  }

  return {
    async render(status) {
      // What is no longer there is not told any more.
      for (const one of labelled) one.reset();
      await countOutside(status);
      needsYou.set(needsOf(status));
      backup.set(secondsOf(status.backup.lastVerifiedAt));
      backupFailed.set(status.backup.failure === null ? 0 : 1);
      tenants.set(status.tenants.total);
      inLine.set(status.tenants.inLine);
      for (const name of ['received', 'projected', 'ignored', 'failed', 'quarantined'] as const) {
        events.set({ status: name }, status.events[name]);
      }
      last.set(secondsOf(status.events.lastAt));
      for (const account of status.boom.accounts) {
        if (account.api !== 'none') api.set({ account: account.name }, account.api === 'working' ? 1 : 0);
      }
      gaps.set(status.boom.gaps.length);
      unconfirmed.set(status.boom.unconfirmed);
      pushFailures.set(status.boom.pushFailures);
      for (const connection of status.connections) {
        for (const [state, count] of Object.entries(connection.records)) {
          records.set({ connection: connection.name, state }, count);
        }
        up.set({ connection: connection.name }, connection.health === 'broken' ? 0 : 1);
        paused.set({ connection: connection.name }, connection.health === 'paused' ? 1 : 0);
        due.set({ connection: connection.name }, connection.due);
      }
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

const secondsOf = (at: string | null) => (at === null ? 0 : Date.parse(at) / 1000);
const bytesOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
