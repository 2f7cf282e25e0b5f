/** What needs a person, driven through its forms as a browser without a script would, to its end. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aboutAna } from '../support/buildium.ts';
import { type Landlord, startLandlord } from '../support/landlord.ts';
import { ana, ben, UNITS } from '../support/oak.ts';
import { aboutNth } from '../support/people.ts';
import { signedIn } from '../support/signed-in.ts';
import { linksIn } from './forms-in.ts';
import { seat, withChecklist } from './seat.ts';

const state = async ({ stores }: Landlord, tenant = 't1') =>
  (await stores.sync.states([tenant], 'oak')).find(({ kind }) => kind === 'applicant');

describe('needs you', () => {
  it('says that nothing does, and when the last was settled', async () => {
    const { landlord, open, click } = await seat({ oak: ['create: never', ...UNITS] });
    expect(await open('/needs-you')).toContain('Nothing needs you.');
    await landlord.tell(ana);
    await click(await open('/needs-you'), 'Create: Ana Ruiz, unit 4B');
    const page = await open('/needs-you');
    expect(page).toContain('Nothing needs you.');
    expect(page).toContain('The last item was settled');
  });

  it('lets one be made that was shown first, in one click', async () => {
    const it = await seat({ oak: ['create: never', ...UNITS] });
    await it.landlord.tell(ana);
    const page = await it.open('/needs-you');
    expect(page).toContain('Not in Buildium yet, and we are not to create it by ourselves.');
    expect(page).toContain('What would be made in Buildium');
    expect(page).toContain('ana.ruiz@example.com');
    const after = await it.click(page, 'Create: Ana Ruiz, unit 4B');
    expect(after).toContain('Done. It is settled.');
    expect(it.landlord.buildium.records.size).toBe(1);
    expect((await state(it.landlord))?.state).toBe('synced');
    expect(it.clicks).toBe(1);
  });

  it('keeps theirs, or uses Boom’s, with all three values shown', async () => {
    const it = await seat();
    await it.landlord.tell(ana);
    const [record] = it.landlord.buildium.records.values();
    if (record === undefined) throw new Error('there is none');
    record.Email = 'ana.there@example.com';
    await it.landlord.tell({ ...ana, email: 'ana.new@example.com', external_id: 'ext-ana' });
    const page = await it.open('/needs-you');
    for (const value of ['ana.new@example.com', 'ana.ruiz@example.com', 'ana.there@example.com'])
      expect(page).toContain(value);
    const kept = await it.click(page, 'Keep Buildium’s: Ana Ruiz, unit 4B');
    expect(kept).toContain('Done. It is settled.');
    expect(record.Email).toBe('ana.there@example.com');

    await it.landlord.tell({ ...ana, email: 'ana.newest@example.com', external_id: 'ext-ana' });
    const used = await it.click(await it.open('/needs-you'), 'Use Boom’s: Ana Ruiz, unit 4B');
    expect(used).toContain('Done. It is settled.');
    expect(record.Email).toBe('ana.newest@example.com');
    expect(it.clicks).toBe(2);
  });

  it('does nothing to what has changed since somebody looked', async () => {
    const it = await seat();
    await it.landlord.tell(ana);
    const [record] = it.landlord.buildium.records.values();
    if (record === undefined) throw new Error('there is none');
    record.Email = 'ana.there@example.com';
    await it.landlord.tell({ ...ana, email: 'ana.new@example.com', external_id: 'ext-ana' });
    const old = await it.open('/needs-you');
    await it.landlord.tell({ ...ana, email: 'ana.newest@example.com', external_id: 'ext-ana' });
    expect(await it.click(old, 'Use Boom’s: Ana Ruiz, unit 4B')).toContain('changed since you looked');
    expect(record.Email).toBe('ana.there@example.com');
  });

  it('shows two that fit side by side, and ties the one that is chosen', async () => {
    const it = await seat();
    const { buildium } = it.landlord;
    const twin = { FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana.ruiz@example.com' };
    const [one, other] = [buildium.add(twin), buildium.add({ ...twin, UnitId: 10231 })];
    await it.landlord.tell(ana);
    const compare = await it.click(await it.open('/needs-you'), 'Compare and choose: Ana Ruiz, unit 4B');
    expect(compare).toContain('Which record in Buildium is it?');
    const chosen = await it.click(compare, `Use this: Record ${other.Id}`);
    expect(chosen).toContain('kept up to date from now on');
    expect((await state(it.landlord))?.remoteId).toBe(String(other.Id));
    expect(one.UnitId).toBeNull();
    expect(it.clicks).toBe(2);
    expect(await it.open('/needs-you')).toContain('Nothing needs you.');
  });

  it('leaves somebody else’s record alone', async () => {
    const it = await seat();
    const { buildium } = it.landlord;
    const twin = { FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana.ruiz@example.com' };
    const [one, other] = [buildium.add(twin), buildium.add(twin)];
    await it.landlord.tell(ana);
    const compare = await it.click(await it.open('/needs-you'), 'Compare and choose: Ana Ruiz, unit 4B');
    expect(await it.click(compare, `Somebody else: Record ${one.Id}`)).toContain('somebody else’s');
    expect((await state(it.landlord))?.remoteId).toBe(String(other.Id));
  });

  it('matches a unit and remembers it', async () => {
    const it = await seat({ oak: [] });
    await it.landlord.tell(ana);
    const page = await it.open('/needs-you');
    expect(page).toContain('A unit that we do not know in Buildium');
    expect(linksIn(page).find(({ name }) => name.startsWith('Match and remember'))?.href).toBe(
      '/setup/connection/oak/units',
    );
    const typed = await it.open('/needs-you/units?connection=oak');
    expect(await it.click(typed, 'Match and remember', { id: '10231' })).toContain('1 unit is matched');
    await it.landlord.settled();
    expect((await state(it.landlord))?.state).toBe('synced');
  });

  it('lets those through that came after the day’s limit, all alike at once', async () => {
    const it = await seat({ oak: ['createsPerDay: 0', 'units: { 4B: 10231 }'] });
    await it.landlord.tell(...[1, 2, 3].map((n) => aboutNth(n, 'applicant_submitted')));
    expect(it.landlord.buildium.records.size).toBe(0);
    const after = await it.click(await it.open('/needs-you'), 'Let through: all 3 alike');
    expect(after).toContain('All 3 are settled.');
    expect(it.landlord.buildium.records.size).toBe(3);
    expect(it.clicks).toBe(1);
  });

  it('answers fifty alike in four clicks, and has no item left', async () => {
    const it = await seat({ withoutOak: true });
    await withChecklist(it.landlord);
    await it.landlord.tell(...Array.from({ length: 50 }, (_, n) => aboutNth(n + 1, 'applicant_submitted')));
    const all = await it.click(await it.open('/needs-you'), 'See all 50: To do in TenantCloud');
    const boxes = [...all.matchAll(/<input type="checkbox" name="record" value="([^"]+)"/g)].map(
      ([, value]) => value ?? '',
    );
    expect(boxes).toHaveLength(50);
    expect(gzipSync(all).length).toBeLessThanOrEqual(50 * 1024);
    // Without a script there is one button for all; with it one box ticks them, and one button answers.
    it.clicks += 1;
    const after = await it.click(all, 'Done: all that are ticked', { record: boxes });
    expect(after).toMatch(/All 50 are settled|under way/);
    expect(it.clicks).toBeLessThanOrEqual(4);
    await it.landlord.settled();
    expect(await it.open('/needs-you')).toContain('Nothing needs you.');
  });

  it('does to all alike what was asked, however many steps it takes', async () => {
    const it = await seat({ oak: ['create: never', ...UNITS], withoutLimit: true });
    await it.landlord.tell(...Array.from({ length: 60 }, (_, n) => aboutNth(n + 1, 'applicant_submitted')));
    const all = { all: 'on', connection: 'oak', cause: 'not_there' };
    const { text } = await it.press('needs_quiet', { ...all, days: '7', why: 'Later' }, '/needs-you');
    expect(text).toContain('We say nothing of these 60 for now.');
    expect(text).toContain('Put aside (60)');
    expect(text).toContain('Nothing needs you.');
  });

  it('puts aside with a reason, and wakes', async () => {
    const it = await seat({ oak: ['create: never', ...UNITS] });
    await it.landlord.tell(ana);
    const aside = await it.click(await it.open('/needs-you'), 'Not now: Ana Ruiz, unit 4B', {
      days: '7',
      why: 'moves in May',
    });
    expect(aside).toContain('We say nothing of it for now.');
    expect(aside).toContain('Nothing needs you.');
    expect(aside).toContain('moves in May');
    const woken = await it.click(aside, 'Wake: Ana Ruiz, unit 4B');
    expect(woken).toContain('It is shown again.');
    expect(woken).toContain('Create: Ana Ruiz, unit 4B');
  });

  it('offers to leave out no field without which the PMS takes nobody', async () => {
    const it = await seat();
    it.landlord.buildium.switches.refuse = ['LastName'];
    await it.landlord.tell(ana);
    const page = await it.open('/needs-you');
    expect(page).toContain('LastName');
    expect(linksIn(page).filter(({ name }) => name.startsWith('Leave '))).toEqual([]);
  });

  it('leaves a refused field out for everyone, after showing the file', async () => {
    const it = await seat();
    it.landlord.buildium.switches.refuse = ['PhoneNumbers'];
    await it.landlord.tell(ana);
    const page = await it.open('/needs-you');
    expect(page).toContain('Buildium will not take a value');
    const link = linksIn(page).find(({ name }) => name.startsWith('Leave '));
    if (link === undefined) throw new Error('no field can be left out');
    const shown = await it.click(page, link.name);
    expect(shown).toContain('off: true');
    expect(it.landlord.read('config/connections/oak.yaml')).not.toContain('off');
    it.landlord.buildium.switches.refuse = [];
    await it.click(shown, 'Write this');
    expect(it.landlord.read('config/connections/oak.yaml')).toMatch(/fields:\n {2}\S+:\n {4}off: true/);
    await it.landlord.settled();
    expect((await state(it.landlord))?.state).toBe('synced');
    expect(it.clicks).toBe(2);
  });

  it('shows a name as text, whatever is in it', async () => {
    const it = await seat({ oak: ['create: never', ...UNITS] });
    await it.landlord.tell({ ...ana, last_name: '<img src=x onerror=alert(1)>' });
    const page = await it.open('/needs-you');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=alert(1)>');
  });

  it('lets a helper answer records and not change settings', async () => {
    const landlord = await startLandlord({ oak: [] });
    const { get, press } = await signedIn(landlord, 'helper');
    await landlord.tell(ana, ben);
    expect((await get('/needs-you')).text).toContain('An owner of this boomsync can do this.');
    expect((await press('needs_field', { connection: 'oak', field: 'Email', how: 'off' })).status).toBe(403);
  });

  it('takes the word of whoever saw to it over there, where somebody is on a lease', async () => {
    const it = await seat();
    const there = it.landlord.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      Applications: [
        { Id: 1, ApplicationStatus: 'New', ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z' },
      ],
    });
    await it.landlord.tell(aboutAna('application_approved', 1));
    const [application] = there.Applications;
    if (application === undefined) throw new Error('There is no application');
    application.ApplicationStatus = 'AddedToLease';
    await it.landlord.tell(aboutAna('application_decision_reverted', 5, { id: 'a1', status: 'submitted' }));
    const page = await it.open('/needs-you');
    expect(page).toContain('Boom took its decision back, and in Buildium this person is on a lease by now.');
    const seen = await it.click(page, 'I have seen to it there: Ana Ruiz, unit 4B');
    expect(seen).toContain('Nothing needs you.');
    expect(seen).toContain('Seen to over there');
    expect(application.ApplicationStatus).toBe('AddedToLease');
    expect(it.clicks).toBe(1);
  });

  it('asks whether it is one person, and sends the decision once it is', async () => {
    const it = await seat();
    const there = it.landlord.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      Applications: [
        { Id: 1, ApplicationStatus: 'New', ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z' },
      ],
    });
    const weak = { application_id: null, external_id: null, unit: null };
    await it.landlord.tell(aboutAna('applicant_submitted', 1), aboutAna('application_approved', 5, weak));
    const page = await it.open('/needs-you');
    expect(page).toContain('One person, or two?');
    const after = await it.click(page, 'Same person: Ana Ruiz, unit 4B');
    expect(after).toContain('Nothing needs you.');
    expect(there.Applications[0]?.ApplicationStatus).toBe('Approved');
    expect(it.clicks).toBe(1);
  });

  it('is there for a script too, with what each may be answered', async () => {
    const it = await seat({ oak: ['create: never', ...UNITS] });
    await it.landlord.tell(ana);
    const { status, json } = await it.api('needs_you');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      total: 1,
      groups: [
        {
          connection: 'oak',
          cause: 'not_there',
          items: [{ who: 'Ana Ruiz', answers: ['approve', 'retry', 'ignore'] }],
        },
      ],
    });
  });
});
