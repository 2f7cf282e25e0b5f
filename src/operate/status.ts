/** Is everything all right? One verdict from the store, for the terminal now and for the pages later. */
import type { Config } from '../config/config.ts';
import type { Connection } from '../connect/connection.ts';
import { type ConnectionHealth, healthName, type PausedWhy } from '../store/connections.ts';
import type { EventStatus } from '../store/inbox.ts';
import type { Stores } from '../store/stores.ts';
import { SYNC_STATES, type SyncStateName } from '../store/sync.ts';
import { type BackupFacts, backupFacts } from './backup/state.ts';
import { type GapReport, readGaps } from './gaps.ts';
import { type Silence, silenceOf } from './silence.ts';
import { type Said, verdictOf } from './verdict.ts';

export interface ConnectionStatus {
  name: string;
  label: string;
  mode: 'preview' | 'live';
  /** `broken`: it was refused or cannot be reached · `paused`: by the landlord. What waits is held. */
  health: 'working' | 'broken' | 'paused';
  message: string | null;
  remedy: string | null;
  since: string | null;
  /** Broken, and tried again by itself: nobody has to do anything yet. */
  heals: boolean;
  /** Of a pause: `restored` where nobody has compared since a backup was restored. */
  pausedWhy: PausedWhy | null;
  /** `parked` leaves out what is quiet. */
  records: Record<SyncStateName, number>;
  /** Records that need a person who does not want to hear of them now. */
  quiet: number;
  /** Tenants that wait for a pass. */
  due: number;
  /** Decisions of Boom's that settle before they are sent. */
  settling: number;
}

export interface Status extends Said {
  server: { running: boolean; address: string | null };
  /**
   * `waitingForBoom`: records that settle with what Boom says next. `held`: records that a person holds back.
   * `weaklyJoined`: people of whom somebody has to say whether they are one or two, and no record asks it.
   */
  tenants: { total: number; inLine: number; waitingForBoom: number; held: number; weaklyJoined: number };
  events: { total: number; lastAt: string | null } & Record<EventStatus, number>;
  connections: ConnectionStatus[];
  backup: BackupFacts;
  boom: {
    accounts: AccountStatus[];
    /** Times in which Boom could not reach us, of which something is still open. */
    gaps: GapReport[];
    /** Whether Boom is quieter than usual. */
    silence: Silence;
    /** Tenants whom Boom itself failed to put into a PMS. */
    pushFailures: number;
    /** Tenants of whom something is unconfirmed since one of them. */
    unconfirmed: number;
  };
}

export interface AccountStatus {
  name: string;
  /** Boom's API: `none` without keys, `refused` where it does not take them, `broken` where it fails otherwise. */
  api: 'none' | 'working' | 'refused' | 'broken';
  message: string | null;
  remedy: string | null;
  /** Objects that are still to be read. */
  waiting: number;
}

export interface StatusSources {
  stores: Stores;
  connections: readonly Pick<Connection, 'name' | 'label' | 'mode' | 'revision'>[];
  config: Pick<Config, 'accounts' | 'timezone' | 'backup'>;
  server: { running: boolean; address: string | null };
  now: () => Date;
}

export async function readStatus(sources: StatusSources): Promise<Status> {
  const { stores, connections, config, server, now } = sources;
  const { tenants, sync, inbox } = stores;
  const counts = await sync.countByState();
  const quieted = await sync.countQuiet(now().toISOString());
  const health = new Map((await stores.connections.all()).map((h) => [h.name, h]));
  const byStatus = await inbox.countByStatus();
  const [last] = await inbox.list({ limit: 1, source: 'webhook' });
  const total = await tenants.count();
  const list: ConnectionStatus[] = [];
  for (const { name, label, mode, revision } of connections) {
    const records = Object.fromEntries(
      SYNC_STATES.map((state) => [
        state,
        counts.find((c) => c.connection === name && c.state === state)?.count ?? 0,
      ]),
    ) as Record<SyncStateName, number>;
    const quiet = quieted.find(({ connection }) => connection === name)?.count ?? 0;
    records.parked = Math.max(records.parked - quiet, 0);
    const own = health.get(name);
    list.push({
      name,
      label,
      mode,
      health: own?.pausedAt ? 'paused' : (own?.state ?? 'working'),
      message: own?.message ?? null,
      remedy: own?.remedy ?? null,
      since: own?.pausedAt ?? own?.since ?? null,
      heals: own !== undefined && own.state === 'broken' && healsItself(own, now()),
      pausedWhy: own?.pausedWhy ?? null,
      records,
      quiet,
      due: await sync.countDue(name, revision, now().toISOString()),
      settling: await sync.countWaiting([name], ['settling']),
    });
  }
  const names = connections.map((c) => c.name);
  const inLine = total - (await sync.tenantsNotInLine(connections));
  const status = {
    server,
    tenants: {
      total,
      inLine,
      waitingForBoom: await sync.countWaiting(names, ['unknown_person', 'unit_unknown']),
      held: await sync.countHeld(names),
      weaklyJoined: await stores.weakJoins.count(names),
    },
    events: {
      total: Object.values(byStatus).reduce((sum, n) => sum + n, 0),
      lastAt: last?.receivedAt ?? null,
      ...byStatus,
    },
    connections: list,
    backup: await backupFacts(sources),
    boom: {
      accounts: await accountsOf(sources, health),
      gaps: await readGaps(stores, config.accounts, { open: true }),
      silence: silenceOf(await stores.heard.days(), now()),
      pushFailures: await tenants.countPushFailures(),
      unconfirmed: await stores.uptime.countUnconfirmed(),
    },
  };
  return { ...verdictOf(status, config.timezone), ...status };
}

/** What lasts longer is no hiccup, and worth a look. */
const HICCUP_MS = 30 * 60_000;

/** A PMS restarts, and is maintained at night: it is reached again without anybody. */
function healsItself(health: ConnectionHealth, now: Date): boolean {
  return !isRefusal(health) && now.getTime() - Date.parse(health.since) < HICCUP_MS;
}

/** Waiting does not help: a person has to see to the keys. */
function isRefusal({ kind }: ConnectionHealth): boolean {
  return kind === 'unauthorized' || kind === 'forbidden';
}

async function accountsOf(
  { stores, config }: StatusSources,
  health: ReadonlyMap<string, ConnectionHealth>,
): Promise<AccountStatus[]> {
  const list: AccountStatus[] = [];
  for (const { name, api } of config.accounts) {
    const own = health.get(healthName(name));
    list.push({
      name,
      api:
        api === null ? 'none' : own?.state !== 'broken' ? 'working' : isRefusal(own) ? 'refused' : 'broken',
      message: own?.message ?? null,
      remedy: own?.remedy ?? null,
      waiting: api === null ? 0 : await stores.reads.countWanted(name),
    });
  }
  return list;
}
