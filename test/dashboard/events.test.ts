/** Boom's messages: the list, one of them, and what a person does about those that could not be read. */
import { describe, expect, it } from 'vitest';
import { startLandlord } from '../support/landlord.ts';
import { ana, ben } from '../support/oak.ts';
import { signedIn } from '../support/signed-in.ts';

describe('the messages', () => {
  it('says what happened to whom, and what became of it', async () => {
    const landlord = await startLandlord();
    const { get } = await signedIn(landlord);
    expect((await get('/events')).text).toContain('Nothing has arrived from Boom yet.');
    await landlord.tell(ana, ben, { event: 'something_new', first_name: 'Eve' });
    const list = await get('/events');
    expect(list.status).toBe(200);
    expect(list.text).toContain('Ana Ruiz');
    expect(list.text).toContain('was approved');
    expect(list.text).toContain('Something that this version does not know');
    expect(list.text).not.toContain('application_approved');
    const ignored = await get('/events?status=ignored');
    expect(ignored.text).not.toContain('Ana Ruiz');
  });

  it('hides what it says until an owner asks, and records who looked', async () => {
    const landlord = await startLandlord();
    const owner = await signedIn(landlord);
    await landlord.tell(ana);
    const hidden = await owner.get('/events/1');
    expect(hidden.text).toContain('•••');
    expect(hidden.text).not.toContain('ana.ruiz@example.com');
    const shown = await owner.press('reveal_event', { eventId: '1' });
    expect(shown.text).toContain('ana.ruiz@example.com');
    expect(await landlord.stores.peopleLog.list({ limit: 9 })).toMatchObject([
      { who: 'Test owner', what: 'revealed_message', eventId: 1 },
    ]);
    // The page without what was asked for hides it again.
    expect((await owner.get('/events/1')).text).not.toContain('ana.ruiz@example.com');

    const helper = await signedIn(landlord, 'helper');
    expect((await helper.press('reveal_event', { eventId: '1' })).status).toBe(403);
    expect((await helper.get('/events/1')).text).not.toContain('Show in full');
  });

  it('takes in what failed before, and puts aside what stays of no use', async () => {
    const landlord = await startLandlord();
    const { get, press } = await signedIn(landlord);
    await landlord.tell({ event: 'enrollment_pending' });
    const before = await get('/events?status=failed');
    expect(before.text).toContain('1 message could not be read');
    const tried = await press('replay_failed', {}, '/events');
    expect(tried.text).toContain('1 message still cannot be read.');
    const dismissed = await press('dismiss_event', { eventId: '1' }, '/events/1');
    expect(dismissed.text).toContain('Put aside');
    expect((await landlord.stores.inbox.countByStatus()).failed).toBe(0);
  });

  it('goes page by page', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    const { get } = await signedIn(landlord);
    const many = Array.from({ length: 60 }, (_, at) => ({ ...ana, request_id: `r${at}` }));
    await landlord.tell(...many);
    const first = await get('/events');
    expect(first.text).toContain('Open message 60"');
    expect(first.text).not.toContain('Open message 10"');
    const second = await get('/events?before=11');
    expect(second.text).toContain('Open message 10"');
    expect(second.text).not.toContain('Open message 11"');
  });

  it('shows what somebody calls themselves as text', async () => {
    const landlord = await startLandlord();
    const { get } = await signedIn(landlord);
    await landlord.tell({ ...ana, first_name: '<img src=x onerror=alert(1)>' });
    for (const path of ['/events', '/events/1', '/']) {
      const { text } = await get(path);
      expect(text, path).not.toContain('<img');
    }
  });
});
