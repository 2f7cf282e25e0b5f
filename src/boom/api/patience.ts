/** When a request that failed is made again, and how long everybody waits where Boom asks us to slow down. */
import { PushError } from '../../http/push-error.ts';

export interface Tried {
  /** Failures of a moment, and requests to slow down, so far. */
  transient: number;
  rateLimited: number;
  /** For all requests to slow down together. */
  waitedMs: number;
}

const TRANSIENT_TRIES = 2;
/** What took this long to fail is not made again in process: others wait behind it. */
const SLOW_MS = 10_000;

const RATE_LIMITED_TRIES = 5;
const LONGEST_WAIT_MS = 120_000;
/** Where Boom does not say how long; its window is a minute. */
const FIRST_WAIT_MS = 5_000;
const SHORTEST_WAIT_MS = 500;

/** In milliseconds; null where the error stands. */
export function pauseAfter(error: unknown, tried: Tried, tookMs: number): number | null {
  if (!(error instanceof PushError)) return null;
  if (error.kind === 'transient') {
    if (tried.transient >= TRANSIENT_TRIES || tookMs > SLOW_MS) return null;
    return Math.round(250 * 2 ** tried.transient * (1 + Math.random()));
  }
  if (error.kind !== 'rate_limited' || tried.rateLimited >= RATE_LIMITED_TRIES) return null;
  const asked = error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** tried.rateLimited;
  const pause = Math.max(asked, SHORTEST_WAIT_MS);
  return tried.waitedMs + pause > LONGEST_WAIT_MS ? null : pause;
}

export interface PatienceOptions {
  wait: (ms: number) => Promise<void>;
  now: () => Date;
  onSlowDown: (ms: number) => void;
}

/** Runs what is safe to repeat. While Boom wants us to slow down, nothing that comes through here begins. */
export function patience({ wait, now, onSlowDown }: PatienceOptions) {
  let quiet: Promise<unknown> = Promise.resolve();

  return async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
    const tried: Tried = { transient: 0, rateLimited: 0, waitedMs: 0 };
    for (;;) {
      await quiet;
      const began = now().getTime();
      try {
        return await attempt();
      } catch (error) {
        const pause = pauseAfter(error, tried, now().getTime() - began);
        if (pause === null) throw error;
        if (error instanceof PushError && error.kind === 'rate_limited') {
          tried.rateLimited += 1;
          tried.waitedMs += pause;
          onSlowDown(pause);
          quiet = Promise.all([quiet, wait(pause)]);
          // Whoever comes next hears of a wait that was broken off; there may be nobody.
          quiet.catch(() => {});
        } else {
          tried.transient += 1;
          await wait(pause);
        }
      }
    }
  };
}
