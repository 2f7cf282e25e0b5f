/**
 * The verdict stands on every page, and alerts and metrics ask for it as well. Where reading it is quick it is read anew
 * for each; with a million tenants it takes seconds, and who asks gets one that is up to twenty times as old as it took.
 */
import type { Status } from './status.ts';

const QUICK_MS = 250;
const TIMES = 20;

export interface StatusCache {
  status: () => Promise<Status>;
  /** Somebody has just changed something: the next page shows what came of it. */
  forget: () => void;
}

export function cached(read: () => Promise<Status>, now: () => number = Date.now): StatusCache {
  let last: { status: Promise<Status>; at: number; tookMs: number } | null = null;
  const status = async () => {
    const at = now();
    if (last !== null && (last.tookMs < 0 || (last.tookMs > QUICK_MS && at - last.at < last.tookMs * TIMES)))
      return await last.status;
    // While it is being read, all who ask wait for the same.
    const begun = { status: read(), at, tookMs: -1 };
    last = begun;
    try {
      const status = await begun.status;
      begun.at = now();
      begun.tookMs = begun.at - at;
      return status;
    } catch (error) {
      last = null;
      throw error;
    }
  };
  const forget = () => {
    last = null;
  };
  return { status, forget };
}
