import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import fakePropertyware from '../../connectors/propertyware/fake.ts';
import { boomSays, inLine, theState } from '../../src/conform/acts.ts';
import type { FakePms } from '../../src/conform/fake.ts';
import { type FakeServer, startFakeServer } from '../../src/conform/fake-server.ts';
import { createHomes } from '../../src/conform/home.ts';
import { ANA } from '../../src/conform/people.ts';
import { openRig } from '../../src/conform/rig.ts';
import { loadSubject } from '../../src/conform/subject.ts';
import type { Connection } from '../../src/connect/connection.ts';
import type { Remote } from '../../src/connect/contract.ts';
import { connectionOf, desiredOf, faultOf, scopeOf } from '../connect/support.ts';

const BUILDING = '40011';
const NOTE = {
  marker: '[boomsync approved 2026-11-12T15:14Z]',
  text: 'BoomScreen: approved on 12 Nov 2026.',
};
const START = Date.UTC(2026, 10, 23, 12);

let now: number;
let fake: FakePms;
let server: FakeServer;
let connection: Connection;

beforeEach(async () => {
  now = START;
  fake = fakePropertyware(() => new Date(now), '');
  server = await startFakeServer(fake);
  connection = await connectionOf(
    {
      connector: 'propertyware',
      server: fake.server?.(server.url) ?? server.url,
      credentials: fake.credentials,
      units: { 'Oak Street / 4B': BUILDING },
    },
    { tune: (http) => ({ ...http, windows: [] }) },
  );
});

afterEach(() => server.close());

async function created(): Promise<Remote> {
  const desired = await desiredOf(connection, {}, BUILDING);
  return connection.connector.create('applicant', desired.fields, 'key', desired);
}

async function changedSince(since: Date | null): Promise<Remote[]> {
  const remotes: Remote[] = [];
  for await (const remote of connection.connector.changedSince?.('applicant', since) ?? [])
    remotes.push(remote);
  return remotes;
}

const writes = () => server.seen.filter(({ write }) => write);

describe('Propertyware, what we want there', () => {
  it('is a person, a building and our id, and no more', async () => {
    expect(await connection.desire('applicant', scopeOf({ unitId: BUILDING }))).toEqual({
      'contact.firstName': 'Ana',
      'contact.lastName': 'Sample',
      'contact.email': 'ana@example.com',
      'contact.mobilePhone': '+13125550123',
      buildingID: 40011,
      'customFields.Boom ID': expect.stringMatching(/^bs-/),
    });
  });

  it('has no word for a decision: each is a note', () => {
    for (const leasing of ['approved', 'declined', 'canceled', 'in_review', 'merged'] as const)
      expect(connection.decisionFor(leasing, 'applicant')).toBeNull();
    expect(connection.connector.decision).toBeUndefined();
  });
});

describe('Propertyware, the list that feeds the index', () => {
  it('reads every page, by id, with our ids', async () => {
    for (let n = 0; n < 501; n += 1) fake.add?.('applicant', { 'contact.email': `p${n}@example.com` });
    await created();
    const all = await changedSince(null);
    expect(new Set(all.map(({ id }) => id)).size).toBe(502);
    expect(all.at(-1)?.fields['customFields.Boom ID']).toMatch(/^bs-/);
    const pages = server.seen.filter(({ method }) => method === 'GET').map(({ query }) => query);
    expect(pages.map(({ offset, limit, orderby }) => [offset, limit, orderby])).toEqual([
      ['0', '500', 'id'],
      ['500', '500', 'id'],
    ]);
  });

  it('asks only for what changed since, to the second', async () => {
    fake.add?.('applicant', { 'contact.email': 'old@example.com' });
    now += 60_000;
    const since = new Date(now);
    const id = fake.add?.('applicant', { 'contact.email': 'new@example.com' });
    expect((await changedSince(since)).map((remote) => remote.id)).toEqual([id]);
    expect(server.seen[0]?.query.lastModifiedDateTimeStart).toBe('2026-11-23T12:01:00Z');
  });

  it('knows a prospect by our id even under another name and address', async () => {
    const ours = 'bs-1';
    const id = fake.add?.('applicant', {
      'contact.firstName': 'Anna',
      'contact.lastName': 'Married',
      'contact.email': 'other@example.com',
      'customFields.Boom ID': ours,
    });
    const [remote] = await changedSince(null);
    const person = { ...(await desiredOf(connection)), key: ours };
    expect(remote && connection.factsOf('applicant', remote).key).toBe(ours);
    expect(connection.among('applicant', remote ? [remote] : [], person).map((one) => one.id)).toEqual([id]);
  });

  it('takes the home phone for the phone where there is no mobile one', async () => {
    fake.add?.('applicant', { 'contact.homePhone': '(312) 555-0123' });
    expect((await changedSince(null))[0]?.fields['contact.mobilePhone']).toBe('(312) 555-0123');
  });
});

