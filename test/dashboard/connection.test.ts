/** One connection and the list of them: how it fares, what it may do, and whether it writes. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSaid } from '../../src/dashboard/pages/connection/checks.ts';
import type { Checked } from '../../src/operate/connector-check.ts';
import { english } from '../../src/words/en/english.ts';
import { type Landlord, startLandlord } from '../support/landlord.ts';
import { ana, ben, UNITS } from '../support/oak.ts';
import { signedIn } from '../support/signed-in.ts';

const OAK = '/connections/oak';
const FILE = 'config/connections/oak.yaml';
const NAME = { name: 'oak' };

const lookIn = (text: string) => /name="look" value="([0-9a-f]+)"/.exec(text)?.[1] ?? '';
const first = (landlord: Landlord) => [...landlord.buildium.records.values()][0];

/** Resolves when it is so; the test's own time limit ends a wait in vain. */
async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await new Promise((turn) => setTimeout(turn, 20));
}

describe('the list of connections', () => {
  it('shows each in a tile, with its state as shape and word, its mode, and what waits', async () => {
    const landlord = await startLandlord({ mode: 'preview', oak: UNITS });
    const owner = await signedIn(landlord);
    await landlord.tell(ana, ben);
    const { text } = await owner.get('/connections');
    expect(text).toContain('<span aria-hidden="true">○</span> Not set up');
    expect(text).toContain('Nothing is written to Buildium yet.');
    expect(text).toContain('0 records in line, 2 wait');
    expect(text).toContain('Files on this computer.');
    expect(text).toContain('href="/setup/connection"');
    expect((await owner.api('connections')).json).toMatchObject({
      connections: [
        { name: 'oak', mode: 'preview', waiting: 2, lastConfirmedAt: null },
        { name: 'rent-roll', local: true, inLine: 2, lastConfirmedAt: expect.any(String) },
      ],
      drafts: [],
    });
    const helper = await signedIn(landlord, 'helper');
    expect((await helper.get('/connections')).text).not.toContain('href="/setup/connection"');
  });
});

describe('one connection', () => {
  it('tests it: how fast it answered, and what we may do', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    const { get, press, api } = await signedIn(landlord, 'helper');
    expect((await get(OAK)).text).toContain('Not tested since boomsync was started.');
    const { text } = await press('test_connection', NAME, OAK);
    expect(text).toMatch(
      /Buildium answered in \d+\.\d s; we may sign in, look for applicants and list the units\./,
    );
    expect(text).toContain('Whether we may change records shows with the first change');
    expect(text).toContain('4 at once; at most 8 questions a second');
    expect(text).toContain('It can add applicants.');
    expect(text).toContain('It never deletes anything');
    expect((await api('connection?name=oak')).json).toMatchObject({
      rights: { checks: [{ ok: true }, { ok: true }, { ok: true }] },
    });
    expect(landlord.buildium.log.every(({ method }) => method === 'GET')).toBe(true);
    expect((await get('/connections/nobody')).status).toBe(404);
  });

  it('whose key is refused says since when and what waits; a key that works lets everything through', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    const owner = await signedIn(landlord);
    landlord.buildium.switches.expiredKey = true;
    await landlord.tell(ana);
    const broken = (await owner.get(OAK)).text;
    expect(broken).toMatch(/Buildium has refused our key since \w{3}.{1,3}\d\d:\d\d\. 1 update waits safely/);
    expect(broken).toContain('href="/setup/connection/oak/key"');
    expect(broken).toContain('Next try');

    const key = { ...NAME, credential_clientSecret: 'the new secret' };
    const inVain = await owner.press('check_key', key, '/setup/connection/oak/key');
    expect(inVain.text).toContain('Buildium does not let us sign in. Buildium refused our key.');
    expect(inVain.text).toContain('The key that was there stays.');
    expect(landlord.read(FILE)).toContain('clientSecret: env:OAK_SECRET');

    landlord.buildium.switches.expiredKey = false;
    const works = await owner.press(
      'check_key',
      { ...key, credential_clientId: 'id-2' },
      '/setup/connection/oak/key',
    );
    expect(works.text).toContain('The new key is in');
    await until(() => landlord.buildium.records.size === 1);
    expect(landlord.buildium.log.at(-1)?.headers['x-buildium-client-secret']).toBe('the new secret');
    expect(landlord.read(FILE)).toContain('# Oak Street, by hand');
    expect(landlord.read(FILE)).toContain(
      '{ clientId: "id-2", clientSecret: file:secrets/oak-clientSecret }',
    );
  });

  it('that works again is taken up at once by a test', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    const { press } = await signedIn(landlord);
    landlord.buildium.switches.expiredKey = true;
    await landlord.tell(ana);
    expect((await press('test_connection', NAME, OAK)).text).toContain('does not let us sign in');
    expect(landlord.buildium.records.size).toBe(0);
    landlord.buildium.switches.expiredKey = false;
    await press('test_connection', NAME, OAK);
    await until(() => landlord.buildium.records.size === 1);
  });

  it('is paused and resumed: meanwhile nothing is asked and nothing dropped', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    const { get, press } = await signedIn(landlord, 'helper');
    expect((await press('pause_connection', NAME, OAK)).text).toContain(
      'Nothing is sent and nothing is dropped.',
    );
    await landlord.tell(ana);
    expect(landlord.buildium.log).toEqual([]);
    expect((await get(OAK)).text).toContain('1 update waits; nothing is dropped.');
    expect((await press('compare_connection', NAME, OAK)).text).toContain('Resume it first.');
    expect((await get(`${OAK}/preview`)).text).toContain('It is paused, so Buildium was not asked.');
    await press('resume_connection', NAME, OAK);
    await until(() => landlord.buildium.records.size === 1);
  });

  it('compares every record when asked, and finds what somebody edited', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    const { press, api } = await signedIn(landlord);
    await landlord.tell(ana);
    const record = first(landlord);
    if (record === undefined) throw new Error('Nobody was made');
    record.FirstName = 'Anna';
    expect((await press('compare_connection', NAME, OAK)).text).toContain('Every record is being compared');
    await until(async () => ((await api('connection?name=oak')).json as { needsYou: number }).needsYou === 1);
  });
});

