import { describe, expect, it } from 'vitest';
import { ana, ben, makeOak, OAK_FILE, tell, UNITS } from '../support/oak.ts';

interface Listed {
  connections: { name: string; mode: string; health: string; due: number; records: { synced: number } }[];
}

describe('connection', () => {
  it('lists each with its mode, its health and what waits', async () => {
    const oak = await makeOak('preview', UNITS);
    const server = await oak.start();
    await tell(oak, server, ana);
    const { connections } = (await oak.run('connection', 'list', '--json')).json() as Listed;
    expect(connections).toMatchObject([
      {
        name: 'oak',
        label: 'Buildium',
        mode: 'preview',
        health: 'working',
        createsPerDay: 20,
        create: 'applicant',
      },
      { name: 'rent-roll', mode: 'live', createsPerDay: null, records: { synced: 1 } },
    ]);
    expect((await oak.run('connection', 'list')).stdout).toMatch(
      /oak +Buildium +preview +working +applicants, 20 a day/,
    );
    expect((await oak.run('connection', 'pause', 'okk')).stderr).toContain('They are: oak, rent-roll');
  });

  it('paused does nothing and drops nothing, over a restart, until it is resumed', async () => {
    const oak = await makeOak('live', UNITS);
    const first = await oak.start();
    expect((await oak.run('connection', 'pause', 'oak')).stdout).toContain('Paused: oak');
    expect((await oak.run('connection', 'pause', 'oak', '--json')).json()).toMatchObject({ changed: false });
    await tell(oak, first, ana);
    await first.kill('SIGTERM');
    const second = await oak.start();
    await tell(oak, second, ben);
    const status = await oak.run('status');
    expect(status.stdout).toContain('‖ Paused  You paused oak (Buildium) on');
    expect(status.stdout).toContain('2 tenants wait. Nothing is lost.');
    expect(status.code).toBe(0);
    expect((await oak.run('preview', 'oak')).stdout).toContain('Buildium is not asked');
    expect(oak.buildium.log).toEqual([]);

    expect((await oak.run('connection', 'resume', 'oak')).stdout).toContain('Resumed: oak');
    expect([...oak.buildium.records.values()].map((one) => one.FirstName).sort()).toEqual(['Ana', 'Ben']);
  });

  it('live shows what would change and asks; a script says --yes', async () => {
    const oak = await makeOak('preview', [...UNITS, 'createsPerDay: 1']);
    const server = await oak.start();
    await tell(oak, server, ana, ben);
    const unasked = await oak.run('connection', 'live', 'oak');
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toContain('t2  Ben Sosa  4C · applicant: add the record');
    expect(oak.read(OAK_FILE)).toContain('mode: preview');

    const live = await oak.run('connection', 'live', 'oak', '--yes', '--json');
    expect(live.json()).toMatchObject({ mode: 'live', takenUp: true, shown: { create: 2 } });
    expect(oak.read(OAK_FILE)).toContain(
      '# Oak Street, by hand\nconnector: buildium\nmode: live # say live once',
    );
    expect(oak.read(OAK_FILE)).toContain('  # the front house\n  4B: 10231');
    // What it showed counts as approved, although it is more than a day's share.
    await oak.run('retry');
    expect(oak.buildium.records.size).toBe(2);
    expect((await oak.run('connection', 'live', 'oak', '--yes')).stderr).toContain('live already');
  });

  it('live without a server counts from the next start', async () => {
    const oak = await makeOak('preview', UNITS);
    const server = await oak.start();
    await tell(oak, server, ana);
    await server.kill('SIGTERM');
    expect((await oak.run('connection', 'live', 'oak', '--yes')).stdout).toContain('from the next start');
    expect(oak.buildium.records.size).toBe(0);
    await tell(oak, await oak.start());
    expect(oak.buildium.records.size).toBe(1);
  });

  it('live is refused, and the server goes on with what it had, where another file has a fault', async () => {
    const oak = await makeOak('preview', UNITS);
    const server = await oak.start();
    await tell(oak, server, ana);
    oak.write('config/connections/elm.yaml', 'connector: buildum\n');
    const live = await oak.run('connection', 'live', 'oak', '--yes');
    expect(live.code).toBe(1);
    expect(live.stderr).toContain('elm.yaml');
    expect(oak.read(OAK_FILE)).toContain('mode: preview');
    await tell(oak, server, ben);
    expect((await oak.run('connection', 'list', '--json')).code).toBe(1);
    expect(oak.buildium.records.size).toBe(0);
    expect((await oak.post(server, { ...ben, event: 'application_approved' })).status).toBe(202);
  });
});
