import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Home, MAIN, makeHome, type RunningServer } from '../support/process.ts';

interface Summary {
  seed: number;
  stopped: boolean;
  deliveries: number;
  delivered: number;
  dropped: number;
  duplicated: number;
  lost: number;
  people: number;
}

const QUICK = ['--speed', 'max', '--api-port', '0', '--seed', '7'];

async function running(): Promise<{ home: Home; server: RunningServer }> {
  const home = makeHome();
  return { home, server: await home.start() };
}

describe('boomsync simulate', () => {
  it('sends a life to the running server, and everything of it is understood', async () => {
    const { home } = await running();
    const ran = await home.run('simulate', '--units', '10', '--days', '40', ...QUICK, '--json');
    expect(ran.code).toBe(0);
    const summary: Summary = ran.json();
    expect(summary).toMatchObject({ seed: 7, stopped: false, lost: 0, delivered: summary.deliveries });
    expect(summary.deliveries).toBeGreaterThan(50);
    const { total }: { total: number } = (await home.run('events', '--json')).json();
    expect(total).toBe(summary.deliveries);
    for (const status of ['failed', 'ignored', 'quarantined']) {
      const { events }: { events: unknown[] } = (
        await home.run('events', '--status', status, '--json')
      ).json();
      expect(events, status).toEqual([]);
    }
  });

  it('drops and doubles as it was told, and says so', async () => {
    const { home } = await running();
    const chaos = ['--drop', '10', '--duplicate', '10', '--reorder', '--older'];
    const ran = await home.run('simulate', '--units', '10', '--days', '40', ...QUICK, ...chaos);
    expect(ran.code).toBe(0);
    const [, dropped, doubled, held] =
      /; (\d+) dropped, (\d+) sent twice, (\d+) held back on purpose/.exec(ran.stdout) ?? [];
    for (const number of [dropped, doubled, held]) expect(Number(number)).toBeGreaterThan(0);
    expect(ran.stderr).toContain('The seed is 7');
    expect(ran.stderr).toContain('as fast as it goes');
    expect(ran.stderr).toMatch(/server: "http:\/\/127\.0\.0\.1:\d+"/);
  });

  it('ends with the summary on Ctrl-C', async () => {
    const { home } = await running();
    const args = ['simulate', '--speed', '1h/s', '--api-port', '0', '--json'];
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env.PATH, BOOMSYNC_HOME: home.folder, BOOM_WEBHOOK_KEY: 'test-key' },
    });
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += String(chunk);
    });
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(JSON.parse(printed)).toMatchObject({ stopped: true });
  });

  it('does nothing where no server runs', async () => {
    const { home, server } = await running();
    await server.kill('SIGTERM');
    const ran = await home.run('simulate', ...QUICK);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('npm start');
  });

  it('refuses where invented people would get into real records, unless told to', async () => {
    const { home } = await running();
    home.write(
      'config/connections/oak.yaml',
      'connector: buildium\nmode: live\ncredentials: { clientId: env:OAK_ID, clientSecret: env:OAK_SECRET }\n',
    );
    const refused = await home.run('simulate', ...QUICK);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('(oak)');
    expect(refused.stderr).toContain('--yes');
    const { total }: { total: number } = (await home.run('events', '--json')).json();
    expect(total).toBe(0);
    const allowed = await home.run('simulate', '--units', '2', '--days', '20', ...QUICK, '--yes');
    expect(allowed.code).toBe(0);
  });

  it.each([
    ['--units', '0'],
    ['--speed', 'fast'],
    ['--speed', '0d/s'],
    ['--drop', '101'],
    ['--url', 'ftp://example.com'],
  ])('exits with 2 on %s %s', async (...option) => {
    expect((await makeHome().run('simulate', ...option)).code).toBe(2);
  });

  it('explains itself with examples', async () => {
    const help = await makeHome().run('simulate', '--help');
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Examples:');
  });
});
