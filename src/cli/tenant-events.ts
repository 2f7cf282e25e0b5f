/** The events that name a tenant, as its record is made from them. */
import type { FoldEvent } from '../project/fold-event.ts';
import type { Tenant } from '../project/tenant.ts';
import type { Stores } from '../store/stores.ts';
import { Failure } from './failure.ts';

export interface Held {
  record: Tenant;
  events: FoldEvent[];
}

/** Follows an id that turned out to be another tenant's. Throws `Failure` for one that nobody has. */
export async function heldBy(stores: Pick<Stores, 'tenants' | 'projection'>, id: string): Promise<Held> {
  const row = await stores.tenants.get(id);
  if (row === null) {
    throw new Failure('unknown_tenant', `There is no tenant ${id}`, 'List them with: boomsync tenants');
  }
  const subjects = await stores.projection.subjects([row.record.id]);
  const ids = [...new Set(subjects.map(({ eventId }) => eventId))].sort((a, b) => a - b);
  const read = await stores.projection.normalised(ids);
  const events = ids.flatMap((eventId): FoldEvent[] => {
    const found = read.get(eventId);
    if (found === undefined) return [];
    const positions = subjects
      .filter((subject) => subject.eventId === eventId && subject.position >= 0)
      .map(({ position }) => position);
    return [
      {
        id: eventId,
        arrival: found.receivedAt,
        event: found.event,
        positions: positions.sort((a, b) => a - b),
      },
    ];
  });
  return { record: row.record, events };
}
