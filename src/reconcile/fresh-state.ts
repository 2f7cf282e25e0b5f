/** A record of which nothing is known yet. */
import type { RecordName, SyncState } from '../store/sync.ts';

export function freshState({ tenantId, connection, kind, place }: RecordName, at: string): SyncState {
  return {
    tenantId,
    connection,
    kind,
    place,
    state: 'waiting',
    cause: null,
    message: null,
    remedy: null,
    remoteId: null,
    pushed: null,
    attempts: 0,
    intent: null,
    plan: null,
    askedAt: null,
    approvedAt: null,
    heldAt: null,
    namedAt: null,
    candidates: [],
    answers: null,
    quiet: null,
    syncedAt: null,
    updatedAt: at,
  };
}
