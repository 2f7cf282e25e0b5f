/** Loaded into a server before its own code: tells its parent how long the thread was held since it was last asked. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Ticks of the histogram: what it shows is this much more than the thread was held. */
const RESOLUTION_MS = 1;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
process.on('message', () => {
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  process.send?.({ p99Ms: ms(delay.percentile(99)), maxMs: ms(delay.max) });
  delay.reset();
});
// A server that waits for its parent would never end by itself.
process.channel?.unref();
