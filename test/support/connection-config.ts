/** A connection's configuration as `config/connections/*.yaml` without options comes to it; live, and without delays. */
import type { ConnectionConfig } from '../../src/config/config.ts';

export function connectionConfig(own: Partial<ConnectionConfig> = {}): ConnectionConfig {
  return {
    name: 'oak-street',
    file: 'config/connections/oak-street.yaml',
    connector: 'buildium',
    label: null,
    mode: 'live',
    server: null,
    credentials: {},
    takes: null,
    create: 'applicant',
    notes: null,
    createsPerDay: 20,
    decisionDelayMinutes: 0,
    onEnd: { declined: 'status', canceled: 'status', merged: 'status', moved_out: 'status' },
    units: {},
    fields: {},
    ...own,
  };
}
