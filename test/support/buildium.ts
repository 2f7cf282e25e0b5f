/** The whole pipeline behind the front door, with a Buildium connection to the stateful fake. */
import { onTestFinished } from 'vitest';
import type { BoomApi } from '../../src/boom/api/client.ts';
import type { ConnectionConfig } from '../../src/config/config.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { loadConnections } from '../../src/connect/load.ts';
import type { HttpOptions } from '../../src/http/http.ts';
import { type FakeBuildium, startFakeBuildium } from '../fakes/buildium.ts';
import { connectionConfig } from './connection-config.ts';
import { type EngineRig, engineRig } from './engine.ts';
import { openTestStore } from './store.ts';

export interface Rig extends EngineRig {
  buildium: FakeBuildium;
}

/** `boom`: the API of the account, where there is one. */
export async function buildiumRig(
  changes: Partial<ConnectionConfig> = {},
  boom: BoomApi | null = null,
): Promise<Rig> {
  const store = await openTestStore();
  const buildium = await startFakeBuildium();
  onTestFinished(() => buildium.close());
  const connection = await connectTo(buildium, changes, store.folder);
  return Object.assign(engineRig(store, connection, boom), { buildium });
}

/** A connection of the name `oak`, without the windows of Buildium's limit: no test waits for them. */
export async function connectTo(
  buildium: FakeBuildium,
  changes: Partial<ConnectionConfig>,
  dataDir: string,
): Promise<Connection> {
  const oak = connectionConfig({
    name: 'oak',
    server: buildium.url,
    credentials: { clientId: 'id', clientSecret: 'secret' },
    units: { '4B': '10231' },
    ...changes,
  });
  const tune = (http: HttpOptions) => ({ ...http, windows: [] });
  const loaded = await loadConnections([oak], { dataDir, tune });
  const [connection] = loaded.ok ? loaded.connections : [];
  if (connection === undefined) throw new Error(JSON.stringify(loaded));
  return connection;
}

const time = (minute: number) => new Date(Date.UTC(2026, 10, 1, 12, minute)).toISOString();

/** A delivery of the basic family about Ana Ruiz in 4B. */
export function aboutAna(event: string, minute: number, changes: object = {}): Record<string, unknown> {
  return {
    event,
    first_name: 'Ana',
    last_name: 'Ruiz',
    email: 'ana.ruiz@example.com',
    phone: '+15125550143',
    unit: '4B',
    application_id: 'a1',
    external_id: 'ext-ana',
    application_updated_at: time(minute),
    ...changes,
  };
}
