/** `boomsync forget`, `hold` and `release`, and what a restore from before does not bring back. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesWith } from '../support/bytes.ts';
import { ana, ben, tell } from '../support/oak.ts';
import { makeHome } from '../support/process.ts';

describe('boomsync forget', () => {
  it('shows every place and changes nothing, asks, and forgets again what a restore brings back', async () => {
    const home = makeHome();
    const data = join(home.folder, 'data');
    const server = await home.start();
    await tell(home, server, ana, ben);
    await home.run('backup');

    const would = await home.run('forget', 't1', '--dry-run');
    expect(would.stdout).toContain('t1 Ana Ruiz');
    expect(would.stdout).toMatch(/backup-.*gone by 20/);
    expect(would.stdout).toContain('Nothing was changed.');
    expect(await home.run('forget', 't1')).toMatchObject({ code: 2 });
    expect((await home.run('tenants')).stdout).toContain('Ana Ruiz');

    const done = await home.run('forget', 't1', '--yes', '--json');
    expect(done.json()).toMatchObject({ tenantId: 't1', clean: true });
    expect(done.stdout).not.toContain(ana.email);
    const named = () => filesWith(data, ana.email).filter((file) => !/^(backups|replaced-)/.test(file));
    expect(named()).toEqual([]);
    await server.kill('SIGTERM');

    const [backup = ''] = readdirSync(join(data, 'backups'));
    expect(await home.run('restore', backup, '--yes')).toMatchObject({ code: 0 });
    expect(named()).not.toEqual([]);
    const again = await home.start();
    expect((await home.run('tenants')).stdout).not.toContain('Ana Ruiz');
    expect((await home.run('tenants')).stdout).toContain('Ben Sosa');
    await tell(home, again, { ...ana, event: 'application_canceled' });
    expect((await home.run('tenants')).stdout).not.toContain('Ana Ruiz');
    expect(named()).toEqual([]);
  });

  it('refuses somebody who is held, and says how to end that', async () => {
    const home = makeHome();
    const server = await home.start();
    await tell(home, server, ana);
    expect(await home.run('hold', 't1', '--reason', 'a claim')).toMatchObject({ code: 0 });
    expect((await home.run('hold')).stdout).toContain('a claim');
    const refused = await home.run('forget', 't1', '--yes');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('boomsync release t1');
    expect(await home.run('release', 't1')).toMatchObject({ code: 0 });
    expect((await home.run('hold')).stdout).toContain('Nobody is held.');
    expect(await home.run('forget', 't1', '--yes')).toMatchObject({ code: 0 });
  });
});
