/** Backups and restores by the real program. */
import { existsSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aboutNth } from '../support/people.ts';
import { type Home, makeHome, type RunningServer } from '../support/process.ts';

const backups = (home: Home) => readdirSync(join(home.folder, 'data/backups'));

async function started(...args: Parameters<typeof makeHome>): Promise<{ home: Home; server: RunningServer }> {
  const home = makeHome(...args);
  const server = await home.start();
  await home.post(server, aboutNth(1, 'applicant_submitted'));
  return { home, server };
}

it('the running server makes it; restored, it is what was there, paused until somebody has compared', async () => {
  const { home, server } = await started();
  const made = (await home.run('backup', '--json')).json() as { counts: { inbox: number } };
  expect(made).toMatchObject({ encrypted: false, counts: { inbox: 1 } });
  await home.post(server, aboutNth(2, 'applicant_submitted'));
  const [name = ''] = backups(home);
  expect((await home.run('restore')).stdout).toContain(name);
  expect((await home.run('restore', name, '--check')).stdout).toContain('1 tenants and 1 events');
  expect(await home.run('restore', name, '--yes')).toMatchObject({ code: 1, stdout: '' });
  expect((await home.run('status', '--json')).json()).toMatchObject({
    tenants: { total: 2 },
    backup: { on: true, overdue: false, failure: null },
  });
  await server.kill('SIGTERM');

  expect((await home.run('restore', name)).stderr).toContain('nobody could be asked');
  const restored = (await home.run('restore', name, '--yes', '--json')).json() as { aside: string };
  expect(restored).toMatchObject({ paused: ['rent-roll'], counts: { inbox: 1 } });
  await home.start();
  expect((await home.run('status', '--json')).json()).toMatchObject({
    verdict: 'paused',
    tenants: { total: 1 },
    connections: [{ health: 'paused', pausedWhy: 'restored' }],
  });
  expect((await home.run('connection', 'resume', 'rent-roll')).code).toBe(0);
  expect((await home.run('status', '--json')).json()).toMatchObject({ connections: [{ health: 'working' }] });
  expect(existsSync(join(restored.aside, 'boomsync.sqlite'))).toBe(true);
});

it('an encrypted one is restored without a server, with the passphrase of the configuration', async () => {
  const { home, server } = await started();
  await server.kill('SIGTERM');
  home.write('config/secrets/pass', 'correct horse\n', 0o600);
  const main = home.read('config/boomsync.yaml');
  home.write('config/boomsync.yaml', `${main}\nbackup: { passphrase: "file:secrets/pass" }\n`);
  expect((await home.run('backup')).stdout).toContain('encrypted');
  const [name = ''] = backups(home);
  expect(name).toMatch(/\.sqlite\.encrypted$/);
  expect((await home.run('restore', name, '--yes')).stdout).toContain('Restored.');
  home.write('config/boomsync.yaml', main);
  expect((await home.run('restore', name, '--check')).stderr).toContain('there is no passphrase');
});

it('kill -9 in the middle of one leaves nothing that looks like a backup, and the next is one', async () => {
  const { home, server } = await started();
  await home.run('backup');
  const folder = join(home.folder, 'data/backups');
  const begun = new Promise<void>((resolve) => {
    const watching = watch(folder, (_, name) => {
      if (!name?.includes('.partial')) return;
      watching.close();
      resolve();
    });
  });
  const asked = home.run('backup');
  await begun;
  await server.kill('SIGKILL');
  expect((await asked).code).toBe(1);
  expect(backups(home).filter((name) => name.startsWith('backup-'))).toHaveLength(1);
  await home.start();
  expect(backups(home)).toHaveLength(1);
  expect((await home.run('backup')).code).toBe(0);
  expect(backups(home)).toHaveLength(2);
});
