import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { drawUpChannel, drawUpRemoval, removeChannel, writeChannel } from '../../src/config/edit-alerts.ts';
import { temporaryFolder } from '../support/store.ts';
import { MAIN } from './home.ts';

const URL_CHANNEL = { kind: 'url', url: 'https://hooks.example.com/a', secret: null } as const;

function home() {
  const configDir = join(temporaryFolder(), 'config');
  mkdirSync(join(configDir, 'connections'), { recursive: true });
  mkdirSync(join(configDir, 'secrets'), { mode: 0o700 });
  writeFileSync(join(configDir, 'boomsync.yaml'), MAIN);
  return { configDir, secrets: () => readdirSync(join(configDir, 'secrets')).sort() };
}

async function drawnUp(configDir: string) {
  const change = await drawUpChannel(configDir, URL_CHANNEL);
  if ('faults' in change) throw new Error('it has faults');
  return change;
}

it('names no secret of somebody else that came in between', async () => {
  const { configDir, secrets } = home();
  const change = await drawnUp(configDir);
  writeFileSync(join(configDir, 'secrets', 'alert-url-url'), 'mine\n', { mode: 0o600 });
  expect(await writeChannel(configDir, change)).toBe('changed');
  expect(readFileSync(join(configDir, 'boomsync.yaml'), 'utf8')).toBe(MAIN);
  expect(readFileSync(join(configDir, 'secrets', 'alert-url-url'), 'utf8')).toBe('mine\n');
  expect(secrets()).toEqual(['alert-url-url']);
});

it.each([
  ['takes its secrets with it', null, []],
  ['leaves a secret that a connection names', 'connections/oak.yaml', ['alert-url-url']],
])('a channel that is removed %s', async (_what, other, left) => {
  const { configDir, secrets } = home();
  expect(await writeChannel(configDir, await drawnUp(configDir))).toBe('written');
  if (other !== null) writeFileSync(join(configDir, other), 'secret: file:secrets/alert-url-url\n');
  const removal = await drawUpRemoval(configDir, 'url');
  if (removal === null || 'faults' in removal) throw new Error('it is not there');
  expect(await removeChannel(configDir, removal)).toBe('written');
  expect(secrets()).toEqual(left);
});

it('refuses what a cloud hands its keys out at', async () => {
  const { configDir } = home();
  const change = await drawUpChannel(configDir, { ...URL_CHANNEL, url: 'http://169.254.169.254/latest' });
  expect(change).toMatchObject({ faults: [{}] });
});