describe('the preview', () => {
  it('shows field by field what would be written, writes nothing, and goes live with what it showed', async () => {
    const landlord = await startLandlord({ mode: 'preview', oak: [...UNITS, 'createsPerDay: 1'] });
    const owner = await signedIn(landlord);
    landlord.buildium.add({
      FirstName: 'Ben',
      LastName: 'Sosa',
      Email: 'ben.sosa@example.com',
      UnitId: 10232,
    });
    await landlord.tell(ana, ben, {
      ...ana,
      first_name: 'Cy',
      email: 'cy@example.com',
      phone: '+15125550111',
      application_id: 'a3',
    });
    const { text } = await owner.get(`${OAK}/preview`);
    expect(text).toContain('We would change 1 record in Buildium and add 2.');
    expect(text).toMatch(/<caption>Ben Sosa, unit 4C in Buildium<\/caption>/);
    expect(text).toMatch(
      /<th scope="row">Phone<\/th><td>\(512\) 555-0188<\/td><td>–<\/td><td>–<\/td><td>Boom’s is sent<\/td>/,
    );
    expect(landlord.buildium.records.size).toBe(1);
    expect((await owner.api('connection_preview?name=oak')).json).toMatchObject({
      ready: true,
      counts: { create: 2 },
    });

    const helper = await signedIn(landlord, 'helper');
    expect((await helper.get(`${OAK}/preview`)).text).not.toContain('Go live');
    expect((await helper.press('go_live', { ...NAME, look: lookIn(text) })).status).toBe(403);

    const live = await owner.press('go_live', { ...NAME, look: lookIn(text) });
    expect(live.text).toContain('Buildium is live: what you saw is being written.');
    // More than may be made in a day without being asked: it was shown, and a person said yes.
    await until(() => landlord.buildium.records.size === 3);
    expect(landlord.read(FILE)).toContain('mode: live');
    expect(landlord.read(FILE)).toContain('# Oak Street, by hand');

    expect((await owner.press('back_to_preview', NAME, OAK)).text).toContain(
      'From now on nothing is written to Buildium.',
    );
    expect(landlord.read(FILE)).toContain('mode: preview');
  });

  it('that is old lets nothing go live, nor does one that did not see everybody', async () => {
    const landlord = await startLandlord({ mode: 'preview', oak: UNITS });
    const owner = await signedIn(landlord);
    await landlord.tell(ana);
    const { text } = await owner.get(`${OAK}/preview`);
    await owner.press('look_again', NAME, `${OAK}/preview`);
    expect((await owner.press('go_live', { ...NAME, look: lookIn(text) })).text).toContain('Look once more');
    landlord.buildium.switches.expiredKey = true;
    await owner.press('look_again', NAME, `${OAK}/preview`);
    const failed = (await owner.get(`${OAK}/preview`)).text;
    expect(failed).toContain('Buildium did not answer all that we asked');
    expect(failed).not.toContain('does="go_live"');
    const { look } = (await owner.api('connection_preview?name=oak')).json as { look: string };
    expect((await owner.press('go_live', { ...NAME, look })).text).toContain('Look once more');
    expect(landlord.read(FILE)).toContain('mode: preview');
  });

  it('waits for nobody: a system that takes long is asked on, and the page says so', async () => {
    const landlord = await startLandlord({ mode: 'preview', oak: UNITS });
    const { get } = await signedIn(landlord);
    await landlord.tell(ana);
    landlord.buildium.switches.drip = 2000;
    const { text } = await get(`${OAK}/preview`);
    expect(text).toContain('We are asking Buildium.');
    expect(text).toContain('data-awaits="/api/v1/connection_preview?name=oak ready"');
  });
});

it('a file that somebody spoils is said with its place, and what was there before goes on', async () => {
  const landlord = await startLandlord({ mode: 'preview', oak: UNITS });
  const owner = await signedIn(landlord);
  const { text } = await owner.get(`${OAK}/preview`);
  appendFileSync(join(landlord.folder, FILE), 'modus: live\n');
  const { text: said } = await owner.press('go_live', { ...NAME, look: lookIn(text) }, OAK);
  expect(said).toContain('config/connections/oak.yaml, line');
  expect((await owner.api('connection?name=oak')).json).toMatchObject({ mode: 'preview' });
});

describe('what a test is said to have found', () => {
  const right = (changes: Partial<Checked>): Checked => ({
    right: 'sign_in',
    kind: null,
    ok: true,
    message: null,
    remedy: null,
    tookMs: 412,
    ...changes,
  });

  it('names the one right that is missing', () => {
    const units = right({
      right: 'units',
      ok: false,
      message: 'It says no.',
      remedy: 'Give the key that right.',
    });
    expect(
      checkSaid([right({}), right({ right: 'find', kind: 'tenant' }), units], 'AppFolio', english),
    ).toEqual({
      ok: false,
      text: 'AppFolio lets us in, but not list the units. It says no.',
      remedy: 'Give the key that right.',
    });
  });

  it('counts the time of the first answer alone', () => {
    const said = checkSaid(
      [right({}), right({ right: 'find', kind: 'tenant', tookMs: 9000 })],
      'AppFolio',
      english,
    );
    expect(said.text).toBe('AppFolio answered in 0.4 s; we may sign in and look for tenants.');
  });
});
