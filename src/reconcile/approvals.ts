/** Records that are made when a person lets them, and not before. Pure. */
import type { Connection } from '../connect/connection.ts';
import type { SyncState } from '../store/sync.ts';

/**
 * Those that `approve` would let be made: beyond the day's quota, or tenants where the connection makes tenants and
 * asks for each. `SyncStore.approve` takes them.
 */
export function approvable(
  { name, create, capabilities }: Pick<Connection, 'name' | 'create' | 'capabilities'>,
  states: readonly SyncState[],
): SyncState[] {
  const makesTenants = create === 'tenant' && capabilities.creates.includes('tenant');
  return states.filter(
    ({ connection, state, cause, kind, approvedAt }) =>
      connection === name &&
      state === 'parked' &&
      approvedAt === null &&
      (cause === 'over_quota' || (cause === 'not_there' && kind === 'tenant' && makesTenants)),
  );
}
