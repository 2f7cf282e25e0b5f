import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureHome } from '../../src/config/create.ts';
import { loadConfig } from '../../src/config/load.ts';
import { MAIN, makeHome } from './home.ts';

const modeOf = (file: string) => statSync(file).mode & 0o777;

function everything(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    entries
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]),
  );
}

describe('ensureHome', () => {
  it('makes a home that loads, with a key that only its owner can read', async () => {
    const home = makeHome();
    const env = { BOOMSYNC_HOME: home };
    expect(await ensureHome(env)).toEqual({
      created: [
        'data',
        path.join('config', 'connections', 'rent-roll.yaml'),
        path.join('config', 'secrets', 'boom-webhook-key'),
        path.join('config', 'boomsync.yaml'),
      ],
    });
    expect(modeOf(path.join(home, 'data'))).toBe(0o700);
    expect(modeOf(path.join(home, 'config', 'secrets'))).toBe(0o700);
    expect(modeOf(path.join(home, 'config', 'secrets', 'boom-webhook-key'))).toBe(0o600);
    const loaded = await loadConfig(env);
    if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
    expect(loaded.config.accounts[0]?.webhookKeys[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(loaded.config.connections.map(({ connector }) => connector)).toEqual(['rent-roll']);
  });

  it('makes another key for every home', async () => {
    const keys = await Promise.all(
      [makeHome(), makeHome()].map(async (home) => {
        await ensureHome({ BOOMSYNC_HOME: home });
        return readFileSync(path.join(home, 'config', 'secrets', 'boom-webhook-key'), 'utf8');
      }),
    );
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('changes nothing the second time, and leaves nothing behind', async () => {
    const home = makeHome();
    await ensureHome({ BOOMSYNC_HOME: home });
    const before = everything(home);
    expect(Object.keys(before)).toHaveLength(3);
    expect(await ensureHome({ BOOMSYNC_HOME: home })).toEqual({ created: [] });
    expect(everything(home)).toEqual(before);
  });

  it('makes one home when two starts make it at once', async () => {
    const home = makeHome();
    const both = await Promise.all([
      ensureHome({ BOOMSYNC_HOME: home }),
      ensureHome({ BOOMSYNC_HOME: home }),
    ]);
    expect(
      both.flatMap(({ created }) => created).filter((file) => file.endsWith('boomsync.yaml')),
    ).toHaveLength(1);
    expect(await loadConfig({ BOOMSYNC_HOME: home })).toHaveProperty('config');
  });

  it('makes no key where one is given, and names the variable instead', async () => {
    const home = makeHome();
    const env = { BOOMSYNC_HOME: home, BOOM_WEBHOOK_KEY: 'given' };
    await ensureHome(env);
    expect(existsSync(path.join(home, 'config', 'secrets'))).toBe(false);
    expect(readFileSync(path.join(home, 'config', 'boomsync.yaml'), 'utf8')).toContain(
      '[env:BOOM_WEBHOOK_KEY]',
    );
    expect(await loadConfig(env)).toHaveProperty('config');
  });

  it('keeps what a landlord has: their file, their connections, their key', async () => {
    const home = makeHome({ 'boomsync.yaml': MAIN, 'connections/oak.yaml': 'connector: buildium\n' });
    await ensureHome({ BOOMSYNC_HOME: home });
    expect(everything(path.join(home, 'config'))).toEqual({
      'boomsync.yaml': MAIN,
      [path.join('connections', 'oak.yaml')]: 'connector: buildium\n',
    });
  });

  it('goes on where a start was interrupted: the key that was made stays', async () => {
    const home = makeHome({ 'secrets/boom-webhook-key': { text: 'made-before\n', mode: 0o600 } });
    await ensureHome({ BOOMSYNC_HOME: home });
    const loaded = await loadConfig({ BOOMSYNC_HOME: home });
    expect('config' in loaded && loaded.config.accounts[0]?.webhookKeys).toEqual(['made-before']);
  });

  it('does not make a new key behind the back of a file that names a lost one', async () => {
    const home = makeHome({ 'boomsync.yaml': MAIN.replace('env:KEY', 'file:secrets/boom-webhook-key') });
    await ensureHome({ BOOMSYNC_HOME: home });
    expect(await loadConfig({ BOOMSYNC_HOME: home })).toMatchObject({
      faults: [{ line: 3, message: 'there is no file config/secrets/boom-webhook-key' }],
    });
  });

  it('leaves the rights of folders that are there', async () => {
    const home = makeHome();
    mkdirSync(path.join(home, 'data'), { mode: 0o750 });
    writeFileSync(path.join(home, 'data', 'x'), '');
    expect((await ensureHome({ BOOMSYNC_HOME: home })).created).not.toContain('data');
    expect(modeOf(path.join(home, 'data'))).toBe(0o750);
  });

  it('shows editors the schema', async () => {
    const home = makeHome();
    await ensureHome({ BOOMSYNC_HOME: home });
    const [, schema = ''] =
      /\$schema=(\S+)/.exec(readFileSync(path.join(home, 'config', 'boomsync.yaml'), 'utf8')) ?? [];
    expect(existsSync(path.resolve(home, 'config', schema))).toBe(true);
  });
});
