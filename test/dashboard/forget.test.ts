import { describe, expect, it } from 'vitest';
import { filesWith } from '../support/bytes.ts';
import { startLandlord } from '../support/landlord.ts';
import { ana, ben, UNITS } from '../support/oak.ts';
import { signedIn } from '../support/signed-in.ts';

describe('forgetting somebody on their page', () => {
  it('shows every place first, asks for the number, and removes them', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    await landlord.tell(ana, ben);
    const person = await signedIn(landlord);
    expect((await person.get('/tenants/t1')).text).toContain('href="/tenants/t1/forget"');
    const { text } = await person.get('/tenants/t1/forget');
    expect(text).toContain('Forget Ana Ruiz');
    expect(text).toContain("1 message of Boom's, word for word");
    expect(text).toMatch(/yours to delete:<\/h2><ul><li>Buildium: applicant \d+/);
    const unsaid = await person.press('tenant_forget', { tenantId: 't1', typed: 'Ana' });
    expect(unsaid.text).toContain('Nothing was removed: type t1');
    expect((await person.get('/tenants/t1')).text).toContain('ana.ruiz@example.com');
    const said = await person.press('tenant_forget', { tenantId: 't1', typed: ' T1 ' });
    expect(said.text).toContain('t1 was forgotten.');
    const everywhere = (await person.get('/tenants')).text;
    expect(everywhere).toContain('Ben Sosa');
    expect(everywhere).not.toContain('Ana Ruiz');
    expect((await person.get('/settings/log')).text).toContain('t1');
    expect(filesWith(`${landlord.folder}/data`, 'ana.ruiz@example.com')).toEqual([]);
  });

  it('removes nothing of somebody who is kept for a dispute', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    await landlord.tell(ana);
    const person = await signedIn(landlord);
    expect((await person.press('tenant_keep', { tenantId: 't1' })).text).toContain('t1 is held');
    const page = (await person.get('/tenants/t1/forget')).text;
    expect(page).toContain('Kept since');
    expect(page).not.toContain('/do/tenant_forget');
    const refused = await person.press('tenant_forget', { tenantId: 't1', typed: 't1' });
    expect(refused.text).toContain('That was not done.');
    expect((await person.get('/tenants/t1')).text).toContain('ana.ruiz@example.com');
    await person.press('tenant_keep_end', { tenantId: 't1' });
    expect((await person.get('/tenants/t1/forget')).text).toContain('/do/tenant_forget');
  });

  it('is nothing for a helper', async () => {
    const landlord = await startLandlord({ oak: UNITS });
    await landlord.tell(ana);
    const helper = await signedIn(landlord, 'helper');
    expect((await helper.get('/tenants/t1')).text).not.toContain('/forget');
    expect((await helper.get('/tenants/t1/forget')).status).toBe(403);
    expect((await helper.press('tenant_forget', { tenantId: 't1', typed: 't1' })).status).toBe(403);
    expect((await helper.get('/tenants/t1')).text).toContain('Ana Ruiz');
  });
});
