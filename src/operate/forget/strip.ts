/** Strips the person from every event, in steps that nobody waits for. */
import type { BoomEvent } from '../../boom/event.ts';
import { SOMEBODY_FORGOTTEN, withoutPeople } from '../../project/forgotten.ts';
import type { Stripped, Traces } from '../../store/forget.ts';
import type { Stores } from '../../store/stores.ts';
import type { Pace } from '../retention/pace.ts';
import type { Needles } from './needles.ts';

type Tools = { stores: Pick<Stores, 'inbox' | 'forget'>; pace: Pace };

/** Returns how many events named the person. */
export async function stripEvents(
  tenantId: string,
  traces: Traces,
  { stores, pace }: Tools,
): Promise<number> {
  const positions = new Map<number, number[]>();
  for (const { eventId, position } of traces.named)
    positions.set(eventId, [...(positions.get(eventId) ?? []), position]);
  const ids = [...positions.keys()];
  for (let at = 0; at < ids.length; )
    at += await pace.step(async (size) => {
      const some = ids.slice(at, at + size);
      const rows = await stores.inbox.byIds(some);
      const stripped = rows.map((row) => ({
        id: row.id,
        ...strip(row.normalised, positions.get(row.id) ?? []),
      }));
      await stores.forget.strip(stripped, tenantId);
      return some.length;
    });
  await clear(traces.beside, { stores, pace });
  return ids.length;
}

/** A correction names people by events that name them no more: there is nothing left to correct. */
function strip(normalised: string | null, positions: readonly number[]): Omit<Stripped, 'id'> {
  const named = positions.filter((position) => position >= 0);
  if (normalised === null || named.length === 0) return { normalised: null, detail: SOMEBODY_FORGOTTEN };
  const event = withoutPeople(JSON.parse(normalised) as BoomEvent, named);
  return { normalised: JSON.stringify(event), detail: SOMEBODY_FORGOTTEN };
}

/** Bodies that name the person although no event of theirs was made of them: those that could not be used. */
export async function bodiesNaming(needles: Needles, { stores, pace }: Tools): Promise<number[]> {
  const found: number[] = [];
  for (let after = 0; ; ) {
    const page = await pace.step((limit) => stores.forget.bodies({ after, limit }));
    if (page.last === null) return found;
    after = page.last;
    for (const { id, body } of page.rows) if (needles.holds(body)) found.push(id);
  }
}

export async function clear(ids: readonly number[], { stores, pace }: Tools): Promise<void> {
  for (let at = 0; at < ids.length; )
    at += await pace.step(async (size) => {
      const some = ids.slice(at, at + size);
      await stores.forget.clearBodies(some);
      return some.length;
    });
}
