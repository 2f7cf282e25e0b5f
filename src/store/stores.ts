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
import { createForgetStore, type ForgetStore } from './forget.ts';
import { type Holds, scrubOthers } from './forget-others.ts';
import { createHeardStore, type HeardStore } from './heard.ts';
import { Inbox } from './inbox.ts';
import { createInstallation } from './installation.ts';
import { createLegalHoldStore, type LegalHoldStore } from './legal-holds.ts';
import { createNeedsStore, type NeedsStore } from './needs.ts';
import { createWeakJoinStore, type WeakJoinStore } from './needs-joins.ts';
import { createUnknownKindStore, type UnknownKindStore } from './needs-kinds.ts';
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
  forget: ForgetStore;
  /** Takes out what else names somebody: see src/store/forget-others.ts. */
  scrubOthers: (holds: Holds, dryRun: boolean) => Promise<Record<string, number>>;
  legalHolds: LegalHoldStore;
  heard: HeardStore;
  outbox: OutboxStore;
  needs: NeedsStore;
  notices: NoticeStore;
  weakJoins: WeakJoinStore;
  unknownKinds: UnknownKindStore;
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
    forget: createForgetStore(knex),
    scrubOthers: (holds, dryRun) => scrubOthers(knex, holds, dryRun),
    legalHolds: createLegalHoldStore(knex),
    heard: createHeardStore(knex),
    outbox: createOutboxStore(knex),
    needs: createNeedsStore(knex),
    notices: createNoticeStore(knex),
    weakJoins: createWeakJoinStore(knex),
    unknownKinds: createUnknownKindStore(knex),
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
