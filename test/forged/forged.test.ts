/** Somebody has the key that Boom sends, and makes the most of it. Boom signs nothing, so each delivery is taken as Boom's. */
import { describe, expect, it } from 'vitest';
import { readProblems } from '../../src/cli/problems.ts';
import { loadConfig } from '../../src/config/load.ts';
import { crowd, screening } from '../../src/conform/people.ts';
import { PushError } from '../../src/http/push-error.ts';
import type { UndoResult } from '../../src/operate/undo.ts';
import { startPostbox } from '../operate/alerts/mailbox.ts';
import { anApplication, bookSource } from '../read/source.ts';
import { aboutAna } from '../support/buildium.ts';
import { type Landlord, startLandlord } from '../support/landlord.ts';

const FORGED = 1_000;
const QUOTA = 20;
const AT_ONCE = 25;
const UNITS = ['units:', '  4B: 10231'];

/** As somebody who has the key posts them: many at once, each answered for. */
async function flood({ url }: Landlord, bodies: readonly object[]): Promise<Set<number>> {
  const statuses = new Set<number>();
  for (let at = 0; at < bodies.length; at += AT_ONCE)
    await Promise.all(
      bodies.slice(at, at + AT_ONCE).map(async (body) => {
        const { status } = await post(url, body);
        statuses.add(status);
      }),
    );
  return statuses;
}

const post = (url: string, body: object) =>
  fetch(`${url}/webhooks/boom`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'test-key' },
    body: JSON.stringify(body),
  });

/** What another process asks of the running server, as every command of the command line does. */
async function ask({ stores }: Landlord, name: string, asked: object): Promise<unknown> {
  const id = await stores.commands.ask(name, asked, new Date().toISOString());
  for (;;) {
    const answer = await stores.commands.take(id);
    if (answer !== undefined) return answer;
    await new Promise((turn) => setTimeout(turn, 20));
  }
}

/** Boom's own word: Ana has submitted, and nothing was decided. */
function bookOfAna() {
  const boom = bookSource();
  boom.book.units.push({ id: 'u1', title: '4B', property: null });
  const applicants = [
    {
      id: 'p1',
      first_name: 'Ana',
      last_name: 'Ruiz',
      email: 'ana.ruiz@example.com',
      external_id: 'ext-ana',
      application_status: 'submitted',
    },
  ];
  const application_updated_at = '2026-11-01T12:05:00.000Z';
  boom.book.applications.push(anApplication('a1', { application_updated_at, applicants }));
  return boom;
}

/** By method, of all that Buildium was asked. */
function countOf({ buildium }: Landlord, method: string): number {
  const routes = [...buildium.requests].filter(([route]) => route.startsWith(`${method} `));
  return routes.reduce((sum, [, count]) => sum + count, 0);
}

const writes = (landlord: Landlord) =>
  ['POST', 'PUT', 'PATCH', 'DELETE'].reduce((sum, method) => sum + countOf(landlord, method), 0);

