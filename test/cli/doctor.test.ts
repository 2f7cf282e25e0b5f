/** The doctor, the support bundle and the upgrade's check by the real program. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { makeHome } from '../support/process.ts';

interface Examination {
  findings: { check: string; grade: string; says: string; remedy: string | null }[];
  counts: Record<string, number>;
}

const WEBHOOK_KEY = 'canary-webhook-key-0123456789';

/** A home with marks that stand nowhere else, in all that a landlord may name or keep secret. */
function markedHome() {
  const home = makeHome({
    BOOM_WEBHOOK_KEY: WEBHOOK_KEY,
    OAK_SECRET: 'canary-pms-secret',
    SMTP_SECRET: 'canary-smtp',
  });
  home.write(
    'config/connections/canarystreet.yaml',
    [
      'connector: buildium',
      'label: Canaryhouse',
      'server: http://127.0.0.1:9',
      'credentials: { clientId: canary-client-id, clientSecret: env:OAK_SECRET }',
      'units: { "12 CanaryRoad / 4B": 10231 }',
      '',
    ].join('\n'),
  );
  return home;
}

const MARKS = /canary/i;

describe('boomsync doctor', () => {
  it('works without a server and beside one, and says what to do', async () => {
    const home = makeHome({ BOOM_WEBHOOK_KEY: WEBHOOK_KEY });
    const server = await home.start();
    const beside = await home.run('doctor', '--json');
    const { findings, counts } = beside.json() as Examination;
    expect(beside).toMatchObject({ code: 3, stderr: '' });
    expect(counts.broken).toBe(0);
    for (const { grade, remedy } of findings) if (grade === 'look') expect(remedy).toBeTruthy();
    const graded = (check: string) => findings.find((one) => one.check === check)?.grade;
    expect(
      ['server', 'config', 'database', 'packages', 'key-main', 'connection-rent-roll'].map(graded),
    ).toEqual(Array.from({ length: 6 }, () => 'good'));
    expect(['alerts', 'public-address', 'boom-main'].map(graded)).toEqual(['look', 'look', 'look']);
    await server.kill('SIGTERM');
    const alone = await home.run('doctor');
    expect(alone.code).toBe(3);
    expect(alone.stdout).toContain(
      '▲ boomsync is not running: nothing is received from Boom.\n  → Start it: npm start',
    );
  });

  it('goes on where the configuration has faults or a PMS does not answer', async () => {
    const home = markedHome();
    await (await home.start()).kill('SIGTERM');
    const ill = await home.run('doctor');
    expect(ill.code).toBe(4);
    expect(ill.stdout).toMatch(/✗ canarystreet: /);
    home.write(
      'config/connections/canarystreet.yaml',
      'connector: buildium\ncredentials: { clientId: env:NOWHERE }\n',
    );
    const faulty = (await home.run('doctor', '--json')).json() as Examination;
    expect(faulty.findings[0]).toMatchObject({ check: 'config', grade: 'broken' });
    expect(faulty.findings.map(({ check }) => check)).not.toContain('connection-canarystreet');
  });
});

describe('boomsync support bundle', () => {
  it('shows all of it, saves it for its owner alone, and holds nothing of a landlord', async () => {
    const home = markedHome();
    const server = await home.start();
    const main = home.read('config/boomsync.yaml');
    home.write(
      'config/boomsync.yaml',
      `${main}\npublicUrl: https://canary.example.com\nalerts: { channels: [{ mail: { host: 127.0.0.1, port: 9, user: canary-user, password: env:SMTP_SECRET, from: canary@example.com, to: [canary@example.com] } }] }\n`,
    );
    await fetch(`${server.url}/webhooks/boom`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': WEBHOOK_KEY },
      body: JSON.stringify({
        event: 'applicant_submitted',
        request_id: 'canary-1',
        id: 1,
        application_id: 2,
        first_name: 'Canaryfirst',
        last_name: 'Canarylast',
        email: 'canary.person@example.com',
        unit: '12 CanaryRoad',
      }),
    });
    const file = join(home.folder, 'bundle.txt');
    expect(await home.run('support', 'bundle', '--out', file)).toMatchObject({ code: 2 });
    expect(existsSync(file)).toBe(false);

    const made = await home.run('support', 'bundle', '--out', file, '--yes');
    expect(made.code).toBe(0);
    const saved = readFileSync(file, 'utf8');
    expect(made.stderr).toContain(saved.trim());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(saved).not.toMatch(MARKS);
    expect(saved).not.toContain(home.folder);
    for (const part of ['diagnostics', 'doctor', 'configuration', 'tables', 'schema'])
      expect(saved).toContain(`--- ${part} ---`);
    expect(saved).toMatch(/^inbox: 1$/m);
    expect(saved).toContain('broken connection-<connection 1>: <connection 1>:');
    expect(await home.run('support', 'bundle', '--out', file, '--yes')).toMatchObject({ code: 1 });
  });
});

describe('boomsync upgrade --check', () => {
  it('says which migrations the next start runs, and that a copy comes first', async () => {
    const home = makeHome();
    await (await home.start()).kill('SIGTERM');
    expect((await home.run('upgrade', '--check')).stdout).toContain('nothing will be changed');
    const database = new Database(join(home.folder, 'data/boomsync.sqlite'));
    const last = database.prepare<[], string>('select max(name) from knex_migrations').pluck().get() ?? '';
    database.prepare('delete from knex_migrations where name = ?').run(last);
    const older = await home.run('upgrade', '--check');
    expect(older.code).toBe(0);
    expect(older.stdout).toContain(`2. runs ${last}`);
    expect(older.stdout).toContain('1. copies the database to data/backups');
    database.prepare('insert into knex_migrations (name) values (?)').run('9999_later');
    database.close();
    expect(await home.run('upgrade', '--check', '--json')).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('9999_later'),
    });
    expect((await home.run('upgrade')).code).toBe(2);
  });
});
