/** Every table's reader and writer over one database. */
import type { Knex } from 'knex';
import type { ProjectionStore } from '../project/projection-store.ts';
import { type AttemptStore, createAttemptStore } from './attempts.ts';
import { type CommandStore, createCommandStore } from './commands.ts';
import { type ConnectionStore, createConnectionStore } from './connections.ts';
import { Inbox } from './inbox.ts';
import { createInstallation } from './installation.ts';
import { createProjectionStore } from './projection.ts';
import { createReadStore, type ReadStore } from './reads.ts';
import { createRemoteIndexStore, type RemoteIndexStore } from './remote-index.ts';
import { createReplayStore, type ReplayStore } from './replay.ts';
import { createResyncStore, type ResyncStore } from './resyncs.ts';
import { createSpentRequestStore, type SpentRequestStore } from './spent-requests.ts';
import { createSyncStore, type SyncStore } from './sync.ts';
import { createTenantStore, type TenantStore } from './tenants.ts';
import { createUptimeStore, type UptimeStore } from './uptime.ts';

export interface Stores {
  inbox: Inbox;
  projection: ProjectionStore;
  tenants: TenantStore;
  sync: SyncStore;
  attempts: AttemptStore;
  connections: ConnectionStore;
  /** Which installation this is. */
  installation: () => Promise<string>;
  commands: CommandStore;
  reads: ReadStore;
  remoteIndex: RemoteIndexStore;
  replay: ReplayStore;
  resyncs: ResyncStore;
  spentRequests: SpentRequestStore;
  uptime: UptimeStore;
}

export function createStores(knex: Knex): Stores {
  const inbox = new Inbox(knex);
  return {
    inbox,
    projection: createProjectionStore(knex, inbox),
    tenants: createTenantStore(knex),
    sync: createSyncStore(knex),
    attempts: createAttemptStore(knex),
    connections: createConnectionStore(knex),
    installation: createInstallation(knex),
    commands: createCommandStore(knex),
    reads: createReadStore(knex),
    remoteIndex: createRemoteIndexStore(knex),
    replay: createReplayStore(knex),
    resyncs: createResyncStore(knex),
    spentRequests: createSpentRequestStore(knex),
    uptime: createUptimeStore(knex),
  };
}
