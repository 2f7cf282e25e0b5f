import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMadeFor, removeSecret, writeSecret } from '../../src/config/secret-file.ts';
import { temporaryFolder } from '../support/store.ts';

function makeConfig(): string {
  const configDir = join(temporaryFolder(), 'config');
  mkdirSync(join(configDir, 'connections', 'drafts'), { recursive: true });
  return configDir;
}

describe('a secret', () => {
  it('stands in a file that nobody else reads', async () => {
    const configDir = makeConfig();
    expect(await writeSecret(configDir, 'oak-key', 'one')).toBe('file:secrets/oak-key');
    const file = join(configDir, 'secrets', 'oak-key');
    expect(readFileSync(file, 'utf8')).toBe('one\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(configDir, 'secrets')).mode & 0o777).toBe(0o700);
  });

  it('is written over no file that is there, and through no link', async () => {
    const configDir = makeConfig();
    await writeSecret(configDir, 'oak-key', 'one');
    symlinkSync('/nowhere/at/all', join(configDir, 'secrets', 'oak-key-2'));
    expect(await writeSecret(configDir, 'oak-key', 'two')).toBe('file:secrets/oak-key-3');
    expect(readFileSync(join(configDir, 'secrets', 'oak-key'), 'utf8')).toBe('one\n');
  });

  it.each([
    ['boomsync.yaml', 'key: file:secrets/oak-key'],
    ['boomsync.yaml', '# key: "file:secrets/oak-key"'],
    ['connections/elm.yaml', 'key: [file:./secrets/oak-key, x]'],
    ['connections/drafts/elm.yaml', "key: 'file:/home/me/config/secrets/oak-key' # mine"],
  ])('stays while %s says %s', async (file, text) => {
    const configDir = makeConfig();
    const reference = await writeSecret(configDir, 'oak-key', 'one');
    writeFileSync(join(configDir, file), `${text}\n`);
    await removeSecret(configDir, reference);
    expect(readdirSync(join(configDir, 'secrets'))).toEqual(['oak-key']);
  });

  it('goes where nobody names it, whatever is called like it', async () => {
    const configDir = makeConfig();
    const reference = await writeSecret(configDir, 'oak-key', 'one');
    writeFileSync(
      join(configDir, 'boomsync.yaml'),
      'a: file:secrets/oak-key-2\nb: file:secrets/my-oak-key\n',
    );
    writeFileSync(join(configDir, 'connections', 'x.example.yaml'), 'a: file:secrets/oak-key\n');
    await removeSecret(configDir, reference);
    expect(readdirSync(join(configDir, 'secrets'))).toEqual([]);
  });

  it.each([
    ['file:secrets/oak-key', true],
    ['file:secrets/oak-key-2', true],
    ['file:secrets/oak-key-two', false],
    ['file:secrets/oak', false],
    ['file:elsewhere/oak-key', false],
    ['env:oak-key', false],
  ])('%s is made for oak-key: %s', (reference, made) => {
    expect(isMadeFor(reference, 'oak-key')).toBe(made);
  });
});
