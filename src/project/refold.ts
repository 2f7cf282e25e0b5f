/** Folds everyone anew whom a batch concerns, from all of their events. */
import { fold } from './fold.ts';
import type { FoldEvent } from './fold-event.ts';
import type { Projected, ProjectedEvent, ProjectionStore } from './projection-store.ts';
import type { Tenant } from './tenant.ts';
import type { TenantFiles, Understood } from './tenant-files.ts';
import { OUR_FAULT } from './understand.ts';

function foldSafely(identity: { id: string; account: string }, events: FoldEvent[]): Tenant | null {
  try {
    return fold(identity, events);
  } catch {
    return null;
  }
}

/** Adds to `projected` the tenants that changed, and returns their ids. Events that cannot be folded fail. */
export async function refold(
  store: ProjectionStore,
  files: TenantFiles,
  understood: readonly Understood[],
  projected: Projected,
  outcomes: Map<number, ProjectedEvent>,
): Promise<string[]> {
  const tenantIds = await files.concerned();
  await files.load(tenantIds);
  const before = await store.tenants(tenantIds);
  const accounts = new Map(understood.map((item) => [item.id, item.account]));
  const changed: string[] = [];
  for (const id of tenantIds) {
    const events = files.of(id);
    const old = before.get(id);
    const account = old?.record.account ?? events.map((item) => accounts.get(item.id)).find(Boolean);
    if (account === undefined) continue;
    const record = foldSafely({ id, account }, events);
    if (record === null) {
      for (const { id: eventId } of events) {
        const outcome = outcomes.get(eventId);
        if (outcome) outcomes.set(eventId, { ...outcome, status: 'failed', detail: OUR_FAULT });
      }
      continue;
    }
    if (old && JSON.stringify(old.record) === JSON.stringify(record)) continue;
    projected.tenants.push({ revision: (old?.revision ?? 0) + 1, record });
    changed.push(id);
  }
  return changed;
}
