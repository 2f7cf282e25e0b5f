/** `boomsync connector …` as typed, in a process of its own. Needs the build that `npm test` makes first. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FakeFactory, FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import { MAIN } from '../support/process.ts';
import { temporaryFolder } from '../support/store.ts';

interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

async function run(folder: string, args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      BOOMSYNC_HOME: folder,
      BOOM_WEBHOOK_KEY: 'test-key',
      NO_COLOR: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    out.stdout += text;
  });
  child.stderr.on('data', (text) => {
    out.stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...out };
}

/** A home with the connector that `new` writes, and a connection to its fake. */
async function homeWithConnection(): Promise<{ folder: string; fake: FakePms; server: FakeServer }> {
  const folder = temporaryFolder();
  expect((await run(folder, ['connector', 'new', 'my-pms'])).code).toBe(0);
  const { default: factory } = (await import(pathToFileURL(join(folder, 'my-pms/fake.mjs')).href)) as {
    default: FakeFactory;
  };
  const fake = factory(() => new Date(), folder);
  const server = await startFakeServer(fake);
  onTestFinished(() => server.close());
  mkdirSync(join(folder, 'config/connections'), { recursive: true });
  writeFileSync(
    join(folder, 'config/boomsync.yaml'),
    'boom:\n  - name: main\n    webhookKeys: [env:BOOM_WEBHOOK_KEY]\n',
  );
  writeFileSync(
    join(folder, 'config/connections/oak.yaml'),
    `connector: ../my-pms\nserver: ${server.url}\ncredentials: { apiKey: "env:OAK_KEY" }\n`,
  );
  return { folder, fake, server };
}

describe('boomsync connector list', () => {
  it('shows what every connector can do', async () => {
    const { code, stdout } = await run(temporaryFolder(), ['connector', 'list', '--json']);
    expect(code).toBe(0);
    const { connectors } = JSON.parse(stdout) as { connectors: { id: string }[] };
    expect(connectors.find(({ id }) => id === 'buildium')).toMatchObject({
      label: 'Buildium',
      capabilities: { kinds: ['applicant'], update: 'replaces', notes: 'staff' },
      decisions: 'status',
      credentials: [
        { name: 'clientId', secret: false },
        { name: 'clientSecret', secret: true },
      ],
    });
  });

  it('is a table for a person', async () => {
    const { stdout } = await run(temporaryFolder(), ['connector', 'list']);
    expect(stdout).toMatch(/buildium +Buildium +applicant +applicant +applicant +contains +status +staff/);
  });
});

describe('boomsync connector new', () => {
  it('writes a connector that passes the whole suite before anything in it is changed', async () => {
    const folder = temporaryFolder();
    const made = await run(folder, ['connector', 'new', 'my-pms', '--json']);
    expect(JSON.parse(made.stdout)).toMatchObject({ files: ['manifest.yaml', 'fake.mjs', 'README.md'] });
    const tested = await run(folder, ['connector', 'test', './my-pms', '--json']);
    const result = JSON.parse(tested.stdout) as { cases: { outcome: string }[] };
    expect(result).toMatchObject({ connector: 'my-pms', failed: 0 });
    expect(result.cases.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(40);
    expect(tested.code).toBe(0);
  }, 120_000);

  it('writes over nothing', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'mine'));
    const { code, stderr } = await run(folder, ['connector', 'new', 'mine']);
    expect(code).toBe(1);
    expect(stderr).toContain('There is a');
    expect(existsSync(join(folder, 'mine/manifest.yaml'))).toBe(false);
  });

  it('refuses a name that a configuration could not say', async () => {
    const { code, stderr } = await run(temporaryFolder(), ['connector', 'new', '../elsewhere']);
    expect(code).toBe(2);
    expect(stderr).toContain('small letters');
  });
});

describe('boomsync connector test', () => {
  it('ends with 1 and says what does not hold', async () => {
    const folder = temporaryFolder();
    await run(folder, ['connector', 'new', 'my-pms']);
    const file = join(folder, 'my-pms/manifest.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/ +confirm: .*\n/, ''));
    const { code, stdout } = await run(folder, ['connector', 'test', './my-pms']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /somebody else with the same e-mail address .* ✗ failed +The other person's record was changed/,
    );
    expect(stdout).toContain('1 failed');
  }, 120_000);

  it('tells the line of a fault', async () => {
    const folder = temporaryFolder();
    await run(folder, ['connector', 'new', 'my-pms']);
    const file = join(folder, 'my-pms/manifest.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('update: merges', 'update: sometimes'));
    const { code, stderr } = await run(folder, ['connector', 'test', './my-pms']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/manifest\.yaml:\d+ +capabilities\.update/);
  });
});

describe('boomsync connector check', () => {
  it('proves that the key is good, and writes nothing', async () => {
    const { folder, server } = await homeWithConnection();
    const { code, stdout } = await run(folder, ['connector', 'check', 'oak'], { OAK_KEY: 'fake-key' });
    expect(stdout).toMatch(/✓ +sign in +Fake account/);
    expect(stdout).toMatch(/✓ +look for an applicant/);
    expect(stdout).toMatch(/✓ +list the units/);
    expect(code).toBe(0);
    expect(server.seen.length).toBeGreaterThan(2);
    expect(server.seen.filter(({ write }) => write)).toEqual([]);
  });

  it('says that the key is refused, and does not show it', async () => {
    const { folder } = await homeWithConnection();
    const { code, stdout } = await run(folder, ['connector', 'check', 'oak', '--json'], {
      OAK_KEY: 'wrong-key',
    });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      checks: [{ step: 'sign in', ok: false, message: expect.any(String), remedy: expect.any(String) }],
    });
    expect(stdout).not.toContain('wrong-key');
  });

  it('names the right that is lacking', async () => {
    const { folder, fake } = await homeWithConnection();
    const { answer } = fake;
    fake.answer = (request) => (request.path === '/people' ? { status: 403 } : answer(request));
    const { code, stdout } = await run(folder, ['connector', 'check', 'oak', '--json'], {
      OAK_KEY: 'fake-key',
    });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      checks: [
        { step: 'sign in', ok: true },
        { step: 'look for an applicant', ok: false },
        { step: 'list the units', ok: true },
      ],
    });
  });

  it('knows which connections there are', async () => {
    const { folder } = await homeWithConnection();
    const { code, stderr } = await run(folder, ['connector', 'check', 'elm'], { OAK_KEY: 'fake-key' });
    expect(code).toBe(1);
    expect(stderr).toContain('There are: oak');
  });
});
