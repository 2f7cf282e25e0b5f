/** The plug is pulled on the real program while Buildium has a create in its hands. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FakeBuildium, startFakeBuildium } from '../fakes/buildium.ts';
import { aboutAna } from '../support/buildium.ts';
import { type Home, makeHome } from '../support/process.ts';

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It never came to that');
    await new Promise(setImmediate);
  }
}

async function homeWithBuildium(): Promise<{ home: Home; buildium: FakeBuildium }> {
  const buildium = await startFakeBuildium();
  onTestFinished(() => buildium.close());
  const home = makeHome({ OAK_ID: 'id', OAK_SECRET: 'secret' });
  home.write(
    'config/connections/oak.yaml',
    [
      'connector: buildium',
      'mode: live',
      `server: ${buildium.url}`,
      'credentials: { clientId: env:OAK_ID, clientSecret: env:OAK_SECRET }',
      'units: { "4B": 10231 }',
      '',
    ].join('\n'),
  );
  return { home, buildium };
}

const synced = async (home: Home): Promise<boolean> => {
  const { connections } = (await home.run('status', '--json')).json() as {
    connections: { name: string; records: { synced: number } }[];
  };
  return connections.find((c) => c.name === 'oak')?.records.synced === 1;
};

describe('kill -9', () => {
  it('between the 202 and the push loses nothing and makes nothing twice', async () => {
    const { home, buildium } = await homeWithBuildium();
    const server = await home.start();
    const response = await home.post(server, aboutAna('applicant_submitted', 1));
    expect(response.status).toBe(202);
    await server.kill('SIGKILL');
    await home.start();
    await until(() => synced(home));
    expect(buildium.records.size).toBe(1);
    expect(buildium.requests.get('POST /v1/applicants')).toBe(1);
  });

  it('while Buildium has the record and we have no answer makes no second record', async () => {
    const { home, buildium } = await homeWithBuildium();
    buildium.switches.hangAfterWrite = 1;
    const server = await home.start();
    await home.post(server, aboutAna('applicant_submitted', 1));
    await until(() => buildium.records.size === 1);
    await server.kill('SIGKILL');
    await home.start();
    await until(() => synced(home));
    expect(buildium.records.size).toBe(1);
    expect(buildium.requests.get('POST /v1/applicants')).toBe(1);
  });

  it('in the middle of a burst keeps everything that was answered with 202', async () => {
    const home = makeHome();
    const server = await home.start();
    const answers: Promise<string | null>[] = [];
    for (let n = 0; n < 300; n += 1) {
      const body = aboutAna('applicant_submitted', 1, {
        request_id: `r${n}`,
        external_id: `e${n}`,
        email: `p${n}@example.com`,
        application_id: `a${n}`,
        phone: null,
        last_name: `Nr ${n}`,
      });
      answers.push(
        home.post(server, body).then(
          (response) => (response.status === 202 ? `r${n}` : null),
          () => null,
        ),
      );
    }
    await answers[150];
    await server.kill('SIGKILL');
    const acknowledged = (await Promise.all(answers)).filter((id) => id !== null);
    await home.start();
    await home.run('resync');
    const { events } = (await home.run('events', '--json')).json() as {
      events: { requestId: string; status: string }[];
    };
    const stored = new Set(events.map((event) => event.requestId));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(events.filter((event) => event.status !== 'projected')).toEqual([]);
    const { total } = (await home.run('tenants', '--json')).json() as { total: number };
    expect(total).toBe(events.length);
    const rows = home.read('data/applicants.csv').trim().split('\n').length - 1;
    expect(rows).toBe(total);
  });
});
