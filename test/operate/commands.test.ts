/** The commands of a server, asked for by another process: over a real store and a PMS that does not answer. */
import { expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import { createLog } from '../../src/operate/log.ts';
import { memoryPms } from '../fakes/memory-pms.ts';
import { openTestStore } from '../support/store.ts';

it('pauses a connection whose units are being listed for ever', async () => {
  const { stores } = await openTestStore();
  const pms = memoryPms(() => new Date());
  const connection = pms.connection();
  let listing = () => {};
  const listed = new Promise<void>((begun) => {
    listing = begun;
  });
  let end = () => {};
  connection.connector.units = async function* () {
    listing();
    await new Promise<void>((ended) => {
      end = ended;
    });
  };
  const config = { timezone: 'UTC', accounts: [], dataDir: '/nowhere' } as unknown as Config;
  const { commands } = createApp({ config, connections: [connection], stores, log: createLog('silent') });
  const ask = (name: string) => stores.commands.ask(name, { connection: 'memory' }, new Date().toISOString());
  const answerOf = async (id: number) => {
    while (await stores.commands.isOpen(id)) await commands.runOpen();
    return await stores.commands.take(id);
  };

  const units = await ask('units');
  await commands.runOpen();
  await listed;
  expect(await answerOf(await ask('pause'))).toMatchObject({ changed: true });
  expect((await stores.connections.get('memory'))?.pausedAt).not.toBeNull();
  expect(await answerOf(await ask('no_such'))).toMatchObject({ error: expect.stringContaining('no_such') });
  expect(await answerOf(await stores.commands.ask('pause', {}, new Date().toISOString()))).toMatchObject({
    error: 'The command pause was asked for wrongly',
  });
  expect(await stores.commands.isOpen(units)).toBe(true);
  end();
  expect(await answerOf(units)).toMatchObject({ connection: 'memory', there: [] });
  await commands.stop();
});
