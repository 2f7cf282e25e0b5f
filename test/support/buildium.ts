/** The whole pipeline behind the front door, with a Buildium connection to the stateful fake. */
import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { BoomApi } from '../../src/boom/api/client.ts';
import type { Config, ConnectionConfig } from '../../src/config/config.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { loadConnections } from '../../src/connect/load.ts';
import { createLog } from '../../src/operate/log.ts';
import type { Step } from '../../src/reconcile/pass-tools.ts';
import type { SyncState } from '../../src/store/sync.ts';
import { type FakeBuildium, startFakeBuildium } from '../fakes/buildium.ts';
import { connectionConfig } from './connection-config.ts';
import { openTestStore, type TestStore } from './store.ts';

export interface Rig extends TestStore {
  buildium: FakeBuildium;
  /** Projects and reconciles until nothing is due at the rig's time. */
  drain(step?: (step: Step) => void | Promise<void>): Promise<void>;
  /** Lets time pass. */
  pass(minutes: number): void;
  states(): Promise<SyncState[]>;
}

/** `boom`: the API of the account, where there is one. */
export async function buildiumRig(
  changes: Partial<ConnectionConfig> = {},
  boom: BoomApi | null = null,
): Promise<Rig> {
  const store = await openTestStore();
  const buildium = await startFakeBuildium();
  onTestFinished(() => buildium.close());
  const oak = connectionConfig({
    name: 'oak',
    server: buildium.url,
    credentials: { clientId: 'id', clientSecret: 'secret' },
    units: { '4B': '10231' },
    ...changes,
  });
  const loaded = await loadConnections([oak], { dataDir: store.folder });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const connections: readonly Connection[] = loaded.connections;
  const config = {
    timezone: 'UTC',
    accounts: [
      {
        name: 'main',
        environment: 'production',
        webhookKeys: ['k'],
        bareRent: 'dollars',
        currency: 'USD',
        country: 'US',
        api: null,
      },
    ],
  } as unknown as Config;
  let now = Date.UTC(2026, 10, 23, 12);
  return {
    ...store,
    buildium,
    async drain(step) {
      const app = createApp({
        config,
        connections,
        stores: store.stores,
        log: silent,
        now: () => new Date(now),
        ...(boom ? { sources: new Map([['main', boom]]) } : {}),
        ...(step ? { step } : {}),
      });
      await app.drain();
    },
    pass(minutes) {
      now += minutes * 60_000;
    },
    async states() {
      const tenants = await store.tenants();
      return await store.stores.sync.states(tenants.map((tenant) => tenant.id));
    },
  };
}

/** One for all rigs: each logger keeps an exit listener. */
const silent = createLog('silent');

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
