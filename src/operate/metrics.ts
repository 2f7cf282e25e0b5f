/** `GET /metrics` for Prometheus. Counted from the store when asked, so that nothing is kept twice. */
import type { Status } from './status.ts';

/** The library is loaded when somebody first asks. */
export async function renderMetrics(status: Status): Promise<{ type: string; text: string }> {
  const { Gauge, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'boomsync_' });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `boomsync_${name}`, help, labelNames, registers: [registry] });

  gauge('tenants', 'Tenants on record').set(status.tenants.total);
  gauge('tenants_in_line', 'Tenants that every connection shows as we want them').set(status.tenants.inLine);
  const events = gauge('inbox_events', 'Events in the inbox by status', ['status']);
  for (const name of ['received', 'projected', 'ignored', 'failed', 'quarantined'] as const) {
    events.set({ status: name }, status.events[name]);
  }
  const last = status.events.lastAt;
  gauge('last_event_timestamp_seconds', 'When the last event was received; 0 for never').set(
    last === null ? 0 : Date.parse(last) / 1000,
  );
  const records = gauge('sync_records', 'Records by connection and sync state', ['connection', 'state']);
  const up = gauge('connection_up', '1 while the connection works', ['connection']);
  const due = gauge('connection_due_tenants', 'Tenants that wait for a pass', ['connection']);
  for (const connection of status.connections) {
    for (const [state, count] of Object.entries(connection.records)) {
      records.set({ connection: connection.name, state }, count);
    }
    up.set({ connection: connection.name }, connection.health === 'working' ? 1 : 0);
    due.set({ connection: connection.name }, connection.due);
  }
  return { type: registry.contentType, text: await registry.metrics() };
}
