/** A person did by hand what was to be done: their word is the acknowledgement of a PMS without an API. Pure. */
import type { SyncState } from '../store/sync.ts';
import { changesOf } from './merge.ts';
import { markerIn } from './notes.ts';
import { SYNCED } from './verdict.ts';

/** Whether there is something that a person is to do. */
export function isTask({ state, cause }: SyncState): boolean {
  return state === 'parked' && cause === 'by_hand';
}

/**
 * The state once what its plan asks for was done. Only what was shown is acknowledged: what Boom said meanwhile is the
 * next task. `SyncStore.saveState` keeps it, and `makeDue` looks for the next one.
 */
export function acknowledged(state: SyncState, at: string): SyncState {
  const { plan, pushed } = state;
  if (plan === null) return state;
  const markers = plan.notes.map(markerIn).filter((marker) => marker !== null);
  return {
    ...state,
    ...SYNCED,
    remoteId: state.remoteId ?? `${state.tenantId}/${state.place}`,
    pushed: {
      fields: { ...pushed?.fields, ...changesOf(plan.fields) },
      decision: plan.decision?.to ?? pushed?.decision ?? null,
      notes: [...new Set([...(pushed?.notes ?? []), ...markers])],
    },
    plan: null,
    attempts: 0,
    syncedAt: at,
    updatedAt: at,
  };
}
