/** Makes tenants findable that were on record before words were kept: beside everything else, a few at a time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { faultName } from '../fault-name.ts';
import type { Stores } from '../store/stores.ts';
import type { Log } from './log.ts';

/** Between two steps, so that nobody waits for it. */
const PAUSE_MS = 5;
/** After a fault: the store may be busy. */
const AFTER_FAULT_MS = 5_000;

/** Returns what ends it. */
export function fillSearch({ fillWords }: Pick<Stores, 'fillWords'>, log: Log): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {});
  const work = async () => {
    while (!signal.aborted) {
      try {
        if (!(await fillWords())) return;
        await pause(PAUSE_MS);
      } catch (error) {
        log.warn(faultName(error), 'tenants could not be made findable; it is tried again');
        await pause(AFTER_FAULT_MS);
      }
    }
  };
  const done = work();
  return async () => {
    stopping.abort();
    await done;
  };
}
