import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/operate/log.ts';
import { scheduleUpkeep } from '../../src/operate/upkeep.ts';
import type { Upkeep } from '../../src/store/upkeep.ts';

const UPKEEP: Upkeep = {
  since: '2026-11-01T00:00:00.000Z',
  doneAt: null,
  report: null,
  failedAt: null,
  failure: null,
};

async function scheduled(upkeep: Upkeep | null, at: string, result: object = {}, schedule = '30 2 * * *') {
  const lines: string[] = [];
  const say = (level: string) => (_: object, message: string) => lines.push(`${level} ${message}`);
  let ran: () => void = () => {};
  const run = new Promise<void>((resolve) => {
    ran = resolve;
  });
  let runs = 0;
  const stop = await scheduleUpkeep({
    what: 'backup',
    schedule,
    timezone: 'UTC',
    stores: { upkeep: { get: async () => upkeep, done: async () => {}, failed: async () => {} } },
    run: async () => {
      runs += 1;
      ran();
      return result;
    },
    now: () => new Date(at),
    log: { info: say('info'), error: say('error') } as unknown as Log,
    catchUpMs: 1,
  });
  return { run, stop, lines, runs: () => runs };
}

describe('what is done every night', () => {
  it('is done after the start where the computer was off at its time', async () => {
    const done = { ...UPKEEP, doneAt: '2026-11-20T02:30:00.000Z' };
    const { run, stop, lines } = await scheduled(done, '2026-11-22T09:00:00.000Z');
    await run;
    await stop();
    expect(lines).toEqual(['info the scheduled upkeep is done']);
  });

  it('waits for its time where nothing was missed', async () => {
    const done = { ...UPKEEP, doneAt: '2026-11-22T02:30:05.000Z' };
    const { stop, runs } = await scheduled(done, '2026-11-22T09:00:00.000Z');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await stop();
    expect(runs()).toBe(0);
  });

  it('goes by the clock, and says where it failed', async () => {
    const { run, stop, lines } = await scheduled(
      null,
      '2026-11-22T09:00:00.000Z',
      { error: 'No' },
      '* * * * * *',
    );
    await run;
    await stop();
    expect(lines).toEqual(['error the scheduled upkeep failed; boomsync status says why']);
  });
});
