/** Reading from Boom by the real program, from the API of a fake Boom. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeBoom, type FakeBoom } from '../../src/simulate/fake-boom.ts';
import { openDatabase } from '../../src/store/database.ts';
import { type Home, makeHome } from '../support/process.ts';

const END = new Date('2026-11-20T00:00:00.000Z');
const DAY = 24 * 60 * 60_000;

interface Resynced {
  boom: { outcome: string; seen: number; changed: number; tenants: number; remedy: string | null }[];
}
interface Gaps {
  gaps: { id: number; state: string; recovered: object; unconfirmed: { reporting: number } }[];
}
interface Status {
  verdict: string;
  sentence: string;
  boom: { accounts: { api: string; message: string | null; remedy: string | null }[] };
}

/** A building after sixty days of which nobody was told. */
async function boomAfterAWhile(): Promise<FakeBoom> {
  const boom = await createFakeBoom({
    seed: 3,
    units: 12,
    start: new Date(END.getTime() - 60 * DAY),
    end: END,
    target: async () => true,
    api: { accessKey: 'access', secretKey: 'secret' },
  });
  onTestFinished(() => boom.stop());
  await boom.run();
  return boom;
}

function homeFor(boom: FakeBoom | null, secret = 'secret'): Home {
  const home = makeHome({ BOOM_ACCESS: 'access', BOOM_SECRET: secret });
  const api = boom?.api
    ? `    api: { accessKey: env:BOOM_ACCESS, secretKey: env:BOOM_SECRET, server: "${boom.api.url}" }\n`
    : '';
  home.write(
    'config/boomsync.yaml',
    `boom:\n  - name: main\n    webhookKeys: [env:BOOM_WEBHOOK_KEY]\n${api}resync: { schedule: off }\n`,
  );
  home.write('config/connections/rent-roll.yaml', 'connector: rent-roll\n');
  return home;
}

/** As if the last run had ended that long ago. */
async function lastSeen(home: Home, minutesAgo: number): Promise<void> {
  const knex = await openDatabase(join(home.folder, 'data/boomsync.sqlite'));
  await knex('uptime').update({ seen_at: new Date(Date.now() - minutesAgo * 60_000).toISOString() });
  await knex.destroy();
}

