import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/operate/log.ts';
import { scheduleResync } from '../../src/operate/schedule.ts';
import { NOTHING_READ, type ResyncReport } from '../../src/read/account.ts';

interface Line {
  level: string;
  message: string;
}

/** The lines of one resync by the clock. */
async function linesOf(...reports: ResyncReport[]): Promise<Line[]> {
  const lines: Line[] = [];
  const say = (level: string) => (fields: object | string, message?: string) =>
    lines.push(
      typeof fields === 'string' ? { level, message: fields } : { level, message: message ?? '', ...fields },
    );
  const log = { info: say('info'), warn: say('warn'), error: say('error') } as unknown as Log;
  let begun: () => void = () => {};
  const running = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const stop = await scheduleResync({ resyncSchedule: '* * * * * *', timezone: 'UTC' }, log, async () => {
    begun();
    return reports;
  });
  await running;
  await stop();
  return lines;
}

describe('scheduleResync', () => {
  it('says what each account came to', async () => {
    const done: ResyncReport = {
      ...NOTHING_READ,
      account: 'main',
      outcome: 'done',
      seen: 7,
      changed: 2,
      tenants: 1,
    };
    const lines = await linesOf(done);
    expect(lines).toMatchObject([
      { level: 'info', message: 'resync begins by schedule' },
      { level: 'info', account: 'main', seen: 7, changed: 2, tenants: 1 },
      { level: 'info', message: 'resync is done' },
    ]);
  });

  it('warns of an account that could not be read, and does not call that done', async () => {
    const failed: ResyncReport = {
      ...NOTHING_READ,
      account: 'main',
      outcome: 'failed',
      kind: 'unauthorized',
      message: 'Boom refused our key.',
    };
    const lines = await linesOf(failed);
    expect(lines).toMatchObject([
      { message: 'resync begins by schedule' },
      { level: 'warn', account: 'main', outcome: 'failed', kind: 'unauthorized' },
    ]);
    expect(lines).toHaveLength(2);
  });
});
