/** Tells a service that we are alive: it tells the landlord when it hears nothing, as a dead computer cannot. */
import type { AlertsConfig } from '../../config/config.ts';
import { faultName } from '../../fault-name.ts';
import { createHttpClient } from '../../http/http.ts';
import { PushError } from '../../http/push-error.ts';
import type { Log } from '../log.ts';

/** Stopping waits for it. */
const BEAT_WAIT_MS = 5_000;

/** Returns what stops it. `canStore`: one that takes no deliveries is as good as dead. */
export function startHeartbeat(
  heartbeat: AlertsConfig['heartbeat'],
  canStore: () => Promise<boolean>,
  log: Log,
): () => Promise<void> {
  if (heartbeat === null) return async () => {};
  const http = createHttpClient({
    label: 'The heartbeat',
    baseUrl: heartbeat.url,
    timeoutMs: BEAT_WAIT_MS,
    retries: 0,
  });
  const once = async () => {
    try {
      if (await canStore()) await http.send({ method: 'GET', path: '', answer: 'ignored' });
    } catch (error) {
      const fault = error instanceof PushError ? { error: error.kind } : faultName(error);
      log.warn(fault, 'the heartbeat did not arrive; it is tried again');
    }
  };
  let beating = once();
  const timer = setInterval(() => {
    beating = beating.then(once);
  }, heartbeat.everyMs);
  return async () => {
    clearInterval(timer);
    await beating;
  };
}
