/** Every table's reader and writer over one database. */
import type { Knex } from 'knex';
import type { ProjectionStore } from '../project/projection-store.ts';
import { type AlertStore, createAlertStore } from './alerts.ts';
import { type ApiTokenStore, createApiTokenStore } from './api-tokens.ts';
import { type AttemptStore, createAttemptStore } from './attempts.ts';
import { type CommandStore, createCommandStore } from './commands.ts';
import { type ConnectionStore, createConnectionStore } from './connections.ts';
import { schemaState } from './database.ts';
import { createDayStore, type DayStore } from './days.ts';
import { createHeardStore, type HeardStore } from './heard.ts';
import { Inbox } from './inbox.ts';
import { createInstallation } from './installation.ts';
import { createNeedsStore, type NeedsStore } from './needs.ts';
import { createNoticeStore, type NoticeStore } from './notices.ts';
import { createOutboxStore, type OutboxStore } from './outbox.ts';
import { createPeopleStore, type PeopleStore } from './people.ts';
import { createPeopleLogStore, type PeopleLogStore } from './people-log.ts';
import { createProjectionStore } from './projection.ts';
import { createReadStore, type ReadStore } from './reads.ts';
import { createRemoteIndexStore, type RemoteIndexStore } from './remote-index.ts';
import { createReplayStore, type ReplayStore } from './replay.ts';
import { createReportingStore, type ReportingStore } from './reporting.ts';
import { createResyncStore, type ResyncStore } from './resyncs.ts';
import { createRetentionStore, type RetentionStore } from './retention.ts';
import { createSessionStore, type SessionStore } from './sessions.ts';
import { createSignInLinkStore, type SignInLinkStore } from './sign-in-links.ts';
import { createSpentRequestStore, type SpentRequestStore } from './spent-requests.ts';
import { createSyncStore, type SyncStore } from './sync.ts';
import { createTenantSearch, type TenantSearch } from './tenant-search.ts';
import { fillWords } from './tenant-words.ts';
import { createTenantStore, type TenantStore } from './tenants.ts';
import { createUpkeepStore, type UpkeepStore } from './upkeep.ts';
import { createUptimeStore, type UptimeStore } from './uptime.ts';

export interface Stores {
  inbox: Inbox;
  projection: ProjectionStore;
  tenants: TenantStore;
  tenantSearch: TenantSearch;
  /** One step over tenants whom no word finds yet; false when there are none left. */
  fillWords: () => Promise<boolean>;
  sync: SyncStore;
  alerts: AlertStore;
  attempts: AttemptStore;
  connections: ConnectionStore;
  /** Which installation this is. */
  installation: () => Promise<string>;
  /** Which migrations its tables have gone through, in order. */
  migrations: () => Promise<string[]>;
  commands: CommandStore;
  days: DayStore;
  heard: HeardStore;
  outbox: OutboxStore;
  needs: NeedsStore;
  notices: NoticeStore;
  reads: ReadStore;
  remoteIndex: RemoteIndexStore;
  replay: ReplayStore;
  reporting: ReportingStore;
  resyncs: ResyncStore;
  spentRequests: SpentRequestStore;
  retention: RetentionStore;
  upkeep: UpkeepStore;
  uptime: UptimeStore;
  people: PeopleStore;
  peopleLog: PeopleLogStore;
  sessions: SessionStore;
  signInLinks: SignInLinkStore;
  apiTokens: ApiTokenStore;
}

export function createStores(knex: Knex): Stores {
  const inbox = new Inbox(knex);
  return {
    inbox,
    projection: createProjectionStore(knex, inbox),
    tenants: createTenantStore(knex),
    tenantSearch: createTenantSearch(knex),
    fillWords: () => fillWords(knex),
    sync: createSyncStore(knex),
    alerts: createAlertStore(knex),
    attempts: createAttemptStore(knex),
    connections: createConnectionStore(knex),
    installation: createInstallation(knex),
    migrations: async () => (await schemaState(knex)).applied,
    commands: createCommandStore(knex),
    days: createDayStore(knex),
    heard: createHeardStore(knex),
    outbox: createOutboxStore(knex),
    needs: createNeedsStore(knex),
    notices: createNoticeStore(knex),
    reads: createReadStore(knex),
    remoteIndex: createRemoteIndexStore(knex),
    replay: createReplayStore(knex),
    reporting: createReportingStore(knex),
    resyncs: createResyncStore(knex),
    spentRequests: createSpentRequestStore(knex),
    retention: createRetentionStore(knex),
    upkeep: createUpkeepStore(knex),
    uptime: createUptimeStore(knex),
    people: createPeopleStore(knex),
    peopleLog: createPeopleLogStore(knex),
    sessions: createSessionStore(knex),
    signInLinks: createSignInLinkStore(knex),
    apiTokens: createApiTokenStore(knex),
  };
}
