/** `GET /metrics` for Prometheus. Counted from the store when asked, so that nothing is kept twice. */
import type { Gauge } from 'prom-client';
import type { Status } from './status.ts';

export interface Metrics {
  render(status: Status): Promise<{ type: string; text: string }>;
}

/** The library is loaded when somebody first asks; its own observers are begun once. */
export async function createMetrics(): Promise<Metrics> {
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

  return {
    async render(status) {
      tenants.set(status.tenants.total);
      inLine.set(status.tenants.inLine);
      for (const name of ['received', 'projected', 'ignored', 'failed', 'quarantined'] as const) {
        events.set({ status: name }, status.events[name]);
      }
      const { lastAt } = status.events;
      last.set(lastAt === null ? 0 : Date.parse(lastAt) / 1000);
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
