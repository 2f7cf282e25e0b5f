/** What Boom said of a tenant, what it changed, and what was sent because of it: newest first, by pages. */
import type { FoldEvent } from '../project/fold-event.ts';
import type { StoredAttempt } from '../store/attempts.ts';
import type { Stores } from '../store/stores.ts';
import { type Changes, changesAt, eventsOf } from './tenant-changes.ts';

export type HistoryEntry =
  | ({ entry: 'event'; at: string; eventId: number; event: string } & Changes)
  | { entry: 'attempt'; at: string; attempt: StoredAttempt };

export interface HistoryPage {
  entries: HistoryEntry[];
  /** Where the next page begins; null: there is none. */
  next: string | null;
}

/** `after`: `next` of the page before; null: from the newest. */
export async function historyOf(
  { projection, attempts }: Pick<Stores, 'projection' | 'attempts'>,
  tenant: { id: string; account: string },
  { after, limit }: { after: string | null; limit: number },
): Promise<HistoryPage> {
  const [, passed = '0', beforeId = ''] = /^(\d{1,9})\.(\d*)$/.exec(after ?? '') ?? [];
  const events = await eventsOf(projection, tenant.id);
  const left = events.slice(0, Math.max(0, events.length - Number(passed)));
  const tries = await attempts.of(tenant.id, limit + 1, beforeId === '' ? undefined : Number(beforeId));
  const entries: HistoryEntry[] = [];
  let [told, tried] = [0, 0];
  while (entries.length < limit) {
    const event = left.at(-1 - told);
    const attempt = tries[tried];
    if (event !== undefined && (attempt === undefined || event.arrival > attempt.at)) {
      entries.push(eventEntry(tenant, left, left.length - 1 - told, event));
      told += 1;
    } else if (attempt !== undefined) {
      entries.push({ entry: 'attempt', at: attempt.at, attempt });
      tried += 1;
    } else break;
  }
  const isMore = told < left.length || tried < tries.length;
  const lastTry = tried === 0 ? beforeId : String(tries[tried - 1]?.id);
  return { entries, next: isMore ? `${Number(passed) + told}.${lastTry}` : null };
}

function eventEntry(
  tenant: { id: string; account: string },
  events: readonly FoldEvent[],
  at: number,
  { id, arrival, event }: FoldEvent,
): HistoryEntry {
  return { entry: 'event', at: arrival, eventId: id, event: event.name, ...changesAt(tenant, events, at) };
}
