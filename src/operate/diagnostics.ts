/**
 * What whoever helps a landlord has to know, and nothing about anybody: no names, addresses, keys or paths. It is made
 * of counts, kinds and modes alone, so that there is nothing that would have to be taken out.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { shippedManifests } from '../connect/catalogue.ts';
import type { Connection } from '../connect/connection.ts';
import type { Stores } from '../store/stores.ts';
import type { Status } from './status.ts';

export interface Diagnostics {
  version: string;
  node: string;
  /** `linux x64`. */
  platform: string;
  timezone: string;
  /** How Boom reaches this computer: its address is left out. */
  publicAddress: 'none' | 'http' | 'https';
  /** Null: only by command. */
  schedules: { resync: string | null; backup: string | null; retention: string | null };
  database: {
    bytes: number;
    /** What is committed and not yet put into the file. */
    logBytes: number;
    /** The last migration, and how many there were. */
    schema: string | null;
    migrations: number;
  };
  /** Files and folders of the home, alike ones together. */
  files: { what: string; count: number; mode: string }[];
  accounts: { environment: string; api: boolean }[];
  /** `connector`: `own` where it does not come with boomsync. */
  connections: {
    connector: string;
    mode: string;
    health: string;
    due: number;
    records: Status['connections'][number]['records'];
  }[];
  alerts: { kind: string; waiting: number; failing: string | null }[];
  verdict: string;
  tenants: Status['tenants'];
  events: Status['events'];
  backup: { on: boolean; lastVerifiedAt: string | null; failure: string | null };
}

export interface DiagnosticsSources {
  version: string;
  config: Config;
  stores: Pick<Stores, 'migrations' | 'outbox'>;
  connections: readonly Pick<Connection, 'name' | 'connectorId'>[];
  status: Status;
}

export async function readDiagnostics(sources: DiagnosticsSources): Promise<Diagnostics> {
  const { version, config, stores, connections, status } = sources;
  const migrations = await stores.migrations();
  const channels = await stores.outbox.channels();
  const shipped = new Set(shippedManifests().map(({ id }) => id));
  const connectorOf = (name: string) => {
    const id = connections.find((one) => one.name === name)?.connectorId ?? '';
    return shipped.has(id) ? id : 'own';
  };
  return {
    version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    timezone: config.timezone,
    publicAddress:
      config.publicUrl === null ? 'none' : config.publicUrl.startsWith('https:') ? 'https' : 'http',
    schedules: {
      resync: config.resyncSchedule,
      backup: config.backup.schedule,
      retention: config.retention.schedule,
    },
    database: {
      bytes: bytesOf(config.databaseFile),
      logBytes: bytesOf(`${config.databaseFile}-wal`),
      schema: migrations.at(-1) ?? null,
      migrations: migrations.length,
    },
    files: homeFiles(config),
    accounts: config.accounts.map(({ environment, api }) => ({ environment, api: api !== null })),
    connections: status.connections.map(({ name, mode, health, due, records }) => ({
      connector: connectorOf(name),
      mode,
      health,
      due,
      records,
    })),
    alerts: config.alerts.channels.map(({ name, kind }) => {
      const state = channels.find(({ channel }) => channel === name);
      return { kind, waiting: state?.waiting ?? 0, failing: state?.failing?.error ?? null };
    }),
    verdict: status.verdict,
    tenants: status.tenants,
    events: status.events,
    backup: {
      on: status.backup.on,
      lastVerifiedAt: status.backup.lastVerifiedAt,
      failure: status.backup.failure?.kind ?? null,
    },
  };
}

/** A line each, to be read before it is given to anybody. */
export function diagnosticsText(found: Diagnostics): string {
  const { database, schedules, backup } = found;
  const counts = (of: object) =>
    Object.entries(of)
      .map(([name, value]) => `${name} ${value ?? 'none'}`)
      .join(', ');
  return [
    `boomsync ${found.version}, Node.js ${found.node}, ${found.platform}`,
    `time zone ${found.timezone}, public address: ${found.publicAddress}`,
    `verdict: ${found.verdict}`,
    `database: ${database.bytes} bytes, log ${database.logBytes} bytes`,
    `schema: ${database.schema ?? 'none'} (${database.migrations} migrations)`,
    `schedules: ${counts(schedules)}`,
    `backup: ${backup.on ? 'on' : 'off'}, last checked ${backup.lastVerifiedAt ?? 'never'}, failure: ${backup.failure ?? 'none'}`,
    `tenants: ${counts(found.tenants)}`,
    `messages: ${counts(found.events)}`,
    ...found.accounts.map(
      ({ environment, api }, at) =>
        `account ${at + 1}: ${environment}, reads from Boom: ${api ? 'yes' : 'no'}`,
    ),
    ...found.connections.map(
      ({ connector, mode, health, due, records }, at) =>
        `connection ${at + 1}: ${connector}, ${mode}, ${health}, due ${due}, ${counts(records)}`,
    ),
    ...found.alerts.map(
      ({ kind, waiting, failing }, at) =>
        `alert ${at + 1}: ${kind}, waiting ${waiting}, failing: ${failing ?? 'no'}`,
    ),
    ...found.files.map(
      ({ what, count, mode }) => `${what}: ${count === 1 ? '' : `${count} with `}mode ${mode}`,
    ),
  ].join('\n');
}

/** Files and folders of the home that are there, alike ones together. */
export function homeFiles({ configDir, dataDir, databaseFile }: Config): Diagnostics['files'] {
  return [
    { what: 'config/boomsync.yaml', paths: [join(configDir, 'boomsync.yaml')] },
    { what: 'config/connections/*.yaml', paths: filesIn(join(configDir, 'connections'), '.yaml') },
    { what: 'config/secrets', paths: [join(configDir, 'secrets')] },
    { what: 'config/secrets/*', paths: filesIn(join(configDir, 'secrets'), '') },
    { what: 'data', paths: [dataDir] },
    { what: 'data/boomsync.sqlite', paths: [databaseFile] },
  ].flatMap(({ what, paths }) => {
    const modes = paths.map(modeOf).filter((mode) => mode !== null);
    return [...new Set(modes)].map((mode) => ({
      what,
      mode,
      count: modes.filter((one) => one === mode).length,
    }));
  });
}

function filesIn(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && entry.name.endsWith(ending))
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

/** `0600`; null where there is none. */
function modeOf(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? null : (stat.mode & 0o777).toString(8).padStart(4, '0');
}

const bytesOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