describe('with the key', () => {
  it('a thousand forged people make no more than the quota, are told of, listed, and taken back in one go', async () => {
    const telephone = await startPostbox();
    const began = new Date().toISOString();
    const landlord = await startLandlord({
      withoutLimit: true,
      oak: [...UNITS, `createsPerDay: ${QUOTA}`],
      main: ['alerts:', '  channels:', `    - url: { url: "${telephone.url}/told" }`],
    });
    const { buildium, stores } = landlord;
    const people = crowd(FORGED);
    const at = new Date();
    const bodies = people.map((who) => screening('application_submitted', who, at));
    expect(await flood(landlord, bodies)).toEqual(new Set([202]));
    await landlord.settled();

    expect(buildium.requests.get('POST /v1/applicants')).toBe(QUOTA);
    expect(buildium.records.size).toBe(QUOTA);
    expect(countOf(landlord, 'DELETE')).toBe(0);
    expect(buildium.mailsSent).toBe(0);

    // Every one of them can be found again: what came, whom it made, and who waits.
    expect(await stores.inbox.count()).toBe(FORGED);
    expect(await stores.needs.groups(new Date().toISOString())).toEqual([
      { connection: 'oak', cause: 'over_quota', count: FORGED - QUOTA },
    ]);
    const problems = await problemsOf(landlord);
    expect(problems.filter(({ kind }) => kind === 'over_quota')).toHaveLength(FORGED - QUOTA);

    // The next look tells of it; there is one every 30 seconds, and a reload asks for one at once.
    await ask(landlord, 'reload', {});
    const told = await telephone.next();
    expect(told.text).toContain('parked-oak-over_quota');
    expect(told.text).not.toContain('Family');

    const undone = (await ask(landlord, 'undo', {
      attemptIds: null,
      since: began,
      connection: null,
      dryRun: false,
    })) as UndoResult;
    const records = new Set(undone.writes.map(({ attempt }) => attempt.tenantId));
    expect(records.size).toBe(QUOTA);
    for (const write of undone.writes) {
      // Buildium deletes no applicant, so that the landlord is told of each what to do.
      expect(write.result).toBe('by_hand');
      expect(write.remedy).not.toBeNull();
    }

    // Nothing is written again by itself: neither by what is due, nor where the forger goes on.
    const written = writes(landlord);
    await flood(
      landlord,
      people.slice(0, 60).map((who) => screening('application_approved', who, new Date())),
    );
    await landlord.settled();
    expect(writes(landlord)).toBe(written);
    expect(countOf(landlord, 'DELETE')).toBe(0);
  }, 90_000);

  it('another body under a request id that was used is kept aside, and the first one stands', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    const { stores, buildium } = landlord;
    await landlord.tell(aboutAna('applicant_submitted', 1, { request_id: 'r1' }));
    const forged = aboutAna('application_approved', 5, { request_id: 'r1', email: 'mallory@example.com' });
    expect(await flood(landlord, [forged])).toEqual(new Set([202]));
    await landlord.settled();
    expect((await problemsOf(landlord)).map(({ about, kind }) => ({ about, kind }))).toEqual([
      { about: 'event', kind: 'quarantined' },
    ]);
    expect([...buildium.records.values()].map(({ Email, Status }) => ({ Email, Status }))).toEqual([
      { Email: 'ana.ruiz@example.com', Status: 'New' },
    ]);
    expect(await stores.inbox.count()).toBe(2);
  });

  it.each([
    ['of the same time as what Boom shows', 5, {}],
    ['of a later time', 9, {}],
    ['of a time to come', 600, {}],
    ['of a later time, that does not say of which application', 9, { application_id: undefined }],
  ])('and with API keys here: a decision %s is not believed', async (_, minute, more) => {
    const boom = bookOfAna();
    const landlord = await startLandlord({ oak: UNITS, sources: new Map([['main', boom]]) });
    await landlord.tell(aboutAna('applicant_submitted', 4));
    await landlord.settled();
    boom.asked.length = 0;
    await landlord.tell(aboutAna('application_approved', minute, more));
    await landlord.settled();
    const { buildium, stores } = landlord;
    expect(boom.asked).toContain('application:a1');
    expect(buildium.records.size).toBe(1);
    expect([...buildium.notes.values()].flat()).toEqual([]);
    expect((await stores.tenants.get('t1'))?.record.stage).toBe('submitted');
  });

  it('while one that Boom shows is', async () => {
    const boom = bookOfAna();
    const landlord = await startLandlord({ oak: UNITS, sources: new Map([['main', boom]]) });
    await landlord.tell(aboutAna('applicant_submitted', 4));
    await landlord.settled();
    Object.assign(boom.book.applications[0] ?? {}, {
      status: 'approved',
      application_updated_at: '2026-11-01T12:09:00.000Z',
    });
    await landlord.tell(aboutAna('application_approved', 9));
    await landlord.settled();
    expect((await landlord.stores.tenants.get('t1'))?.record.stage).toBe('approved');
    expect([...landlord.buildium.notes.values()].flat()).toHaveLength(1);
  });

  it('nor is a decision about a record that is there sent while Boom cannot be asked', async () => {
    const boom = bookSource();
    const landlord = await startLandlord({ oak: UNITS, sources: new Map([['main', boom]]) });
    const { buildium, stores } = landlord;
    await landlord.tell(aboutAna('applicant_submitted', 1));
    await landlord.settled();
    expect(buildium.records.size).toBe(1);
    boom.before = () => {
      throw new PushError('transient', 'Boom did not answer in time.', { remedy: 'Wait.' });
    };
    await landlord.tell(aboutAna('application_approved', 5));
    expect([...buildium.notes.values()].flat()).toEqual([]);
    const states = await stores.sync.states(['t1'], 'oak');
    expect(states).toMatchObject([{ state: 'waiting', cause: 'fresh_read' }]);
  });
});

async function problemsOf({ folder, stores }: Landlord) {
  const env = {
    BOOMSYNC_HOME: folder,
    BOOMSYNC_PORT: '0',
    BOOM_WEBHOOK_KEY: 'test-key',
    OAK_SECRET: 'secret',
  };
  const loaded = await loadConfig(env);
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  return await readProblems({ stores, config: loaded.config, labels: new Map([['oak', 'Buildium']]) });
}