/** Does what `errors` asks for: some of the building live there without having applied. */
async function sayWhichUnits(home: Home): Promise<void> {
  const { errors } = (await home.run('errors', '--json')).json() as {
    errors: { kind: string; remedy: string }[];
  };
  const remedies = errors.filter(({ kind }) => kind === 'unmapped_unit').map(({ remedy }) => remedy);
  const keys = new Set(remedies.map((remedy) => /^Add the line ("[^"]+"): /.exec(remedy)?.[1]));
  expect(keys.size).toBeGreaterThan(0);
  const lines = [...keys].map((key, number) => `  ${key}: Oak Street / ${number + 1}\n`);
  home.write('config/connections/rent-roll.yaml', `connector: rent-roll\nunits:\n${lines.join('')}`);
}

async function until<T>(look: () => Promise<T>, done: (seen: T) => boolean): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const seen = await look();
    if (done(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`It never came to that: ${JSON.stringify(seen)}`);
  }
}

describe('resync from Boom', () => {
  it('builds the whole book without a server, and makes nothing the second time', async () => {
    const boom = await boomAfterAWhile();
    const home = homeFor(boom);
    const server = await home.start();
    await server.kill('SIGTERM');
    const first = (await home.run('resync', '--all', '--json')).json() as Resynced;
    const people = boom.truth().people.filter((one) => one.applications.length > 0);
    expect(first.boom).toMatchObject([{ outcome: 'done' }]);
    expect(first.boom[0]?.tenants).toBeGreaterThanOrEqual(people.length);
    expect(home.read('data/applicants.csv')).toContain(people[0]?.lastName);
    const second = (await home.run('resync', '--all', '--json')).json() as Resynced;
    expect(second.boom).toMatchObject([{ outcome: 'done', changed: 0, tenants: 0 }]);
    const told = await home.run('resync');
    expect(told.stdout).toContain('0 changed');
  });

  it('tells what is wrong with the keys, with a remedy, and goes on receiving', async () => {
    const boom = await boomAfterAWhile();
    const home = homeFor(boom, 'wrong');
    await home.start();
    const ran = await home.run('resync', '--json');
    expect(ran.code).toBe(1);
    expect((ran.json() as Resynced).boom).toMatchObject([
      { outcome: 'failed', remedy: expect.stringContaining('config/boomsync.yaml') },
    ]);
    expect(ran.stdout + ran.stderr).not.toContain('wrong');
    const told = await home.run('status', '--json');
    expect(told.code).toBe(3);
    expect(told.json()).toMatchObject({ verdict: 'needs_you', boom: { accounts: [{ api: 'refused' }] } });
    expect((await home.run('errors')).stdout).toContain('connection boom/main');
    expect((await home.run('errors', 'ignore', 't99', '--json')).json()).toMatchObject({
      error: { code: 'unknown_tenant' },
    });
    const status = (await home.run('status', '--json')).json() as Status;
    expect(status.boom.accounts).toMatchObject([
      { api: 'refused', remedy: expect.stringContaining('config/boomsync.yaml') },
    ]);
    // Asked by a person it is tried at once, however long it would have been left alone.
    const refusals = () => boom.api?.answers.get(401) ?? 0;
    for (const command of ['resync', 'retry']) {
      const before = refusals();
      await home.run(command);
      expect(refusals(), command).toBeGreaterThan(before);
    }
  });

  it('says without keys what it cannot do', async () => {
    const home = homeFor(null);
    await home.start();
    const ran = await home.run('resync');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('no API keys');
    expect((await home.run('resync', '--all', '--since', '2026-11-03')).code).toBe(2);
    expect((await home.run('resync', '--since', 'yesterday')).code).toBe(2);
    expect((await home.run('resync', '--account', 'oak')).stderr).toContain('They are: main');
    expect((await home.run('resync', '--all')).code).toBe(1);
    expect((await home.run('resync', '--since', '2099-01-01')).code).toBe(2);
  });
});

describe('a gap', () => {
  it('is read back after the start, and what no read can tell is called unconfirmed until somebody has looked', async () => {
    const boom = await boomAfterAWhile();
    const home = homeFor(boom);
    await (await home.start()).kill('SIGTERM');
    await home.run('resync', '--all');
    await sayWhichUnits(home);
    await lastSeen(home, 30);
    await home.start();
    const { gaps } = await until(
      async () => (await home.run('gaps', '--json')).json() as Gaps,
      (seen) => seen.gaps[0]?.state === 'read_back',
    );
    expect(gaps).toMatchObject([{ id: 1, recovered: { changes: 0, tenants: 0 } }]);
    expect(gaps[0]?.unconfirmed.reporting).toBeGreaterThan(0);
    const status = await until(
      async () => (await home.run('status', '--json')).json() as Status,
      ({ sentence }) => sentence.includes('is unconfirmed for'),
    );
    // Who is joined by name, e-mail and phone only is a person's to confirm, and comes first.
    expect(status).toMatchObject({ verdict: 'needs_you', boom: { accounts: [{ api: 'working' }] } });
    expect(home.read('data/rent-roll.csv')).toContain('Oak Street,1,');
    expect((await home.run('status')).stdout).toContain('recovered 0 changes');
    expect((await home.run('gaps', 'checked', '1', '--json')).json()).toHaveProperty('records');
    expect((await home.run('gaps', '--json')).json()).toMatchObject({ gaps: [{ state: 'settled' }] });
    expect((await home.run('gaps', 'checked', '9')).stderr).toContain('There is no gap 9');
  });

  it('without keys is told with what to look for, and is never called in line', async () => {
    const home = homeFor(null);
    const server = await home.start();
    await home.run('send', 'application_approved');
    await server.kill('SIGTERM');
    await lastSeen(home, 30);
    await home.start();
    const status = (await home.run('status', '--json')).json() as Status;
    expect(status.verdict).toBe('unconfirmed');
    const told = await home.run('gaps');
    expect(told.stdout).toContain('may be missing');
    expect(told.stdout).toContain('gaps checked 1');
    await home.run('gaps', 'checked', '1');
    expect(((await home.run('status', '--json')).json() as Status).verdict).toBe('in_line');
  });
});
