/** How much of what a PMS allows a connection has used. */
import type { Manifest } from '../connect/manifest.ts';
import { spentNow } from '../http/limiter.ts';
import type { Stores } from '../store/stores.ts';

export interface UsedLimit {
  requests: number;
  seconds: number;
  /** In the last `seconds`, counted rather too high; null where the window is too short to be kept. */
  used: number | null;
}

/** A window this short is over before anybody has read it. */
const MOMENT_S = 2;

export async function usedLimits(
  connection: string,
  { windows }: Manifest['limits'],
  stores: Pick<Stores, 'spentRequests'>,
  now: Date,
): Promise<UsedLimit[]> {
  const ledger = stores.spentRequests.of(connection);
  const limits: UsedLimit[] = [];
  for (const { requests, seconds } of windows) {
    const used = seconds <= MOMENT_S ? null : await spentNow(ledger, seconds, now.getTime());
    limits.push({ requests, seconds, used: used === null ? null : Math.min(used, requests) });
  }
  return limits;
}
