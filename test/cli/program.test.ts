import { accessSync, constants } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { MAIN, makeHome } from '../support/process.ts';

interface Events {
  events: { id: number; requestId: string; event: string; status: string; tenantId: string | null }[];
  total: number;
}
interface Tenants {
  tenants: {
    id: string;
    stage: string;
    person: { firstName: string; email: string };
    unit: { title: string } | null;
    applications: { id: string | null; leasing: string; role: string | null }[];
    enrollments: { id: string; reporting: string }[];
    residency: string;
    connections: {
      name: string;
      kind: string;
      status: string;
      remoteId: string;
      error: null | { kind: string };
    }[];
  }[];
  total: number;
}

it('may be run by npx, also where it was built anew', () => {
  expect(() => accessSync(MAIN, constants.X_OK)).not.toThrow();
});

describe('a new home', () => {
  it('is made by the first start, and left alone by the second', async () => {
    const home = makeHome({ BOOM_WEBHOOK_KEY: '' });
    const first = await home.start();
    expect(first.printed()).toContain(`${first.url}/webhooks/boom`);
    const key = home.read('config/secrets/boom-webhook-key').trim();
    expect(key.length).toBeGreaterThan(30);
    expect(first.printed()).toContain(key);
    const files = [
      'config/boomsync.yaml',
      'config/connections/rent-roll.yaml',
      'config/secrets/boom-webhook-key',
    ];
    const before = files.map(home.read);
    expect(await first.kill('SIGTERM')).toBe(0);
    const second = await home.start();
    expect(files.map(home.read)).toEqual(before);
    expect(second.printed()).not.toContain('Made:');
    expect(second.printed()).not.toContain(key);
    expect(await second.kill('SIGINT')).toBe(0);
  });

  it('says what to do before it was started', async () => {
    const home = makeHome();
    const status = await home.run('status');
    expect(status.code).toBe(1);
    expect(status.stderr).toContain('has not been started');
    expect(status.stderr).toContain('npm start');
  });

  it('lists every fault of the configuration, with file and line, and starts nothing', async () => {
    const home = makeHome();
    home.write(
      'config/boomsync.yaml',
      'timezone: Mars/Olympus\nresyncc: {}\nboom:\n  - name: main\n    webhookKeys: [env:BOOM_WEBHOOK_KEY]\n',
    );
    home.write('config/connections/oak.yaml', 'connector: buildum\n');
    const served = await home.run('serve');
    expect(served.code).toBe(1);
    expect(served.stderr).toMatch(/boomsync\.yaml:1/);
    expect(served.stderr).toMatch(/boomsync\.yaml:2.*resync/s);
    expect(home.read('data/boomsync.sqlite')).toBe('');
    const checked = await home.run('config', 'check', '--json');
    expect(checked.code).toBe(1);
    expect((checked.json() as { error: { code: string } }).error.code).toBe('config');
  });
});

