import { describe, expect, it } from 'vitest';
import { startLandlord } from '../support/landlord.ts';
import { ana, ben, UNITS } from '../support/oak.ts';
import { signedIn } from '../support/signed-in.ts';

const EVIL = '<img src=x onerror=alert(1)>';

describe('the page of tenants', () => {
  it('says that nobody is on record yet, and what to do', async () => {
    const person = await signedIn(await startLandlord());
    const { text } = await person.get('/tenants');
    expect(text).toContain('Nobody is on record yet');
    expect(text).toContain('href="/setup"');
  });

  it('shows who needs somebody first, with each record as shape and word', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    await landlord.tell(ana, ben, {
      ...ana,
      first_name: 'Cora',
      email: 'cora@example.com',
      phone: null,
      unit: '9Z',
      application_id: 'a3',
    });
    const person = await signedIn(landlord, 'helper');
    const { text } = await person.get('/tenants');
    expect(text.indexOf('Cora Ruiz')).toBeLessThan(text.indexOf('Ana Ruiz'));
    expect(text).toMatch(/▲<\/span> Needs you/);
    expect(text).toMatch(/●<\/span> In line/);
    expect(text).toContain('Application sent in');
    expect(text.replaceAll(/<[^>]*>/g, ' ')).not.toMatch(/in_line|needs_you|approved_with/);
    const { json } = await person.api('tenants?standing=needs_you');
    expect(json).toMatchObject({
      total: 3,
      tenants: [{ name: 'Cora Ruiz', records: { oak: 'needs_you' } }],
      next: null,
    });
  });

  it('finds by words and narrows by stage, and says when nobody fits', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    await landlord.tell(ana, ben);
    const person = await signedIn(landlord);
    const found = await person.press('find_people', { q: 'sosa' });
    expect(found.text).toContain('Ben Sosa');
    expect(found.text).not.toContain('Ana Ruiz');
    expect((await person.get('/tenants?stage=approved')).text).toContain('Ana Ruiz');
    expect((await person.press('find_people', { q: 'nobody' })).text).toContain('Nobody fits');
    expect((await person.get('/tenants?stage=nonsense&after=nonsense')).text).toContain('Ben Sosa');
  });

  it('goes on by pages, each person once', async () => {
    const landlord = await startLandlord({ withoutOak: true });
    await landlord.tell(
      ...Array.from({ length: 55 }, (_, n) => ({
        event: 'application_submitted',
        first_name: `Ana${n}`,
        last_name: 'Ruiz',
        email: `ana${n}@example.com`,
        application_id: `a${n}`,
      })),
    );
    const person = await signedIn(landlord);
    const first = (await person.api('tenants')).json as { tenants: { id: string }[]; next: string };
    const second = (await person.api(`tenants?after=${first.next}`)).json as typeof first;
    const ids = [...first.tenants, ...second.tenants].map(({ id }) => id);
    expect(first.tenants).toHaveLength(50);
    expect(new Set(ids).size).toBe(55);
    expect(second.next).toBeNull();
    const { text } = await person.get('/tenants');
    expect(text).toContain(`href="/tenants?after=${first.next}"`);
  });

  it('shows a name that would be a program as text, and what was looked for too', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    await landlord.tell({ ...ana, first_name: EVIL, last_name: EVIL, unit: EVIL });
    const person = await signedIn(landlord);
    const { text } = await person.press('find_people', { q: 'img" autofocus onfocus="alert(1)' });
    const all = await person.get('/tenants');
    for (const page of [text, all.text]) expect(page).not.toContain('<img');
    expect(text).not.toContain('autofocus onfocus="alert');
    expect(all.text).toContain('&lt;img src=x onerror=alert(1)>');
  });
});
