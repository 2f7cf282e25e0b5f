/** One line an outcome, without people's data. */
import pino from 'pino';
import type { Config } from '../config/config.ts';

export type Log = pino.Logger;

/** To stderr, so that stdout stays the command's own. Errors are named, never serialised: they hold what was sent. */
export function createLog(level: Config['logLevel']): Log {
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
    pino.destination({ dest: 2, sync: true }),
  );
}
