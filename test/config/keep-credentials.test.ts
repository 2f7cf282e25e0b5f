import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepCredentials } from '../../src/config/keep-credentials.ts';
import { temporaryFolder } from '../support/store.ts';

const keyOf = (value: string) => [{ name: 'secret', value, secret: true, about: 'the secret' }];

function home(files: Record<string, string>) {
  const configDir = join(temporaryFolder(), 'config');
  mkdirSync(join(configDir, 'connections'), { recursive: true });
  mkdirSync(join(configDir, 'secrets'), { mode: 0o700 });
  for (const [file, text] of Object.entries(files))
    writeFileSync(join(configDir, file), text, { mode: 0o600 });
  return {
    configDir,
    read: (file: string) => readFileSync(join(configDir, file), 'utf8'),
    secrets: () => readdirSync(join(configDir, 'secrets')).sort(),
  };
}

const naming = (reference: string) => `connector: webhook\ncredentials:\n  secret: ${reference}\n`;

describe('a key that is given', () => {
  it('goes into a file beside one that is the landlord’s own', async () => {
    const { configDir, read } = home({
      'connections/mine.yaml': 'connector: webhook\n',
      'secrets/mine-secret': 'the landlord’s own\n',
    });
    expect(await keepCredentials(configDir, 'mine', keyOf('new'))).toMatchObject({ ok: true });
    expect(read('secrets/mine-secret')).toBe('the landlord’s own\n');
    expect(read('connections/mine.yaml')).toContain('secret: file:secrets/mine-secret-2');
    expect(read('secrets/mine-secret-2')).toBe('new\n');
  });

  it('takes the place of the one before in the same file', async () => {
    const { configDir, read, secrets } = home({ 'connections/oak.yaml': 'connector: webhook\n' });
    await keepCredentials(configDir, 'oak', keyOf('one'));
    await keepCredentials(configDir, 'oak', keyOf('two'));
    expect(secrets()).toEqual(['oak-secret']);
    expect(read('secrets/oak-secret')).toBe('two\n');
  });

  it.each([
    ['another connection names it too', 'file:secrets/oak-secret', 'connections/elm.yaml'],
    ['an alert names it too', 'file:secrets/oak-secret', 'boomsync.yaml'],
    ['it was made for something else', 'file:secrets/shared', null],
  ])('is written over no file where %s', async (_why, reference, other) => {
    const file = reference.replace('file:', '');
    const { configDir, read } = home({
      'connections/oak.yaml': naming(reference),
      [file]: 'before\n',
      ...(other === null ? {} : { [other]: `secret: ${reference}\n` }),
    });
    expect(await keepCredentials(configDir, 'oak', keyOf('new'))).toMatchObject({ ok: true });
    expect(read(file)).toBe('before\n');
    expect(read('connections/oak.yaml')).not.toContain(`${reference}\n`);
  });

  it('leaves nothing behind where the file has faults', async () => {
    const { configDir, secrets } = home({ 'connections/oak.yaml': 'nonsense: 1\n' });
    expect(await keepCredentials(configDir, 'oak', keyOf('new'))).toMatchObject({ ok: false });
    expect(secrets()).toEqual([]);
  });
});
