/** When a failed attempt is made again. */
import { jitter } from '../breaker.ts';

const MINUTE = 60_000;
/** Waits after the first, second, … failed attempt; the last one is repeated. Together about a week. */
const WAITS = [1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440, 1440, 1440, 1440].map(
  (minutes) => minutes * MINUTE,
);
/** After this many failed attempts a person is asked. */
export const MAX_ATTEMPTS = WAITS.length;
export function retryWait(attempts: number, random: () => number): number {
  return jitter(WAITS[Math.min(attempts, WAITS.length) - 1] ?? MINUTE, random);
}
