/** What needs a person and is no record: keys, Boom's own pushes, messages, gaps, notices. */
import { describe, expect, it } from 'vitest';
import { ana } from '../support/oak.ts';
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
