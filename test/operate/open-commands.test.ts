/** What other processes ask of a server, over a real store; what is asked ends when the test says so. */
import { describe, expect, it } from 'vitest';
import type { Manner } from '../../src/operate/command.ts';
import { OpenCommands } from '../../src/operate/open-commands.ts';
import { openTestStore } from '../support/store.ts';

const MINUTE = 60_000;
const LANES: Readonly<Record<string, Manner['lane']>> = {
  units: { reads: 'units oak' },
  undo: { writes: 'undo oak' },
  retry: { writes: 'events' },
  replay: { writes: 'events' },
  reload: 'alone',
  pause: 'at once',
};

async function server() {
  const { commands } = (await openTestStore()).stores;
  const clock = { ms: Date.UTC(2026, 10, 23, 12) };
  const now = () => new Date(clock.ms);
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  const open = new OpenCommands({
    commands,
    now,
    prepare: ({ id, name }) => ({
      manner: { lane: LANES[name] ?? 'at once', endless: name === 'replay' },
      work: () =>
        new Promise((done) => {
          begun.push(id);
          ends.set(id, () => done({ id }));
          if (name === 'pause') done({ id });
        }),
    }),
  });
  return {
    commands,
    clock,
    begun,
    open,
    ask: (name: string) => commands.ask(name, {}, now().toISOString()),
    end: (id: number) => ends.get(id)?.(),
    /** As the server looks every quarter of a second, until it is so. */
    async until(so: () => boolean | Promise<boolean>) {
      while (!(await so())) await open.takeUp();
    },
  };
}

describe('commands of other processes', () => {
  it('hold up none of another kind, and a pause comes first', async () => {
    const { ask, begun, until, commands } = await server();
    const units = await ask('units');
    await until(() => begun.includes(units));
    const [undo, retry, pause] = [await ask('undo'), await ask('retry'), await ask('pause')];
    await until(() => begun.length === 4);
    expect(begun).toEqual([units, pause, undo, retry]);
    await until(async () => !(await commands.isOpen(pause)));
    expect(await commands.take(pause)).toEqual({ id: pause });
    expect(await commands.take(units)).toBeUndefined();
  });

  it('are carried out one after the other within a lane, and each once', async () => {
    const { ask, end, begun, until, commands } = await server();
    const [first, second] = [await ask('retry'), await ask('retry')];
    await until(() => begun.length === 1);
    end(first);
    await until(() => begun.length === 2);
    end(second);
    await until(async () => (await commands.open()).length === 0);
    expect(begun).toEqual([first, second]);
  });

  it('reload alone: not beside what writes, and what writes not beside it', async () => {
    const { ask, end, begun, until } = await server();
    const [undo, units, reload, retry] = [
      await ask('undo'),
      await ask('units'),
      await ask('reload'),
      await ask('retry'),
    ];
    await until(() => begun.length === 2);
    expect(begun).toEqual([undo, units]);
    end(undo);
    await until(() => begun.length === 3);
    expect(begun.at(-1)).toBe(reload);
    end(reload);
    await until(() => begun.length === 4);
    expect(begun.at(-1)).toBe(retry);
  });

  it('are answered after ten minutes, and what waits behind them is not begun any more', async () => {
    const { ask, end, begun, until, open, commands, clock } = await server();
    const [first, second] = [await ask('undo'), await ask('undo')];
    await until(() => begun.length === 1);
    clock.ms += 11 * MINUTE;
    await open.takeUp();
    for (const id of [first, second]) expect(await commands.take(id)).toMatchObject({ code: 'too_long' });
    end(first);
    await open.stop();
    expect(begun).toEqual([first]);
    expect(await commands.take(first)).toBeUndefined();
  });

  it('take as long as they take where they go through all there is', async () => {
    const { ask, end, begun, until, open, commands, clock } = await server();
    const replay = await ask('replay');
    await until(() => begun.length === 1);
    clock.ms += 60 * MINUTE;
    await open.takeUp();
    expect(await commands.isOpen(replay)).toBe(true);
    end(replay);
    await until(async () => !(await commands.isOpen(replay)));
    expect(await commands.take(replay)).toEqual({ id: replay });
  });

  it.each([3, -60])('are not carried out where no server was there for them: %i minutes', async (minutes) => {
    const { ask, begun, open, commands, clock } = await server();
    const undo = await ask('undo');
    clock.ms += minutes * MINUTE;
    await open.takeUp();
    await open.stop();
    expect(begun).toEqual([]);
    expect(await commands.take(undo)).toMatchObject({
      code: 'not_running',
      error: expect.stringContaining('boomsync was not running'),
    });
  });

  it('are not begun where nobody wants them any more, or the server stops', async () => {
    const { ask, end, begun, until, open, commands } = await server();
    const [first, unwanted, late] = [await ask('retry'), await ask('retry'), await ask('retry')];
    await until(() => begun.length === 1);
    await commands.withdraw(unwanted);
    const stopped = open.stop();
    end(first);
    await stopped;
    expect(begun).toEqual([first]);
    expect(await commands.isOpen(late)).toBe(true);
    expect(await commands.isOpen(unwanted)).toBe(false);
  });
});
