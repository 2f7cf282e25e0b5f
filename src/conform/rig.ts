/**
 * One case's world: a home, the connector under test before its fake, and the real engine between them. Time is the
 * rig's own and passes when a case says so.
 */
import { createHash, randomUUID } from 'node:crypto';
import { type AppOptions, createApp } from '../app.ts';
import type { Config, ConnectionConfig } from '../config/config.ts';
import { formatFaults } from '../config/fault.ts';
import type { Connection } from '../connect/connection.ts';
import { type LoadOptions, loadConnections } from '../connect/load.ts';
import type { HttpOptions } from '../http/http.ts';
import type { CommandArgs, CommandName, CommandResult } from '../operate/commands.ts';
import { createLog } from '../operate/log.ts';
import type { ConnectionHealth } from '../store/connections.ts';
import type { Stores } from '../store/stores.ts';
import type { SyncState } from '../store/sync.ts';
import { Unmet } from './case.ts';
import type { FakePerson, FakePms } from './fake.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import type { Home, Homes } from './home.ts';
import { OTHER_UNIT, type Said, UNIT } from './people.ts';
import type { Subject } from './subject.ts';

export interface RigOptions {
  config?: Partial<ConnectionConfig>;
  /** For a whole request, in milliseconds. */
  timeoutMs?: number;
}

export type StepHook = NonNullable<AppOptions['step']>;

