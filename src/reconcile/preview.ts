/** What would be done for a tenant in a connection, found anew and kept nowhere: `boomsync preview`. */
import type { Connection } from '../connect/connection.ts';
import type { PushError } from '../http/push-error.ts';
import type { RemoteIndexStore } from '../store/remote-index.ts';
import type { SyncState, SyncStore } from '../store/sync.ts';
import type { TenantRow } from '../store/tenants.ts';
import { createFinder } from './finder.ts';
import type { PassTools } from './pass-tools.ts';
import { passTenant } from './tenant-pass.ts';
import { UnitList } from './unit-list.ts';

export interface PreviewTools {
  sync: Pick<SyncStore, 'states' | 'holders'>;
  remoteIndex: RemoteIndexStore;
  timezone: string;
  installation: () => Promise<string>;
  now: () => Date;
  awaitsRead: PassTools['awaitsRead'];
}

export interface TenantPreview {
  /** One a record, as a pass in preview would have left it: `plan`, `cause`, `message`, `remedy`. Not kept. */
  records: SyncState[];
  /** The connection failed, or asked for time: `records` is not complete. */
  failure: PushError | null;
}

const nothingIsWritten = () => Promise.reject(new Error('A preview writes nothing'));

/** For one connection; call the function that it returns for each tenant. */
export function previewer(
  connection: Connection,
  { sync, remoteIndex, timezone, installation, now, awaitsRead }: PreviewTools,
): (tenant: TenantRow) => Promise<TenantPreview> {
  const shown: Connection = { ...connection, mode: 'preview' };
  const find = createFinder(shown, remoteIndex, now);
  const units = new UnitList(shown.connector, now);
  return async (tenant) => {
    const known = await sync.states([tenant.record.id], shown.name);
    const { states, failure } = await passTenant(tenant, shown, known, {
      sync: { holders: sync.holders, saveState: nothingIsWritten, saveIntent: nothingIsWritten },
      attempts: { save: nothingIsWritten },
      timezone,
      installation,
      now,
      random: () => 0,
      find,
      units: () => units.read(),
      awaitsRead,
    });
    return { records: states, failure };
  };
}
