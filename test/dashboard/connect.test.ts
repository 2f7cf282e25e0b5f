/** Connecting a system step by step, as a person does it with forms alone. */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Landlord, startLandlord } from '../support/landlord.ts';
import { ana, ben } from '../support/oak.ts';
import { type SignedIn, signedIn } from '../support/signed-in.ts';

const NAME = { name: 'oak-street' };
const KEY = { ...NAME, credential_clientId: 'id-1', credential_clientSecret: 'very secret' };
const CONNECTION = 'config/connections/oak-street.yaml';
const DRAFT = 'config/connections/drafts/oak-street.yaml';
const SECRET = 'config/secrets/oak-street-clientSecret';

const there = ({ folder }: Landlord, file: string) => existsSync(join(folder, file));
const lookIn = (text: string) => /name="look" value="([0-9a-f]+)"/.exec(text)?.[1] ?? '';

/** A landlord with two people of Boom's and nothing connected. */
async function unconnected(): Promise<{ landlord: Landlord; owner: SignedIn }> {
  const landlord = await startLandlord({ withoutOak: true });
  await landlord.tell(ana, ben);
  return { landlord, owner: await signedIn(landlord) };
}

async function begin({ landlord, owner }: { landlord: Landlord; owner: SignedIn }) {
  const given = { connector: 'buildium', ...NAME, server: landlord.buildium.url };
  return await owner.press('begin_connection', given, '/setup/connection/name?connector=buildium');
}