describe('Propertyware, creating', () => {
  it('sends one contact and a building, and our id in a second request', async () => {
    const { id } = await created();
    expect(writes().map(({ method, path, body }) => [method, path.split('/v1')[1], body])).toEqual([
      [
        'POST',
        '/prospects',
        {
          buildingID: 40011,
          contacts: [
            {
              firstName: 'Ana',
              lastName: 'Sample',
              email: 'ana@example.com',
              mobilePhone: '+13125550123',
            },
          ],
        },
      ],
      [
        'PUT',
        '/prospects/customfields',
        { entityId: Number(id), fieldSet: [{ name: 'Boom ID', value: expect.stringMatching(/^bs-/) }] },
      ],
    ]);
    expect((await connection.connector.read('applicant', id))?.fields['customFields.Boom ID']).toMatch(
      /^bs-/,
    );
  });

  it('keeps the id of the new prospect where our id is refused, so that nothing is made twice', async () => {
    const { answer } = fake;
    fake.answer = (request) =>
      request.path.endsWith('/customfields') ? { status: 403, body: {} } : answer(request);
    const { id } = await created();
    const shown = await connection.connector.read('applicant', id);
    expect(shown?.fields).toMatchObject({ 'contact.firstName': 'Ana', 'customFields.Boom ID': null });
    expect(fake.people('applicant')).toHaveLength(1);
  });

  it('sends one request where our id is switched off', async () => {
    const { 'customFields.Boom ID': _off, ...fields } = (await desiredOf(connection)).fields;
    await connection.connector.create('applicant', fields, 'key', await desiredOf(connection));
    expect(writes()).toHaveLength(1);
  });

  it('refuses by itself what Propertyware would refuse, and names the fields', async () => {
    const desired = await desiredOf(connection, { lastName: 'x'.repeat(31), phone: '1'.repeat(23) });
    const fault = await faultOf(connection.connector.create('applicant', desired.fields, 'key', desired));
    expect(fault.fields).toEqual(['contact.lastName', 'contact.mobilePhone']);
    expect(server.seen).toEqual([]);
  });

  it('names the fields that Propertyware refused', async () => {
    const desired = await desiredOf(connection, {}, '1');
    const fault = await faultOf(connection.connector.create('applicant', desired.fields, 'key', desired));
    expect(fault).toMatchObject({ kind: 'invalid', fields: ['buildingID'] });
  });
});

describe('Propertyware, what cannot be changed there', () => {
  it('is told to a person when Boom corrects it, and nothing is sent', async () => {
    const homes = await createHomes();
    onTestFinished(() => homes.remove());
    const loaded = await loadSubject('propertyware');
    if (!loaded.ok) throw new Error('the manifest is wrong');
    const rig = await openRig(loaded.subject, homes);
    onTestFinished(() => rig.close());
    await inLine(rig, ANA);
    const sent = rig.server.seen.filter(({ write }) => write).length;

    await boomSays(rig, 'application_updated', { ...ANA, email: 'corrected@example.com' });
    await rig.drain();
    expect(await theState(rig)).toMatchObject({
      state: 'parked',
      cause: 'cannot_change',
      message: expect.stringContaining('contact.email'),
    });
    expect(rig.server.seen.filter(({ write }) => write)).toHaveLength(sent);
    expect(rig.people()[0]?.fields['contact.email']).toBe(ANA.email);
  });
});

describe('Propertyware, notes', () => {
  it('are for the management team, and are known again', async () => {
    const { id } = await created();
    await connection.connector.addNote?.('applicant', id, NOTE);
    expect(writes().at(-1)?.body).toEqual({
      text: `${NOTE.text} ${NOTE.marker}`,
      type: 'MANAGEMENT_TEAM',
    });
    const notes = await connection.connector.notes?.('applicant', id);
    expect(notes?.map(({ marker }) => marker)).toEqual([NOTE.marker]);
  });

  it('are read each by itself, and only those of the management team', async () => {
    const { id } = await created();
    const answered = { ...NOTE, marker: '[boomsync reporting-active 2026-11-12T15:14Z]' };
    for (const note of [NOTE, answered]) await connection.connector.addNote?.('applicant', id, note);
    const notes = await connection.connector.notes?.('applicant', id);
    expect(notes?.map(({ marker }) => marker)).toEqual([NOTE.marker, answered.marker]);
    expect(server.seen.at(-1)?.query).toMatchObject({ type: 'MANAGEMENT_TEAM', limit: '500' });
  });
});

describe('Propertyware, its buildings', () => {
  it('are what units are mapped to', async () => {
    const units = [];
    for await (const unit of connection.connector.units?.() ?? []) units.push(unit);
    expect(units[0]).toEqual({
      id: '40011',
      title: '4B',
      property: null,
      address: '12 Oak Street, Chicago, IL, 60601',
      externalId: null,
    });
  });
});
