/** The records of a tenant that wait for a person, as a command names them. */
import type { SyncState } from '../store/sync.ts';
import { Failure } from './failure.ts';
import { configuredConnection, withReader } from './home.ts';

export interface Waiting {
  tenantId: string;
  /** Of the connection where one was named. */
  all: SyncState[];
  /** Of these, those that need a person. */
  waiting: SyncState[];
}

export async function waitingRecords(id: string, connection: string | undefined): Promise<Waiting> {
  if (connection !== undefined) await configuredConnection(connection);
  return await withReader(async ({ stores }) => {
    const tenant = await stores.tenants.get(id);
    if (tenant === null)
      throw new Failure('unknown_tenant', `There is no tenant ${id}`, 'List them with: boomsync tenants');
    const tenantId = tenant.record.id;
    const all = await stores.sync.states([tenantId], connection);
    return { tenantId, all, waiting: all.filter(({ state }) => state === 'parked') };
  });
}

/** The one record that fits. */
export function theOne(records: readonly SyncState[], nobody: Failure): SyncState {
  const [only, second] = records;
  if (only === undefined) throw nobody;
  if (second === undefined) return only;
  const names = [...new Set(records.map(({ connection }) => connection))];
  throw new Failure(
    'several_records',
    `Several records of ${only.tenantId} fit, in ${names.join(' and ')}`,
    'Say which with --connection, and where that is not enough with --kind',
    2,
  );
}
