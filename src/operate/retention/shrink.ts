/** Gives back to the disk what the database's file no longer needs, and empties its log. */
import type { RetentionStore } from '../../store/retention.ts';
import type { Pace } from './pace.ts';

/** Returns by how many bytes the file is smaller. */
export async function shrink(store: RetentionStore, pace: Pace): Promise<number> {
  const free = await store.freePages();
  let left = free;
  while (left > 0 && !pace.stopped) {
    await pace.step((pages) => store.giveBack(pages));
    const now = await store.freePages();
    // A file that was made without it gives nothing back; what it has free it uses again.
    if (now >= left) break;
    left = now;
  }
  await store.checkpoint();
  return Math.max(free - left, 0) * (await store.pageBytes());
}
