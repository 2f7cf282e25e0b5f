/** Records that are made when a person lets them, and not before. Pure. */
import type { Connection } from '../connect/connection.ts';
import type { Kind } from '../connect/contract.ts';
import type { SyncState } from '../store/sync.ts';
import type { WantedRecord } from './wanted.ts';

/**
 * Those that `approve` would let be made: beyond the day's quota, or not there where the connection makes none by
 * itself and the PMS takes a new one. `SyncStore.approve` takes them; the latter only by name.
 */
export function approvable(
  connection: Pick<Connection, 'name' | 'create' | 'capabilities'>,
  states: readonly SyncState[],
): SyncState[] {
  return states.filter(
    (state) =>
      state.connection === connection.name &&
      state.state === 'parked' &&
      (state.cause === 'over_quota'
        ? state.approvedAt === null
        : mustBeNamed(state) && state.namedAt === null && canBeNamed(connection, state.kind)),
  );
}

/**
 * Whether a person may let a record be made that the connection makes not by itself. A tenant only where `create: tenant`
 * says so as well: some PMS moves whom it makes into the unit.
 */
export function canBeNamed(
  { create, capabilities }: Pick<Connection, 'create' | 'capabilities'>,
  kind: Kind,
): boolean {
  return capabilities.creates.includes(kind) && (kind === 'applicant' || create === 'tenant');
}

/** Whether only a person who names it lets it be made. */
export function mustBeNamed({ cause }: Pick<SyncState, 'cause'>): boolean {
  return cause === 'not_there';
}

/**
 * Whether a record that is not to be made is made all the same. An approval of many at once is not enough: the landlord
 * may have said `create: never` since.
 */
export function isLet(
  { onApproval }: Pick<WantedRecord, 'onApproval'>,
  { namedAt }: Pick<SyncState, 'namedAt'>,
): boolean {
  return onApproval && namedAt !== null;
}