describe('with a server', () => {
  it('sends a sample and says what became of it', async () => {
    const home = makeHome();
    await home.start();
    const sent = await home.run('send', 'application_approved');
    expect(sent.code).toBe(0);
    expect(sent.stdout).toContain(
      'application_approved: stored as event 1; about t1, applicant in rent-roll',
    );
    expect(home.read('data/applicants.csv')).toContain('Ana,Ruiz');

    const status = await home.run('status', '--json');
    expect(status.code).toBe(0);
    expect(status.json()).toMatchObject({ verdict: 'in_line', tenants: { total: 1, inLine: 1 } });

    const { tenants, total } = (await home.run('tenants', '--json')).json() as Tenants;
    expect(total).toBe(1);
    expect(tenants[0]).toMatchObject({
      id: 't1',
      stage: 'approved',
      residency: 'unknown',
      unit: { title: '4B' },
      applications: [{ leasing: 'approved' }],
      connections: [{ name: 'rent-roll', kind: 'applicant', status: 'synced', error: null }],
    });
    const shown = await home.run('tenants', 'show', 't1');
    expect(shown.stdout).toContain('Ana Ruiz');
    expect(shown.stdout).toContain('application_approved');
  });

  it('takes one sample of each of the 39 events, and loses none', async () => {
    const home = makeHome();
    await home.start();
    const sent = await home.run('send', '--all', '--json');
    expect(sent.code).toBe(0);
    const { events, total } = (await home.run('events', '--json')).json() as Events;
    expect(total).toBe(39);
    expect(events.map((e) => e.event).sort()).toEqual([...EVENT_NAMES].sort());
    expect(events.filter((e) => e.status !== 'projected')).toEqual([]);
  });

  it('hands retry and resync to the server, and does them itself where none runs', async () => {
    const home = makeHome();
    const server = await home.start();
    await home.run('send', 'application_approved');
    const verified = await home.run('resync', '--verify', '--json');
    expect(verified.code).toBe(0);
    expect(verified.json()).toMatchObject({ tenants: 1 });
    expect((await home.run('retry', 't1', '--json')).json()).toMatchObject({ tenants: 1 });
    await server.kill('SIGTERM');
    expect((await home.run('resync', '--verify', '--json')).json()).toMatchObject({ tenants: 1 });
    expect((await home.run('status')).code).toBe(4);
  });

  it('restores the files of the rent roll that somebody deleted', async () => {
    const home = makeHome();
    await home.start();
    await home.run('send', 'application_approved');
    const { rmSync } = await import('node:fs');
    rmSync(`${home.folder}/data/applicants.csv`);
    await home.run('resync', '--verify');
    expect(home.read('data/applicants.csv')).toContain('Ana,Ruiz');
  });

  it('refuses a second server in the same home', async () => {
    const home = makeHome();
    const server = await home.start();
    const second = await home.run('serve');
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`already running for this home at ${server.url}`);
  });

  it('answers health checks and metrics without anybody’s data', async () => {
    const home = makeHome();
    const server = await home.start();
    await home.run('send', 'application_approved');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('boomsync_inbox_events{status="projected"} 1');
    expect(metrics).toContain('boomsync_sync_records{connection="rent-roll",state="synced"} 1');
    expect(metrics + server.logged()).not.toMatch(/ruiz|5125550|example\.com/i);
    expect((await fetch(`${server.url}/elsewhere`)).status).toBe(404);
  });

  it('shows what it could not read, keeps it, and tells scripts that somebody is needed', async () => {
    const home = makeHome();
    const server = await home.start();
    expect((await home.post(server, { event: 'enrollment_approved', request_id: 'r1' })).status).toBe(202);
    expect((await home.post(server, { event: 'rent_party_planned' })).status).toBe(202);
    await home.run('resync');
    const { events } = (await home.run('events', '--json')).json() as Events;
    expect(events.map((e) => e.status)).toEqual(['ignored', 'failed']);
    expect((await home.run('status')).code).toBe(3);
    const errors = (await home.run('errors', '--json')).json() as {
      errors: { about: string; message: string }[];
    };
    expect(errors.errors).toMatchObject([
      { about: 'event', message: expect.stringContaining('customer_id') },
    ]);
    expect((await home.run('errors')).stdout).toContain('boomsync events ignore 1');
    expect((await home.run('events', 'ignore', '1')).code).toBe(0);
    expect((await home.run('status')).code).toBe(0);
    expect((await home.run('events', 'ignore', '1')).code).toBe(1);
  });
});

describe('usage', () => {
  it.each([
    [['frobnicate']],
    [['send']],
    [['send', 'aplication_approved']],
    [['events', '--limit', '0']],
    [['tenants', '--nope']],
  ])('exits with 2 on %j', async (args) => {
    expect((await makeHome().run(...args)).code).toBe(2);
  });

  it.each([
    '',
    'status',
    'tenants',
    'tenants show',
    'events',
    'errors',
    'retry',
    'resync',
    'send',
    'demo',
    'serve',
    'config check',
  ])('explains "%s" with examples', async (command) => {
    const help = await makeHome().run(...command.split(' ').filter(Boolean), '--help');
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Examples:');
  });

  it('looks at a home whose secrets are not in this terminal', async () => {
    const home = makeHome({ OAK_ID: '', OAK_SECRET: '' });
    const server = await home.start();
    await home.run('send', 'application_approved');
    await server.kill('SIGTERM');
    home.write(
      'config/connections/oak.yaml',
      'connector: buildium\ncredentials: { clientId: env:OAK_ID, clientSecret: env:OAK_SECRET }\n',
    );
    expect((await home.run('tenants')).code).toBe(0);
    expect((await home.run('status')).code).toBe(4);
    expect((await home.run('config', 'check')).stderr).toContain('OAK_SECRET');
  });

  it('suggests the event that was meant', async () => {
    const home = makeHome();
    expect((await home.run('send', 'aplication_approved')).stderr).toContain(
      'Did you mean `application_approved`?',
    );
  });
});
