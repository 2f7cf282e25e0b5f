/** One line an outcome, without people's data. */
import pino from 'pino';
import type { Config } from '../config/config.ts';

export type Log = pino.Logger;

/**
 * To stderr, so that stdout stays the command's own. Lines that come while one is being written go out together; none
 * waits for a timer, and the last ones are written before the process ends.
 */
function toStderr(): pino.DestinationStream {
  const destination = pino.destination({ dest: 2, sync: false });
  // A disk that is full for the log must not end what still has room for deliveries: lines are dropped meanwhile.
  destination.on('error', () => {});
  process.on('exit', () => {
    try {
      destination.flushSync();
    } catch {
      // Nothing is left that could be told.
    }
  });
  return destination;
}

/** Errors are named, never serialised: they hold what was sent. `to`: for whoever looks at what is said. */
export function createLog(level: Config['logLevel'], to: pino.DestinationStream = toStderr()): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: {
        err: () => undefined,
        error: (value: unknown) => (typeof value === 'string' ? value : undefined),
      },
    },
    to,
  );
}
