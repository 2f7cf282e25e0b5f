/** The real program, killed again and again at moments of chance while deliveries come and Buildium misbehaves. */
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFakeBuildium } from '../fakes/buildium.ts';
import { aboutAna } from '../support/buildium.ts';
import { makeHome, type RunningServer } from '../support/process.ts';
import { NIGHTLY, runs } from '../support/profile.ts';

const PEOPLE = runs(20, 200);
const KILLS = runs(3, 60);

describe('a server that is killed at moments of chance', () => {
  it(
    'loses nothing that it acknowledged, and makes nobody twice',
    async () => {
      const buildium = await startFakeBuildium();
      onTestFinished(() => buildium.close());
      const home = makeHome({ OAK_ID: 'id', OAK_SECRET: 'secret' });
      home.write(
        'config/connections/oak.yaml',
        `connector: buildium\nmode: live\nserver: ${buildium.url}\ncredentials: { clientId: env:OAK_ID, clientSecret: env:OAK_SECRET }\nunits: { "4B": 10231 }\n`,
      );
      const [waits = []] = fc.sample(
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: KILLS, maxLength: KILLS }),
        {
          numRuns: 1,
          seed: 20261123,
        },
      );
      const acknowledged = new Set<string>();
      const pending = Array.from({ length: PEOPLE }, (_, n) => n);
      const body = (n: number) =>
        aboutAna('applicant_submitted', 1, {
          request_id: `r${n}`,
          external_id: `e${n}`,
          application_id: `a${n}`,
          first_name: 'Person',
          last_name: `Number ${String.fromCharCode(65 + (n % 26))}${n}`,
          email: `p${n}@example.com`,
          phone: null,
        });
      let server: RunningServer = await home.start();
      for (const wait of waits) {
        const some = pending.splice(0, Math.ceil(PEOPLE / KILLS));
        if (wait % 3 === 0) buildium.switches.resetAfterWrite = 1;
        const answers = some.map(async (n) => {
          const response = await home.post(server, body(n)).catch(() => null);
          if (response?.status === 202) acknowledged.add(`r${n}`);
          // Boom sends again what was not taken.
          else pending.push(n);
        });
        await Promise.race([Promise.all(answers), new Promise((resolve) => setTimeout(resolve, wait))]);
        await server.kill('SIGKILL');
        await Promise.all(answers);
        server = await home.start();
      }
      for (const n of pending) {
        const response = await home.post(server, body(n));
        if (response.status === 202) acknowledged.add(`r${n}`);
      }
      expect(acknowledged.size).toBe(PEOPLE);
      await home.run('retry');
      await home.run('resync', '--verify');
      const { events } = (await home.run('events', '--json')).json() as {
        events: { requestId: string; status: string }[];
      };
      expect(new Set(events.map((event) => event.requestId))).toEqual(acknowledged);
      const names = [...buildium.records.values()].map((record) => record.LastName);
      expect(names.length).toBe(PEOPLE);
      expect(new Set(names).size).toBe(PEOPLE);
      const rows = home.read('data/applicants.csv').trim().split('\n').slice(1);
      expect(rows).toHaveLength(PEOPLE);
      console.info(
        `${KILLS} kills, ${PEOPLE} people, ${buildium.requests.get('POST /v1/applicants')} creates sent`,
      );
    },
    NIGHTLY ? 600_000 : 90_000,
  );
});
