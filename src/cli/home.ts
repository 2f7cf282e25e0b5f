/** What a command works on: the configuration, the database and the connections of one home. */
import { existsSync } from 'node:fs';
import type { Knex } from 'knex';
import type { Config, ConnectionConfig } from '../config/config.ts';
import { homeOf } from '../config/home.ts';
import { loadConfig, type NeededSecrets } from '../config/load.ts';
import type { Connection } from '../connect/connection.ts';
import { loadConnections } from '../connect/load.ts';
import { removePartialBackups } from '../store/backup.ts';
import { finishRestore } from '../store/backup-restore.ts';
import { migrate, NewerSchema, openDatabase, schemaState } from '../store/database.ts';
import { acquireHomeLock, readAnnouncement } from '../store/home-lock.ts';
import { removeScratch } from '../store/replay.ts';
import { createStores, type Stores } from '../store/stores.ts';
import { ConfigFailure, Failure } from './failure.ts';

export async function readConfig(needed: NeededSecrets = 'all'): Promise<Config> {
  const { home, mainFile } = homeOf();
  if (!existsSync(mainFile)) {
    throw new Failure(
      'not_started',
      `boomsync has not been started in ${home} yet`,
      'Run npm start: it makes what is missing. Or say in BOOMSYNC_HOME where your config/ is.',
    );
  }
  const loaded = await loadConfig(undefined, needed);
  if ('faults' in loaded) throw new ConfigFailure(loaded.faults);
  return loaded.config;
}

export async function readConnections(config: Config, onlyLook = false): Promise<Connection[]> {
  const loaded = await loadConnections(config.connections, { dataDir: config.dataDir, onlyLook });
  if (!loaded.ok) throw new ConfigFailure(loaded.faults);
  return loaded.connections;
}

/** A name that is misspelt is told at once, before anybody is asked or anything is handed over. */
export async function configuredConnection(
  name: string,
): Promise<{ config: Config; connection: ConnectionConfig }> {
  const config = await readConfig('none');
  const connection = config.connections.find((one) => one.name === name);
  if (connection === undefined) {
    throw new Failure(
      'unknown_connection',
      `There is no connection ${name}`,
      `They are: ${config.connections.map((one) => one.name).join(', ') || 'none'}`,
    );
  }
  return { config, connection };
}

export interface Opened {
  config: Config;
  knex: Knex;
  stores: Stores;
}

/** Opens the database to look; a server may be running beside it. */
export async function withReader<T>(
  work: (opened: Opened) => Promise<T>,
  needed: NeededSecrets = 'none',
): Promise<T> {
  const config = await readConfig(needed);
  if (!existsSync(config.databaseFile)) {
    throw new Failure('no_database', 'There is no database yet', 'Run npm start once: it makes one.');
  }
  const knex = await openDatabase(config.databaseFile, { readonly: true });
  try {
    const { pending, unknown } = await schemaState(knex);
    if (unknown.length > 0) throw new NewerSchema(unknown);
    if (pending.length > 0) {
      throw new Failure(
        'old_database',
        'The database is from an older version',
        'Run npm start once: it brings it up to date.',
      );
    }
    return await work({ config, knex, stores: createStores(knex) });
  } finally {
    await knex.destroy();
  }
}

/** Opens the database to change it: only whoever holds the home's lock may. */
export async function openToWrite(config: Config): Promise<Opened> {
  removeScratch(config.dataDir);
  finishRestore(config.dataDir);
  removePartialBackups(config.backup.folder, config.dataDir);
  const knex = await openDatabase(config.databaseFile);
  try {
    await migrate(knex);
  } catch (error) {
    await knex.destroy();
    throw error;
  }
  return { config, knex, stores: createStores(knex) };
}

/** Where the running server listens; null when none runs. */
export function runningServer(config: Config): { host: string; port: number; pid: number } | null {
  const lock = acquireHomeLock(config.dataDir);
  if (lock !== null) {
    lock.release();
    return null;
  }
  return readAnnouncement(config.dataDir);
}

/** As a client on this machine reaches it. */
export function addressOf({ host, port }: { host: string; port: number }): string {
  const reachable =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${reachable}:${port}`;
}
