/** A whole boomsync in this process: a landlord's home on disk, a PMS to play, the server on a port of its own. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BoomApi } from '../../src/boom/api/client.ts';
import { ensureHome } from '../../src/config/create.ts';
import { loadConfig } from '../../src/config/load.ts';
import { loadConnections } from '../../src/connect/load.ts';
import type { HttpOptions } from '../../src/http/http.ts';
import { createLog } from '../../src/operate/log.ts';
import { serve } from '../../src/serve.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { createStores, type Stores } from '../../src/store/stores.ts';
import { type FakeBuildium, startFakeBuildium } from '../fakes/buildium.ts';
import { temporaryFolder } from './store.ts';

export interface Landlord {
  folder: string;
  url: string;
  stores: Stores;
  buildium: FakeBuildium;
  /** Posts deliveries as Boom would, and waits until they have been worked on. */
  tell(...bodies: object[]): Promise<void>;
  /** Waits until nothing is due. */
  settled(): Promise<void>;
  read(file: string): string;
  /** Stops the server; the home stays. */
  stop(): Promise<void>;
}

export interface LandlordOptions {
  mode?: 'preview' | 'live';
  /** Further lines of `config/connections/oak.yaml`. */
  oak?: readonly string[];
  /** Further lines of `config/boomsync.yaml`. */
  main?: readonly string[];
  /** No connection but the rent roll that every home begins with. */
  withoutOak?: boolean;
  now?: () => Date;
  /** The PMS's own limit of requests is not kept: where a thousand people are looked up. */
  withoutLimit?: boolean;
  /** Boom's API by account, where there is one. */
  sources?: ReadonlyMap<string, BoomApi>;
  /** Over the variables that it starts with: `''` is as if not set. */
  env?: Readonly<Record<string, string>>;
  /** For several tests: whoever started it stops it. */
  keep?: boolean;
}

export async function startLandlord(options: LandlordOptions = {}): Promise<Landlord> {
  const { mode = 'live', oak = [], main = [], withoutOak = false } = options;
  const buildium = await startFakeBuildium();
  if (!options.keep) onTestFinished(() => buildium.close());
  const folder = options.keep ? mkdtempSync(join(tmpdir(), 'boomsync-landlord-')) : temporaryFolder();
  const env = {
    BOOMSYNC_HOME: folder,
    BOOMSYNC_PORT: '0',
    BOOM_WEBHOOK_KEY: 'test-key',
    OAK_SECRET: 'secret',
    ...options.env,
  };
  await ensureHome(env);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  if (!withoutOak) write('config/connections/oak.yaml', `${oakFile(mode, buildium.url, oak)}\n`);
  if (main.length > 0) write('config/boomsync.yaml', `${read('config/boomsync.yaml')}\n${main.join('\n')}\n`);

  const loaded = await loadConfig(env);
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  const { config } = loaded;
  const connect = async () => {
    const again = await loadConfig(env);
    if ('faults' in again) throw new Error(JSON.stringify(again.faults));
    const made = await loadConnections(again.config.connections, {
      dataDir: config.dataDir,
      ...(options.withoutLimit ? { tune: (http: HttpOptions) => ({ ...http, windows: [] }) } : {}),
    });
    if (!made.ok) throw new Error(JSON.stringify(made.faults));
    const { accounts, alerts } = again.config;
    return { connections: made.connections, accounts, alerts };
  };
  const knex = await openDatabase(config.databaseFile);
  await migrate(knex);
  const stores = createStores(knex);
  const server = await serve({
    config,
    connections: (await connect()).connections,
    stores,
    log: createLog('silent'),
    schemaCurrent: async () => true,
    reload: connect,
    ...(options.now ? { now: options.now } : {}),
    ...(options.sources ? { sources: options.sources } : {}),
  });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await server.stop();
    await knex.destroy();
    if (!options.keep) return;
    await buildium.close();
    rmSync(folder, { recursive: true, force: true });
  };
  if (!options.keep) onTestFinished(stop);
  const url = `http://127.0.0.1:${server.port}`;
  const settled = async () => {
    const id = await stores.commands.ask('retry', { tenantIds: null }, new Date().toISOString());
    while ((await stores.commands.take(id)) === undefined) await new Promise((turn) => setTimeout(turn, 20));
  };
  return {
    folder,
    url,
    stores,
    buildium,
    async tell(...bodies) {
      for (const body of bodies) await deliver(url, body);
      await settled();
    },
    settled,
    read,
    stop,
  };
}

function oakFile(mode: string, url: string, more: readonly string[]): string {
  return [
    '# Oak Street, by hand',
    'connector: buildium',
    `mode: ${mode}`,
    `server: ${url}`,
    'credentials: { clientId: id, clientSecret: env:OAK_SECRET }',
    'decisionDelayMinutes: 0',
    ...more,
  ].join('\n');
}

async function deliver(url: string, body: object): Promise<void> {
  const answer = await fetch(`${url}/webhooks/boom`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'test-key' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 202) throw new Error(`Boom was answered ${answer.status}`);
}
