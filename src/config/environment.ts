/** The variables that win over `config/boomsync.yaml`. */
import type { Config } from './config.ts';
import type { Fault } from './fault.ts';
import { type Environment, setting } from './home.ts';
import { nearest } from './zod-faults.ts';

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const satisfies Config['logLevel'][];

export interface Overrides {
  host: string | null;
  port: number | null;
  webhookKey: string | null;
  logLevel: Config['logLevel'] | null;
}

export function overridesOf(env: Environment, faults: Fault[]): Overrides {
  const fault = (path: string, message: string, suggestion: string | null = null) => {
    faults.push({ file: 'environment', line: null, path, message, suggestion });
    return null;
  };
  const port = setting(env, 'BOOMSYNC_PORT');
  const level = setting(env, 'BOOMSYNC_LOG');
  const key = setting(env, 'BOOM_WEBHOOK_KEY');
  return {
    host: setting(env, 'BOOMSYNC_HOST'),
    port:
      port === null
        ? null
        : /^\d{1,5}$/.test(port) && Number(port) <= 65535
          ? Number(port)
          : fault('BOOMSYNC_PORT', 'expected a port: a whole number from 0 to 65535'),
    webhookKey: key === null || isHeaderValue(key) ? key : fault('BOOM_WEBHOOK_KEY', KEY_FORM),
    logLevel:
      level === null
        ? null
        : (LEVELS.find((known) => known === level) ??
          fault('BOOMSYNC_LOG', `expected one of ${LEVELS.join(', ')}`, nearest(level, LEVELS))),
  };
}

export const KEY_FORM =
  'expected a key of letters, digits and signs, without spaces: Boom sends it in a header';

export function isHeaderValue(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

/** `BOOMSYNC_DEBUG`: print where an unexpected error came from. */
export function debugging(env: Environment = process.env): boolean {
  return setting(env, 'BOOMSYNC_DEBUG') !== null;
}
