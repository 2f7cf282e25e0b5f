/** Says regularly that we are there and can store, so that the times in which we were not are known and read back. */
import { faultName } from '../fault-name.ts';
import type { BoomReads } from '../read/boom-reads.ts';
import { BEAT_MS } from '../read/gaps.ts';
import type { Gap } from '../store/uptime.ts';
import type { Log } from './log.ts';

/** Returns what stops it. */
export async function beat(
  reads: BoomReads,
  tookAll: () => Promise<boolean>,
  log: Log,
): Promise<() => Promise<void>> {
  const found = (gap: Gap | null) => {
    if (gap !== null)
      log.warn({ gap: gap.id, from: gap.from, to: gap.to }, 'Boom could not reach us in that time');
    void reads.recover();
  };
  const once = async () => {
    // What cannot be stored is not taken: to Boom that is as if we were not there.
    if (!(await tookAll())) return;
    try {
      found(await reads.watch.beat());
    } catch (error) {
      log.error(faultName(error), 'saying that we are there failed; it is tried again');
    }
  };
  found(await reads.watch.begin());
  let beating = Promise.resolve();
  const timer = setInterval(() => {
    beating = beating.then(once);
  }, BEAT_MS);
  return async () => {
    clearInterval(timer);
    await beating;
    await once();
  };
}
