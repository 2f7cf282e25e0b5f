/** Correcting who is who, and replaying, from the command line. */
import { describe, expect, it } from 'vitest';
import { type Home, makeHome, type RunningServer } from '../support/process.ts';

const ana = { first_name: 'Ana', last_name: 'Ruiz', email: 'ana@example.com', phone: '+15125550143' };
const screening = { event: 'application_approved', ...ana, unit: '4B', application_id: 'a1' };
const reporting = {
  event: 'enrollment_approved',
  customer_id: 'c1',
  enrollment_id: 'e1',
  customer_first_name: 'Ana',
  customer_last_name: 'Ruiz',
  customer_email: 'ana@example.com',
  customer_phone: '5125550143',
};

interface Corrected {
  eventId: number;
  tenants: { id: string; weaklyJoined: boolean; stage: string }[];
}

async function weaklyJoined(home: Home): Promise<RunningServer> {
  const server = await home.start();
  for (const body of [screening, reporting]) expect((await home.post(server, body)).status).toBe(202);
  // Hands over to the server, which answers when everything has been projected.
  expect((await home.run('retry')).code).toBe(0);
  return server;
}

describe('correcting who is who', () => {
  it('says what is joined and how, asks, and has the server carry it out', async () => {
    const home = makeHome();
    await weaklyJoined(home);
    expect(await home.run('status')).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('1 thing needs you'),
    });
    expect((await home.run('errors', '--json')).json()).toMatchObject({
      total: 1,
      errors: [{ about: 'tenant', id: 't1', kind: 'weak_join', who: 'Ana Ruiz', connection: null }],
    });
    const shown = await home.run('tenants', 'show', 't1');
    expect(shown.stdout).toContain('boomsync tenants link t1');
    expect(shown.stdout).toContain('boomsync tenants unlink t1');

    const unasked = await home.run('tenants', 'unlink', 't1');
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toContain('rent reporting: event 2, joined by name, e-mail and phone only');
    expect(unasked.stderr).toContain('--yes');

    const unlinked = (await home.run('tenants', 'unlink', 't1', '--yes', '--json')).json() as Corrected;
    expect(unlinked).toMatchObject({ eventId: 3, tenants: [{ id: 't1', stage: 'approved' }, { id: 't2' }] });
    expect((await home.run('tenants', 'show', 't2')).stdout).toContain('you: these are two people');
    expect((await home.run('errors', '--json')).json()).toMatchObject({ total: 0 });
  });

  it('carries it out itself where no server runs', async () => {
    const home = makeHome();
    await (await weaklyJoined(home)).kill('SIGTERM');
    expect((await home.run('tenants', 'unlink', 't1', '--yes')).stdout).toContain('t2  Ana Ruiz · resident');
    const merged = await home.run('tenants', 'merge', 't2', 't1', '--yes');
    expect(merged.code).toBe(0);
    expect(merged.stdout).toContain('t1  Ana Ruiz · resident');
    const split = await home.run('tenants', 'split', 't1', '--events', '2', '--yes', '--json');
    expect((split.json() as Corrected).tenants.map((t) => t.id)).toEqual(['t1', 't2']);
    expect((await home.run('tenants', '--json')).json()).toMatchObject({ total: 2 });
  });

  it('confirms a weak join, once', async () => {
    const home = makeHome();
    await weaklyJoined(home);
    const linked = (await home.run('tenants', 'link', 't1', '--yes', '--json')).json() as Corrected;
    expect(linked.tenants).toMatchObject([{ id: 't1', weaklyJoined: false, stage: 'resident' }]);
    const again = await home.run('tenants', 'link', 't1', '--yes');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('Nothing about t1 is joined by name, e-mail and phone only');
  });

  it('checks before it writes anything', async () => {
    const home = makeHome();
    await weaklyJoined(home);
    const wrong: [string[], string][] = [
      [['link', 't9'], 'There is no tenant t9'],
      [['merge', 't1', 't1'], 'Both are t1 already'],
      [['split', 't1', '--events', '77'], 'No person of t1 is named by event 77'],
      [['split', 't1', '--events', '1,2'], 'That is everything t1 has'],
    ];
    for (const [args, says] of wrong) {
      const ran = await home.run('tenants', ...args, '--yes');
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain(says);
    }
    expect((await home.run('tenants', 'split', 't1', '--events', 'two', '--yes')).code).toBe(2);
    expect((await home.run('events', '--json')).json()).toMatchObject({ total: 2 });
  });
});

describe('replay', () => {
  it('goes through everything, or through one tenant, with a server', async () => {
    const home = makeHome();
    const server = await weaklyJoined(home);
    await home.post(server, { event: 'enrollment_approved' });
    const nothing = { changed: [], added: [], gone: [] };
    expect((await home.run('replay', '--json')).json()).toMatchObject({ events: 3, failed: 1, ...nothing });
    expect((await home.run('replay', 't1', '--json')).json()).toMatchObject({ events: 2, ...nothing });
    expect((await home.run('replay', 't9')).stderr).toContain('There is no tenant t9');
  });

  it('goes through everything, or what failed, without a server', async () => {
    const home = makeHome();
    const server = await weaklyJoined(home);
    await home.post(server, { event: 'enrollment_approved' });
    await server.kill('SIGTERM');
    expect((await home.run('replay', '--dry-run')).stdout).toContain('Nothing was changed');
    expect((await home.run('replay')).stdout).toContain('0 tenants changed, 0 new, 0 gone');
    expect((await home.run('replay', '--failed')).stdout).toContain('1 event tried again; 1 still');
    expect((await home.run('replay', 't1', '--failed')).code).toBe(2);
    expect(home.read('data/replay.sqlite')).toBe('');
  });

  it('leaves nothing behind that the next command does not remove', async () => {
    const home = makeHome();
    const server = await weaklyJoined(home);
    await server.kill('SIGKILL');
    home.write('data/replay.sqlite', 'half a replay');
    expect((await home.run('replay')).code).toBe(0);
    home.write('data/replay.sqlite', 'half a replay');
    await home.start();
    expect(home.read('data/replay.sqlite')).toBe('');
  });
});
