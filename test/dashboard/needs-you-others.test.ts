/** What needs a person and is no record: keys, Boom's own pushes, messages, gaps, notices. */
import { describe, expect, it } from 'vitest';
import { ana } from '../support/oak.ts';
import { reportingAna } from '../support/people.ts';
import { signedIn } from '../support/signed-in.ts';
import { seat } from './seat.ts';

describe('needs you', () => {
  it('replaces a key that is refused, once the new one works', async () => {
    const it = await seat();
    it.landlord.buildium.switches.expiredKey = true;
    await it.landlord.tell(ana);
    const page = await it.open('/needs-you');
    expect(page).toContain('Buildium refuses our key');
    const filled = { credential_clientSecret: 'fresh-secret', credential_clientId: 'id' };
    const refused = await it.click(page, 'Check and replace', filled);
    expect(refused).toContain('role="alert"');
    expect(it.landlord.read('config/connections/oak.yaml')).toContain('env:OAK_SECRET');
    it.landlord.buildium.switches.expiredKey = false;
    const done = await it.click(refused, 'Check and replace', filled);
    expect(done).toContain('role="status"');
    await it.landlord.settled();
    expect(it.landlord.read('config/connections/oak.yaml')).not.toContain('env:OAK_SECRET');
    expect(it.landlord.buildium.records.size).toBe(1);
    expect(await it.open('/needs-you')).toContain('Nothing needs you.');
  });

  it('says that a notice may be due, does not count it, and forgets it once it was seen to', async () => {
    const it = await seat();
    await it.landlord.tell({ ...ana, event: 'application_declined', external_id: 'ext-ana' });
    const page = await it.open('/needs-you');
    expect(page).toContain('A notice may be due to Ana Ruiz');
    expect(page).toContain('Nothing needs you.');
    const done = await it.click(page, 'Done: Ana Ruiz');
    expect(done).not.toContain('A notice may be due');
  });

  it('lets the landlord do what Boom’s own push could not', async () => {
    const it = await seat();
    const push = { ...ana, event: 'push_applicants_to_property_management_system', status: 'approved' };
    await it.landlord.tell(ana, { ...push, pms_push_status: 'failed', error_message: 'unit not found' });
    const page = await it.open('/needs-you');
    expect(page).toContain('“unit not found”');
    const after = await it.click(page, 'We do it: Ana Ruiz');
    expect(after).toContain('Put aside. A later failure is told again.');
    expect(after).toContain('Nothing needs you.');
  });

  it.each([
    ['Same person', 'Kept as one person.', 1],
    ['Two people', 'Kept as two people.', 2],
  ])(
    'asks whom only name, e-mail and phone join, once, and takes the answer: %s',
    async (answer, said, people) => {
      const it = await seat();
      await it.landlord.tell(ana, reportingAna('enrollment_approved'));
      const page = await it.open('/needs-you');
      expect(await it.open('/')).toContain('1 thing needs you.');
      expect(page.split('<h2>One person, or two?')).toHaveLength(2);
      expect(page).toContain('Applied for 4B.');
      const after = await it.click(page, `${answer}: Ana Ruiz`);
      expect(after).toContain(said);
      expect(after).toContain('Nothing needs you.');
      expect(await it.landlord.stores.tenants.count()).toBe(people);
      expect(await it.landlord.stores.weakJoins.count(['oak'])).toBe(0);
    },
  );

  it('lets a helper see who may be two people, and not say it', async () => {
    const it = await seat();
    await it.landlord.tell(ana, reportingAna('enrollment_approved'));
    const helper = await signedIn(it.landlord, 'helper');
    const { text } = await helper.get('/needs-you');
    expect(text).toContain('<h2>One person, or two?');
    expect(text).not.toContain('needs_join');
    expect((await helper.press('needs_join', { tenantId: 't1', same: 'yes' })).status).toBe(403);
  });

  it('shows quietly what Boom sends and nobody knows, by its name, until it is dismissed', async () => {
    const it = await seat();
    const unknown = { ...ana, event: 'parking <b>assigned</b>' };
    await it.landlord.tell(ana, { ...unknown, n: 1 }, { ...unknown, n: 2 }, { ...ana, event: 'pet_added' });
    const page = await it.open('/needs-you');
    expect(page).toContain('Nothing needs you.');
    expect(page).toContain('“parking &lt;b>assigned&lt;/b>”: 2 messages');
    expect(await it.click(page, 'Show: “pet_added”')).toContain('pet_added');
    const after = await it.click(page, 'Dismiss: “pet_added”');
    expect(after).not.toContain('“pet_added”');
    expect(after).toContain('assigned');
    await it.landlord.tell({ ...ana, event: 'pet_added', n: 3 });
    expect(await it.open('/needs-you')).not.toContain('“pet_added”');
  });

  it('shows messages that were not used, and dismisses them', async () => {
    const it = await seat();
    const message = { ...ana, request_id: 'r1' };
    await it.landlord.tell(message, { ...message, first_name: 'Alex' });
    const page = await it.open('/needs-you');
    expect(page).toContain('Messages that were not used');
    expect(page).toContain('href="/events/2"');
    const after = await it.click(page, 'Dismiss: Message 2');
    expect(after).toContain('Nothing needs you.');
  });

  it('says what to check of the time in which nobody could reach us', async () => {
    const it = await seat();
    const { stores } = it.landlord;
    const gap = await stores.uptime.openGap('2026-11-03T14:02:00.000Z', '2026-11-03T14:31:00.000Z', () => []);
    const page = await it.open('/needs-you');
    expect(page).toContain('What Boom sent meanwhile may be missing');
    await it.click(page, 'I have checked');
    expect(await stores.uptime.gaps({ open: true })).toEqual([]);
    expect((await stores.uptime.gaps()).map(({ id }) => id)).toContain(gap.id);
  });

  it('has a place for every cause that an alert links to and that is no record', async () => {
    let ahead = 0;
    const it = await seat({ now: () => new Date(Date.now() + ahead) });
    await it.landlord.stores.connections.save({
      name: 'oak',
      state: 'broken',
      kind: 'forbidden',
      message: 'Buildium does not let us write',
      remedy: null,
      since: new Date().toISOString(),
      waitUntil: null,
      probes: 1,
    });
    ahead = 8 * 24 * 60 * 60_000;
    const page = await it.open('/needs-you');
    for (const key of ['connection-oak', 'backup']) expect(page).toContain(`id="${key}"`);
    expect(page).toContain('href="/connections/oak"');
  });
});
