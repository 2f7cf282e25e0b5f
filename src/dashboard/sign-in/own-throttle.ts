/** Slows whoever guesses the password of the person whose session they have. Signing in does not count with it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stores } from '../../store/stores.ts';
import { Throttle } from './throttle.ts';

/** An action is no object with a memory: one for each store there is. */
const throttles = new WeakMap<Stores, Throttle>();

export function ownThrottle(stores: Stores, now: () => Date): Throttle {
  const existing = throttles.get(stores);
  if (existing !== undefined) return existing;
  const made = new Throttle({ now, wait: (ms) => sleep(ms) });
  throttles.set(stores, made);
  return made;
}
