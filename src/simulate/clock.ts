/** How the simulated time passes. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Clock {
  /** Waits until that moment of the simulated time, in milliseconds since 1970; at once where it is over. */
  until(at: number, signal: AbortSignal): Promise<void>;
}

/** `speed`: simulated seconds in a real one, infinite for no waiting at all. Starts with the first call. */
export function createClock(start: number, speed: number): Clock {
  let began: number | null = null;
  return {
    async until(at, signal) {
      began ??= performance.now();
      const ms = began + (at - start) / speed - performance.now();
      if (ms > 1) await sleep(ms, undefined, { signal }).catch(() => {});
    },
  };
}
