import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { addKey, keyReferences, removeKey } from '../../src/config/webhook-keys.ts';
import { temporaryFolder } from '../support/store.ts';

const TWO = `# mine
boom:
  - name: main
    webhookKeys:
      # the first one
      - file:secrets/shared # here
  - name: other
    webhookKeys: [file:secrets/shared, env:OTHER]
`;

function home(main: string) {
  const folder = temporaryFolder();
  const configDir = join(folder, 'config');
  mkdirSync(join(configDir, 'secrets'), { recursive: true, mode: 0o700 });
  mkdirSync(join(configDir, 'connections'));
  writeFileSync(join(configDir, 'boomsync.yaml'), main);
  writeFileSync(join(configDir, 'secrets/shared'), 'shared-key\n', { mode: 0o600 });
  const read = () => readFileSync(join(configDir, 'boomsync.yaml'), 'utf8');
  return { folder, configDir, read, secrets: () => readdirSync(join(configDir, 'secrets')).sort() };
}

it('adds a key to one account, keeping comments', async () => {
  const { configDir, read } = home(TWO);
  const added = await addKey(configDir, 'other');
  expect(added).toMatchObject({ ok: true, reference: 'file:secrets/boom-webhook-key-other-2' });
  expect(read()).toContain('      # the first one\n      - file:secrets/shared # here\n');
  expect(read()).toContain(
    'webhookKeys: [file:secrets/shared, env:OTHER, file:secrets/boom-webhook-key-other-2]',
  );
  expect((await keyReferences(configDir)).get('main')).toEqual(['file:secrets/shared']);
});

it('keeps the file of a key that another account names, and the last key of an account', async () => {
  const { configDir, secrets } = home(TWO);
  expect(await removeKey(configDir, 'other', 'file:secrets/shared')).toMatchObject({
    ok: true,
    changed: true,
  });
  expect(secrets()).toEqual(['shared']);
  expect(await removeKey(configDir, 'other', 'env:OTHER')).toMatchObject({ ok: true, changed: false });
  expect((await keyReferences(configDir)).get('other')).toEqual(['env:OTHER']);
});

it('leaves nothing behind where the file has faults', async () => {
  const { configDir, read, secrets } = home(`${TWO}nonsense: 1\n`);
  expect(await addKey(configDir, 'main')).toMatchObject({ ok: false });
  expect(secrets()).toEqual(['shared']);
  expect(read()).toContain('nonsense');
});

it('takes the variable in the place of the file’s keys, or as one of them where the file names it', async () => {
  const main = (keys: string) => `boom: [{ name: main, webhookKeys: [${keys}] }]\n`;
  const keysOf = async (keys: string) => {
    const { folder } = home(main(keys));
    const loaded = await loadConfig({ BOOMSYNC_HOME: folder, BOOM_WEBHOOK_KEY: 'from-outside' });
    return 'config' in loaded ? loaded.config.accounts[0]?.webhookKeys : loaded.faults;
  };
  expect(await keysOf('file:secrets/shared')).toEqual(['from-outside']);
  expect(await keysOf('file:secrets/shared, env:BOOM_WEBHOOK_KEY')).toEqual(['shared-key', 'from-outside']);
});
