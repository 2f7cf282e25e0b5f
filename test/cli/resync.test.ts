import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/cli/resync.ts';
import { openTestStore } from '../support/store.ts';

const BEGAN = Date.UTC(2026, 10, 23, 12);
const iso = (minutes: number) => new Date(BEGAN + minutes * 60_000).toISOString();

describe('createProgress', () => {
  it('tells how far the resync is that is under way, and nothing of one that was broken off before', async () => {
    const { stores } = await openTestStore();
    const begun = { account: 'main', since: null, until: iso(-60), baseline: false, covers: false };
    await stores.resyncs.begin({ ...begun, gapId: 1, startedAt: iso(-60) });
    let clock = BEGAN;
    const progress = createProgress(() => clock);
    expect(await progress(stores)).toBeNull();
    const own = await stores.resyncs.begin({ ...begun, gapId: null, startedAt: iso(0) });
    const page = (n: number) => ({
      ...own,
      page: n,
      pages: 12,
      seen: n * 100,
      changed: 2,
      updatedAt: iso(n),
    });
    await stores.resyncs.save(page(2));
    await progress(stores);
    clock += 60_000;
    await stores.resyncs.save(page(3));
    expect(await progress(stores)).toBe(
      'applications page 3 of 12, 300 read, 2 changed; about 10 min left for these; 60 s so far',
    );
    await stores.resyncs.save({ ...page(12), finishedAt: iso(12) });
    expect(await progress(stores)).toBeNull();
  });
});
