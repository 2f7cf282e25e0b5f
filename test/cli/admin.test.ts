import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { type Home, MAIN, makeHome } from '../support/process.ts';

const PASSWORD = 'four small red boats';

/** One line to what is asked of `--password-stdin`. */
async function runWith(home: Home, input: string, ...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      BOOMSYNC_HOME: home.folder,
      BOOM_WEBHOOK_KEY: 'test-key',
      NO_COLOR: '1',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { stdout, stderr, code: code as number | null };
}

const linkIn = (printed: string, base: string) => {
  const path = /\/(?:link|first-run)\/[\w-]{43}/.exec(printed)?.[0];
  if (path === undefined) throw new Error(`No link in: ${printed}`);
  return base + path;
};

const post = (url: string, form: Record<string, string>) =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) });

it('lets people in by links that are shown once, gives them passwords, and keys to scripts', async () => {
  const home = makeHome();
  const server = await home.start();
  const first = linkIn(server.printed(), server.url);
  const form = { name: 'Ana', password: PASSWORD, again: PASSWORD };
  expect((await post(first, form)).status).toBe(303);
  expect((await post(first, { ...form, name: 'Eve' })).status).toBe(410);

  const added = await home.run('admin', 'add-user', 'Bo', '--role', 'helper');
  expect(added.stdout).toContain('works once, for 24 hours');
  const invitation = linkIn(added.stdout, server.url);
  expect((await post(invitation, { password: PASSWORD, again: PASSWORD })).status).toBe(303);

  const fresh = 'five large blue boats';
  const reset = await runWith(home, `${fresh}\n`, 'admin', 'reset-password', 'Bo', '--password-stdin');
  expect(reset).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Bo signs in with the new password'),
  });
  expect((await post(`${server.url}/sign-in`, { name: 'Bo', password: PASSWORD })).status).toBe(401);
  expect((await post(`${server.url}/sign-in`, { name: 'Bo', password: fresh })).status).toBe(303);

  const made = await home.run('admin', 'token', 'new', 'backup', '--role', 'owner', '--json');
  const { secret, key } = made.json() as { secret: string; key: { id: number } };
  const status = () =>
    fetch(`${server.url}/api/v1/status`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await status()).status).toBe(200);
  expect((await home.run('admin', 'token', 'revoke', String(key.id))).stdout).toContain(
    'does not work any more',
  );
  expect((await status()).status).toBe(401);
  // Neither names nor what lets anybody in.
  expect(server.logged()).not.toMatch(/Ana|Bo\b|boats|[\w-]{43}/);
  await server.kill('SIGTERM');

  const users = await home.run('admin', 'users', '--json');
  expect(users.json()).toMatchObject({
    users: [
      { name: 'Ana', role: 'owner' },
      { name: 'Bo', role: 'helper' },
    ],
  });
  expect(users.stdout).not.toContain('scrypt');
  const link = await home.run('admin', 'login-link');
  expect(link.stdout).toContain('within 15 minutes to sign in as Ana');
  expect(link.stdout).toContain('boomsync is not running');
  const short = await runWith(home, 'short\n', 'admin', 'reset-password', 'Bo', '--password-stdin');
  expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining('too short') });
  expect((await home.run('admin', 'reset-password', 'Bo')).stderr).toContain('--password-stdin');
});
