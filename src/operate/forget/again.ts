/** At the start: whoever was forgotten and stands in this database again, because it was restored, is forgotten again. */
import type { Tombstone } from '../../store/tombstone-files.ts';
import { carryOut, type ForgetTools, look } from './forget.ts';

/** Keys at once: a few milliseconds. */
const PAGE = 500;

export interface ForgottenAgain {
  /** Tenants that had come back. */
  tenants: number;
  /** Tombstones made with a key that is not here: whom they mean, nobody can tell. */
  unreadable: number;
}

export async function forgetAgain(tools: ForgetTools): Promise<ForgottenAgain> {
  const { stores, tombstones } = tools;
  const entered = await stores.forget.all();
  const unreadable = tombstones.learn(entered);
  const ids = new Set(entered.map(({ id }) => id));
  const missing = tombstones.list().filter(({ id }) => !ids.has(id));
  let tenants = 0;
  if (missing.length > 0) {
    for (const [tenantId, tombstone] of await returned(missing, tools)) {
      const looked = await look(tenantId, tools);
      if (looked === null) continue;
      const done = await carryOut(looked, tombstone, tools);
      // What could not be done now is done by the next start.
      if ('error' in done) ids.add(tombstone.id);
      else tenants += 1;
    }
    for (const tombstone of missing) if (!ids.has(tombstone.id)) await stores.forget.enter(tombstone);
  }
  return { tenants, unreadable };
}

async function returned(
  missing: readonly Tombstone[],
  { stores, tombstones }: ForgetTools,
): Promise<Map<string, Tombstone>> {
  const byTime = new Map(missing.map((tombstone) => [tombstone.at, tombstone]));
  const found = new Map<string, Tombstone>();
  for (let after = ''; ; ) {
    const page = await stores.forget.keys({ after, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) return found;
    after = last.key;
    for (const { key, tenantId } of page) {
      const tombstone = byTime.get(tombstones.since(key) ?? '');
      if (tombstone !== undefined) found.set(tenantId, tombstone);
    }
    await new Promise(setImmediate);
  }
}