describe('connecting a system', () => {
  it('goes from the choice to a record over there, every step a page of its own', async () => {
    const all = await unconnected();
    const { landlord, owner } = all;
    const choices = (await owner.get('/setup/connection')).text;
    expect(choices).toContain('/setup/connection/name?connector=buildium');
    expect(choices).toContain('It makes nobody a tenant there: staff does that.');
    const naming = (await owner.get('/setup/connection/name?connector=buildium')).text;
    expect(naming).toContain('<option>sandbox</option>');

    expect((await begin(all)).text).toContain('The key of Buildium');
    expect(landlord.read(DRAFT)).toContain('mode: preview');
    // Left here and taken up again.
    expect((await owner.get('/connections')).text).toContain('/setup/connection/oak-street/key');

    const checked = await owner.press('check_key', KEY, '/setup/connection/oak-street/key');
    expect(checked.text).toMatch(
      /Buildium answered in \d+\.\d s; we may sign in, look for applicants and list the units\./,
    );
    expect(checked.text).toContain('This is what will stand in config/connections/oak-street.yaml.');
    expect(checked.text).toContain('clientSecret: file:secrets/oak-street-clientSecret');
    expect(checked.text).toContain("# the API key's secret");
    expect(checked.text).not.toContain('very secret');
    expect(statSync(join(landlord.folder, SECRET)).mode & 0o777).toBe(0o600);
    expect(landlord.read(SECRET)).toBe('very secret\n');
    expect(there(landlord, CONNECTION)).toBe(false);

    const units = await owner.press('write_connection', NAME, '/setup/connection/oak-street/file');
    expect(units.text).toContain('Buildium is connected, in preview');
    expect(there(landlord, DRAFT)).toBe(false);
    expect(units.text).toContain('Boom says “4B” (1 person)');
    expect(units.text).toContain('Oak Street / 4B (10231)');
    const matched = await owner.press(
      'match_units',
      { ...NAME, look: lookIn(units.text), unit: ['4B', '4C'], id: ['10231', ''] },
      '/setup/connection/oak-street/units',
    );
    expect(matched.text).toContain('1 unit is matched.');
    expect(landlord.read(CONNECTION)).toContain('  4B: 10231');

    const preview = await owner.get('/connections/oak-street/preview');
    expect(preview.text).toContain('We would change 0 records in Buildium and add 1.');
    expect(preview.text).toContain('Ana Ruiz, unit 4B');
    expect(landlord.buildium.records.size).toBe(0);
    const live = await owner.press('go_live', { ...NAME, look: lookIn(preview.text) });
    expect(live.text).toContain('Buildium is live');
    await landlord.settled();
    // Ben's unit was left alone: he waits for it.
    const made = [...landlord.buildium.records.values()].map(({ FirstName, UnitId }) => [FirstName, UnitId]);
    expect(made).toEqual([['Ana', 10231]]);
    const file = landlord.read(CONNECTION);
    expect(file).toContain('mode: live');
    expect(file).toContain('# Buildium. What it does there: docs/connectors/buildium.md');
  });

  it('names the right that fails, keeps what was typed, and is not among the connections before it works', async () => {
    const all = await unconnected();
    const { landlord, owner } = all;
    await begin(all);
    landlord.buildium.switches.expiredKey = true;
    const refused = await owner.press('check_key', KEY, '/setup/connection/oak-street/key');
    expect(refused.text).toContain('Buildium does not let us sign in. Buildium refused our key.');
    expect(refused.text).toContain('value="id-1"');
    expect(refused.text).toContain('One is kept. Leave this empty to keep it.');
    expect(refused.text).not.toContain('very secret');
    expect(there(landlord, CONNECTION)).toBe(false);

    landlord.buildium.switches.expiredKey = false;
    const again = await owner.press('check_key', NAME, '/setup/connection/oak-street/key');
    expect(again.text).toContain('Buildium answered in');
  });

  it('says what is missing, and takes no name, address or system that cannot be', async () => {
    const all = await unconnected();
    const { landlord, owner } = all;
    const begun = async (changes: Record<string, string>) => {
      const given = { connector: 'buildium', ...NAME, server: landlord.buildium.url, ...changes };
      return (await owner.press('begin_connection', given, '/setup/connection')).text;
    };
    expect(await begun({ name: '../boomsync' })).toContain('This name cannot be used.');
    expect(await begun({ name: 'rent-roll' })).toContain('There is a connection of this name already.');
    expect(await begun({ connector: 'rent-roll' })).toContain('There is no such system to connect.');
    expect(await begun({ server: 'http://pms.example.com' })).toContain('Write https:// instead of http://');
    expect(await begun({ server: 'ftp://pms.example.com' })).toContain('expected one of production, sandbox');
    expect(there(landlord, DRAFT)).toBe(false);

    await begin(all);
    const half = { ...NAME, credential_clientId: 'id-1' };
    const missing = await owner.press('check_key', half, '/setup/connection/oak-street/key');
    expect(missing.text).toContain("missing; expected the API key's secret");
    const early = await owner.press('write_connection', NAME, '/setup/connection/oak-street/file');
    expect(early.text).toContain('missing; expected');
    expect(there(landlord, CONNECTION)).toBe(false);
    expect((await owner.get('/setup/connection/nobody/key')).status).toBe(404);
    expect((await owner.get('/setup/connection/..%2Fboomsync/key')).status).toBe(404);
  });

  it('can be dropped, and its key goes with it', async () => {
    const all = await unconnected();
    const { landlord, owner } = all;
    await begin(all);
    await owner.press('check_key', KEY, '/setup/connection/oak-street/key');
    expect(there(landlord, SECRET)).toBe(true);
    await owner.press('drop_draft', NAME, '/connections');
    expect(there(landlord, DRAFT)).toBe(false);
    expect(readdirSync(join(landlord.folder, 'config/secrets'))).toEqual([]);
  });

  it('leaves a file alone that the landlord has under the same name', async () => {
    const all = await unconnected();
    const { landlord, owner } = all;
    mkdirSync(join(landlord.folder, 'config/secrets'), { recursive: true, mode: 0o700 });
    writeFileSync(join(landlord.folder, SECRET), 'mine\n', { mode: 0o600 });
    await begin(all);
    landlord.buildium.switches.expiredKey = true;
    await owner.press('check_key', KEY, '/setup/connection/oak-street/key');
    expect(landlord.read(SECRET)).toBe('mine\n');
    expect(landlord.read(DRAFT)).toContain('clientSecret: file:secrets/oak-street-clientSecret-2');
    await owner.press('drop_draft', NAME, '/connections');
    expect(readdirSync(join(landlord.folder, 'config/secrets'))).toEqual(['oak-street-clientSecret']);
    expect(landlord.read(SECRET)).toBe('mine\n');
  });

  it('takes no label of several lines', async () => {
    const { landlord, owner } = await unconnected();
    const given = { connector: 'buildium', ...NAME, label: 'Oak\nmode: live' };
    await owner.press('begin_connection', given, '/setup/connection');
    expect(there(landlord, DRAFT)).toBe(false);
  });

  it('of a checklist asks for no key, and its tasks begin at once', async () => {
    const { landlord, owner } = await unconnected();
    const given = { connector: 'checklist', name: 'tenantcloud', label: 'TenantCloud' };
    const begun = await owner.press('begin_connection', given, '/setup/connection');
    expect(begun.text).toContain('label: TenantCloud');
    const written = await owner.press('write_connection', { name: 'tenantcloud' });
    expect(written.text).toContain('TenantCloud is connected.');
    expect(written.text).toContain('You are told what to do in TenantCloud.');
    await landlord.settled();
    const { json } = await owner.api('connection?name=tenantcloud');
    expect(json).toMatchObject({ label: 'TenantCloud', needsYou: 2 });
  });

  it('matches no unit that was not shown', async () => {
    const all = await unconnected();
    const { landlord, owner } = all;
    await begin(all);
    await owner.press('check_key', KEY);
    const units = await owner.press('write_connection', NAME);
    const match = async (given: Record<string, string | string[]>) =>
      (await owner.press('match_units', { ...NAME, look: lookIn(units.text), ...given })).text;
    expect(await match({ unit: '4B', id: '666' })).toContain('is not there any more');
    expect(await match({ unit: 'x: y', id: '10231' })).toContain('is not there any more');
    expect(await match({ unit: '4B', id: '10231', look: 'old' })).toContain('is not there any more');
    expect(await match({ unit: ['4B', '4C'], id: ['', ''] })).toContain('Nothing was chosen.');
    const many = Array.from({ length: 100 }, () => '4B');
    const none = many.map(() => '');
    expect(await match({ unit: many, id: none })).toContain('Nothing was chosen.');
    expect(landlord.read(CONNECTION)).not.toContain('units:');
  });
});
