import { expect, it } from 'vitest';
import { checkConfig } from '../../src/config/check.ts';
import { KEY, MAIN, makeHome } from './home.ts';

it('tells what the configuration comes to, without a secret', async () => {
  const home = makeHome({
    'boomsync.yaml': MAIN,
    'connections/oak.yaml': 'connector: buildium\ncredentials: { clientSecret: env:SECRET }\n',
  });
  const checked = await checkConfig({ BOOMSYNC_HOME: home, KEY, SECRET: 'hunter2', BOOMSYNC_HOST: '::1' });
  expect(checked).toMatchObject({
    summary: {
      home,
      listens: 'http://[::1]:8787',
      accounts: [{ name: 'main', environment: 'production', keys: 1 }],
      connections: [{ name: 'oak', connector: 'buildium', mode: null }],
    },
  });
  expect(JSON.stringify(checked)).not.toMatch(new RegExp(`hunter2|${KEY}`));
});

it('tells the faults', async () => {
  expect(await checkConfig({ BOOMSYNC_HOME: makeHome({ 'boomsync.yaml': 'x: 1' }) })).toHaveProperty(
    'faults',
  );
});
