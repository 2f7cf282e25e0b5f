/** The whole pipeline behind the front door, with one connection and a clock of its own. */
import { join } from 'node:path';
import type { Knex } from 'knex';
import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { BoomApi } from '../../src/boom/api/client.ts';
import type { Config } from '../../src/config/config.ts';
import type { Connection } from '../../src/connect/connection.ts';
import { createLog } from '../../src/operate/log.ts';
import type { Step } from '../../src/reconcile/pass-tools.ts';
import type { StoredAttempt } from '../../src/store/attempts.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createStores, type Stores } from '../../src/store/stores.ts';
import type { SyncState } from '../../src/store/sync.ts';
import type { TestStore } from './store.ts';

export type OnStep = (step: Step) => void | Promise<void>;

export interface EngineRig extends TestStore {
  connection: Connection;
  now(): Date;
  /** Projects and reconciles until nothing is due at the rig's time. */
  drain(step?: OnStep): Promise<void>;
  /**
   * As `drain`, and killed at `step`: nothing that comes after it ever happens, and what is left is what the database
   * file and the PMS hold now. False where it ended before it came to that step.
   */
  killedAt(step: Step): Promise<boolean>;
  /** Lets time pass. */
  pass(minutes: number): void;
  states(): Promise<SyncState[]>;
  /** Of every tenant, oldest first. */
  attempts(): Promise<StoredAttempt[]>;
  /** Another connection in its place, as after an edit of its file. */
  reconnect(connection: Connection): void;
}

const CONFIG = {
  timezone: 'UTC',
  dataDir: '/nowhere',
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

/** One for all rigs: each logger keeps an exit listener. */
const silent = createLog('silent');

/** `boom`: the API of the account, where there is one. */
export function engineRig(store: TestStore, first: Connection, boom: BoomApi | null = null): EngineRig {
  let now = Date.UTC(2026, 10, 23, 12);
  let { stores, knex } = store;
  const appOf = (opened: Stores, step?: OnStep) =>
    createApp({
      config: CONFIG,
      connections: [rig.connection],
      stores: opened,
      log: silent,
      now: () => new Date(now),
      ...(boom ? { sources: new Map([['main', boom]]) } : {}),
      ...(step ? { step } : {}),
    });
  const reopen = async (): Promise<Knex> => {
    const opened = await openDatabase(join(store.folder, 'boomsync.sqlite'));
    onTestFinished(async () => {
      await opened.destroy();
    });
    return opened;
  };
  const rig: EngineRig = {
    ...store,
    connection: first,
    now: () => new Date(now),
    async drain(step) {
      await appOf(stores, step).drain();
    },
    async killedAt(at) {
      const died = await new Promise<boolean>((settle, fail) => {
        appOf(stores, async (step) => {
          if (step !== at) return;
          settle(true);
          await new Promise<never>(() => {});
        })
          .drain()
          .then(() => settle(false), fail);
      });
      knex = await reopen();
      stores = createStores(knex);
      return died;
    },
    pass(minutes) {
      now += minutes * 60_000;
    },
    async states() {
      const tenants = await store.tenants();
      return await stores.sync.states(tenants.map((tenant) => tenant.id));
    },
    async attempts() {
      const all = [];
      for (const { id } of await store.tenants()) all.push(...(await stores.attempts.of(id, 1000)));
      return all.sort((a, b) => a.id - b.id);
    },
    reconnect(connection) {
      rig.connection = connection;
    },
  };
  return rig;
}
