/** What the doctor looks at, as far as it is there: a home that is ill must still be examined. */
import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { packageRoot } from '../config/home.ts';
import { loadConfig } from '../config/load.ts';
import { loadConnections } from '../connect/load.ts';
import type { DoctorSources } from '../operate/doctor/doctor.ts';
import { openDatabase, schemaState } from '../store/database.ts';
import { createStores, type Stores } from '../store/stores.ts';
import { readConfig, runningServer } from './home.ts';

/** Throws a `Failure` where there is no home, or its configuration cannot be read at all. */
export async function withDoctorSources<T>(work: (sources: DoctorSources) => Promise<T>): Promise<T> {
  const shown = await readConfig('none');
  const loaded = await loadConfig(undefined, 'all');
  const config = 'config' in loaded ? loaded.config : shown;
  const made = await loadConnections(config.connections, {
    dataDir: config.dataDir,
    onlyLook: 'faults' in loaded,
  });
  const faults = ('faults' in loaded ? loaded.faults.length : 0) + (made.ok ? 0 : made.faults.length);
  return await withStores(config, (stores) =>
    work({
      root: packageRoot(),
      config,
      faults,
      connections: made.ok ? made.connections : [],
      stores,
      running: runningServer(config) !== null,
      now: () => new Date(),
    }),
  );
}

/** Without a database, or with one that is damaged or of another version, there are none. */
async function withStores<T>(
  { databaseFile }: Config,
  work: (stores: Stores | null) => Promise<T>,
): Promise<T> {
  if (!existsSync(databaseFile)) return await work(null);
  const knex = await openDatabase(databaseFile, { readonly: true }).catch(() => null);
  if (knex === null) return await work(null);
  try {
    const state = await schemaState(knex).catch(() => null);
    const current = state !== null && state.pending.length === 0 && state.unknown.length === 0;
    return await work(current ? createStores(knex) : null);
  } finally {
    await knex.destroy();
  }
}
