import { describe, expect, it } from 'vitest';
import { configOf, faultsOf, MAIN } from './home.ts';

const secretFile = (text: string, mode = 0o600) => ({ text, mode });

describe('secrets', () => {
  const main = (key: string) => ({
    'boomsync.yaml': `boom:\n  - name: main\n    webhookKeys:\n      - ${key}\n`,
  });
  const where = { file: 'boomsync.yaml', line: 4, path: 'boom[0].webhookKeys[0]' };

  it('does not take a secret that stands in the file, and does not repeat it', async () => {
    const faults = await faultsOf(main('hunter2-hunter2'));
    expect(faults).toMatchObject([where]);
    expect(faults[0]?.message).toContain('a secret does not stand in this file: expected `env:NAME`');
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it('names the variable that is not set', async () => {
    expect(await faultsOf(main('env:NOT_THERE'))).toMatchObject([
      { ...where, message: 'the variable NOT_THERE is not set' },
    ]);
  });

  it('names the file that is not there', async () => {
    const faults = await faultsOf(main('file:secrets/key'));
    expect(faults).toMatchObject([{ ...where, message: 'there is no file config/secrets/key' }]);
    expect(faults[0]?.suggestion).toMatch(
      /^Put the secret into .*secrets\/key and run: chmod 600 .*secrets\/key$/,
    );
  });

  it.each([0o640, 0o604, 0o610, 0o666, 0o755])(
    'refuses a file that others can read (mode %o)',
    async (mode) => {
      const faults = await faultsOf({ ...main('file:secrets/key'), 'secrets/key': secretFile('k', mode) });
      expect(faults).toMatchObject([
        { ...where, message: 'others on this computer can read config/secrets/key' },
      ]);
      expect(faults[0]?.suggestion).toMatch(/^Run: chmod 600 \/.*\/config\/secrets\/key$/);
    },
  );

  it.each([0o600, 0o400])('takes a file that only its owner can read (mode %o)', async (mode) => {
    const { config } = await configOf({
      ...main('file:secrets/key'),
      'secrets/key': secretFile('k\r\n', mode),
    });
    expect(config.accounts[0]?.webhookKeys).toEqual(['k']);
  });

  it('refuses a file that is empty, a folder, or no key', async () => {
    expect(await faultsOf({ ...main('file:secrets/key'), 'secrets/key': secretFile(' \n') })).toMatchObject([
      { message: 'config/secrets/key is empty' },
    ]);
    expect(await faultsOf({ ...main('file:secrets'), 'secrets/key': secretFile('k') })).toMatchObject([
      { message: expect.stringMatching(/^config\/secrets (is no file|cannot be read)/) },
    ]);
    expect(
      await faultsOf({ ...main('file:secrets/key'), 'secrets/key': secretFile('two lines\nof text') }),
    ).toMatchObject([{ ...where, message: expect.stringContaining('without spaces') }]);
    expect(
      await faultsOf({ ...main('file:secrets/key'), 'secrets/key': secretFile('x'.repeat(70_000)) }),
    ).toMatchObject([{ message: 'config/secrets/key is too large for a secret' }]);
  });

  it('checks the API keys too', async () => {
    expect(
      await faultsOf({
        'boomsync.yaml': `${MAIN}    api:\n      accessKey: env:KEY\n      secretKey: env:NOT_THERE\n`,
      }),
    ).toMatchObject([
      { line: 6, path: 'boom[0].api.secretKey', message: 'the variable NOT_THERE is not set' },
    ]);
  });
});