export interface Rig {
  subject: Subject;
  fake: FakePms;
  server: FakeServer;
  /** How the connector asked for its HTTP clients; they wait for no window here. */
  asked: HttpOptions[];
  /** Every line of the log, oldest first. */
  logged: string[];
  readonly connection: Connection;
  readonly stores: Stores;
  now(): Date;
  /** Appends each as a delivery of its own, a second apart. */
  deliver(...said: Said[]): Promise<void>;
  /** Projects and reconciles until nothing is due at the rig's time. */
  drain(step?: StepHook): Promise<void>;
  /** As a person asks for it at the command line. */
  command<N extends CommandName>(name: N, args: CommandArgs<N>): Promise<CommandResult<N>>;
  /** Lets time pass. */
  pass(minutes: number): void;
  /** Everybody is looked at again, as `resync --verify` does. */
  recheck(): Promise<void>;
  states(): Promise<SyncState[]>;
  health(): Promise<ConnectionHealth | null>;
  /** The records of the subject's kind, as the PMS shows them. */
  people(): FakePerson[];
  /** As a process that was killed and started again; with `changes` to the connection's file. */
  restart(changes?: Partial<ConnectionConfig>): Promise<void>;
  /** As an installation that begins anew: no database, the same PMS. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

const START = Date.UTC(2026, 10, 23, 12);
const TIMEOUT_MS = 5_000;
const ACCOUNT = 'main';

export async function openRig(subject: Subject, homes: Homes, options: RigOptions = {}): Promise<Rig> {
  const home = await homes.open();
  let time = START;
  const now = () => new Date(time);
  const fake = subject.factory(now, home.folder);
  const server = await startFakeServer(fake);
  const asked: HttpOptions[] = [];
  const logged: string[] = [];
  const log = createLog('debug', { write: (line) => void logged.push(line) });
  const tune = (http: HttpOptions): HttpOptions => {
    asked.push(http);
    return { ...http, retries: 0, windows: [] };
  };
  let config = options.config;
  const load = () =>
    connectionTo(subject, fake, server, {
      ...options,
      ...(config === undefined ? {} : { config }),
      tune,
      manifests: subject.loaded,
      dataDir: home.folder,
    });
  let connection = await load();
  const app = (step?: StepHook) =>
    createApp({
      config: configOf(home),
      connections: [connection],
      stores: home.stores,
      log,
      now,
      ...(step ? { step } : {}),
    });
  return {
    subject,
    fake,
    server,
    asked,
    logged,
    get connection() {
      return connection;
    },
    get stores() {
      return home.stores;
    },
    now,
    async deliver(...said) {
      for (const body of said) {
        time += 1000;
        await append(home.stores, body, now());
      }
    },
    drain: (step) => app(step).drain(),
    async command<N extends CommandName>(name: N, args: CommandArgs<N>) {
      const answer = await app().commands.run(name, args);
      if ('error' in answer) throw new Unmet(`The command ${name} was refused: ${String(answer.error)}`);
      return answer as CommandResult<N>;
    },
    pass(minutes) {
      time += minutes * 60_000;
    },
    async recheck() {
      await home.stores.sync.makeDue({ tenantIds: await tenantIds(home.stores) });
    },
    states: async () => home.stores.sync.states(await tenantIds(home.stores)),
    health: () => home.stores.connections.get(connection.name),
    people: () => fake.people(subject.kind),
    async restart(changes) {
      config = { ...config, ...changes };
      await home.reopen();
      connection = await load();
    },
    async forget() {
      await home.forget();
      connection = await load();
    },
    async close() {
      await server.close();
      await home.remove();
    },
  };
}

async function tenantIds({ tenants }: Stores): Promise<string[]> {
  return (await tenants.list({})).map(({ record }) => record.id);
}

async function connectionTo(
  { connector, manifest }: Subject,
  fake: FakePms,
  { url }: FakeServer,
  { config, timeoutMs = TIMEOUT_MS, ...options }: RigOptions & LoadOptions,
): Promise<Connection> {
  const { local, byHand } = manifest.capabilities;
  const own: ConnectionConfig = {
    // The files of a local connector of this name are in the data folder itself.
    name: manifest.id,
    file: `config/connections/${manifest.id}.yaml`,
    connector,
    label: null,
    mode: 'live',
    server: local || byHand ? null : (fake.server?.(url) ?? url),
    credentials: fake.credentials,
    takes: null,
    create: 'applicant',
    // As a landlord who has looked: what the connector can do is what is tried.
    notes: true,
    createsPerDay: 1000,
    decisionDelayMinutes: 0,
    onEnd: { declined: 'status', canceled: 'status', merged: 'status', moved_out: 'annotate' },
    units: unitsOf(fake),
    fields: {},
    ...config,
  };
  const loaded = await loadConnections([own], { ...options, timeoutMs });
  if (!loaded.ok) throw new Error(formatFaults(loaded.faults));
  const [connection] = loaded.connections;
  if (connection === undefined) throw new Error('No connection was loaded');
  return connection;
}

function unitsOf({ units: [first, second] }: FakePms): Record<string, string> {
  return {
    ...(first === undefined ? {} : { [UNIT]: first.id }),
    ...(second === undefined ? {} : { [OTHER_UNIT]: second.id }),
  };
}

function configOf({ folder }: Home): Config {
  return {
    home: folder,
    configDir: folder,
    dataDir: folder,
    databaseFile: '',
    host: '127.0.0.1',
    port: 0,
    trustedProxies: [],
    publicUrl: null,
    timezone: 'UTC',
    accounts: [
      {
        name: ACCOUNT,
        environment: 'production',
        webhookKeys: [],
        bareRent: 'dollars',
        currency: 'USD',
        country: 'US',
        api: null,
      },
    ],
    resyncSchedule: null,
    backup: { schedule: null, keep: { daily: 1, weekly: 0 }, folder, passphrase: null },
    retention: {
      schedule: null,
      bodiesMs: null,
      failedBodiesMs: null,
      attemptsMs: null,
      decisionsMs: null,
      applicantsMs: null,
    },
    alerts: { channels: [], quietHours: null, weekly: null, heartbeat: null },
    connections: [],
    logLevel: 'silent',
  };
}

/** As it came, denied keys included: what the receiver takes out must not be needed to keep it from a PMS. */
async function append({ inbox }: Stores, said: Said, at: Date): Promise<void> {
  const body = JSON.stringify(said);
  await inbox.appendAll([
    {
      account: ACCOUNT,
      source: 'webhook',
      requestId: typeof said.request_id === 'string' ? said.request_id : randomUUID(),
      wireEvent: String(said.event),
      bodyHash: createHash('sha256').update(body).digest('hex'),
      body,
      receivedAt: at.toISOString(),
    },
  ]);
}
