/** Retention: what is no longer needed is removed, in steps, and the file gives back what they took. */
import type { RetentionConfig } from '../../config/config.ts';
import type { Found, Page, RetentionStore } from '../../store/retention.ts';
import { Pace } from './pace.ts';
import { shrink } from './shrink.ts';

export interface Pruned {
  /** What Boom sent, word for word: how many, and what they took. What was understood of it is kept. */
  bodies: number;
  bodyBytes: number;
  /** Tries that wrote to a PMS, or failed to. */
  attempts: number;
  /** By which the database's file is smaller. */
  freedBytes: number;
}

export interface PruneTools {
  store: RetentionStore;
  keep: RetentionConfig;
  now: () => Date;
  /** Stops between two steps; the next time goes on. */
  signal: AbortSignal;
  /** Only counts. */
  dryRun: boolean;
  /** Tenants of whom nothing may be removed. */
  held?: ReadonlySet<string>;
}

/** Whoever asked has taken the answer by then, or never will. */
const COMMAND_MS = 24 * 60 * 60_000;

export async function prune({
  store,
  keep,
  now,
  signal,
  dryRun,
  held = new Set(),
}: PruneTools): Promise<Pruned> {
  const free = async (found: Found, of: (ids: readonly number[], who: string[]) => Promise<Set<number>>) => {
    if (held.size === 0 || found.ids.length === 0) return found;
    const kept = await of(found.ids, [...held]);
    // How much they take is told of all of them together: where somebody is held it is a little too much.
    return { ...found, ids: found.ids.filter((id) => !kept.has(id)) };
  };
  const pace = new Pace(signal);
  const before = (ms: number | null) => (ms === null ? null : new Date(now().getTime() - ms).toISOString());
  const bodyLimits = { used: before(keep.bodiesMs), unused: before(keep.failedBodiesMs) };
  const bodies = await goThrough(
    async (page) => free(await store.bodies(page, bodyLimits), store.eventsOf),
    dryRun ? null : (ids) => store.clearBodies(ids),
    pace,
  );
  const attemptLimits = { decisions: before(keep.decisionsMs), others: before(keep.attemptsMs) };
  const attempts = await goThrough(
    async (page) => free(await store.attempts(page, attemptLimits), store.attemptsOf),
    dryRun ? null : (ids) => store.deleteAttempts(ids),
    pace,
  );
  const counts = { bodies: bodies.count, bodyBytes: bodies.bytes, attempts: attempts.count };
  if (dryRun) return { ...counts, freedBytes: 0 };
  await store.deleteCommands(new Date(now().getTime() - COMMAND_MS).toISOString());
  return { ...counts, freedBytes: await shrink(store, pace) };
}

async function goThrough(
  look: (page: Page) => Promise<Found>,
  remove: ((ids: readonly number[]) => Promise<void>) | null,
  pace: Pace,
): Promise<{ count: number; bytes: number }> {
  let [count, bytes, after] = [0, 0, 0];
  while (!pace.stopped) {
    const page = await pace.step(async (limit) => {
      const found = await look({ after, limit });
      if (found.ids.length > 0) await remove?.(found.ids);
      return found;
    });
    if (page.rows === 0) break;
    after = page.last;
    count += page.ids.length;
    bytes += page.bytes;
  }
  return { count, bytes };
}
