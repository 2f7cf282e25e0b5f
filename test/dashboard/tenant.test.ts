import { describe, expect, it } from 'vitest';
import { type Landlord, type LandlordOptions, startLandlord } from '../support/landlord.ts';
import { ana, ben, UNITS } from '../support/oak.ts';
import { reportingAna } from '../support/people.ts';
import { type SignedIn, signedIn } from '../support/signed-in.ts';

const EVIL = '<img src=x onerror=alert(1)>';

async function begin(
  bodies: object[],
  options: LandlordOptions = {},
  role: 'owner' | 'helper' = 'owner',
): Promise<{ landlord: Landlord; person: SignedIn }> {
  const landlord = await startLandlord({ oak: UNITS, ...options });
  await landlord.tell(...bodies);
  return { landlord, person: await signedIn(landlord, role) };
}

interface View {
  records: {
    connection: string;
    word: string;
    token: string;
    live: boolean;
    asked: boolean;
    fields: {
      field: string;
      boom: unknown;
      pushed: unknown;
      there: unknown;
      differs: string;
      seen: boolean;
    }[];
  }[];
  looked: { failures: unknown[] } | null;
  history: {
    entries: { entry: string; attemptId?: number; action?: string; connection?: string }[];
    next: string | null;
  };
}

async function viewOf(person: SignedIn, more = ''): Promise<View & { oak: View['records'][number] }> {
  const view = (await person.api(`tenant?id=t1${more}`)).json as View;
  const oak = view.records.find(({ connection }) => connection === 'oak');
  if (oak === undefined) throw new Error('There is no record in oak');
  return { ...view, oak };
}

const onlyRecord = ({ buildium }: Landlord) => {
  const [record] = [...buildium.records.values()];
  if (record === undefined) throw new Error('Buildium has no record');
  return record;
};

const field = ({ oak }: Awaited<ReturnType<typeof viewOf>>, name: string) =>
  oak.fields.find((one) => one.field === name);

describe('the page of a tenant', () => {
  it('says who it is, where they stand, and that the PMS shows it', async () => {
    const { person } = await begin([ana]);
    const { text } = await person.get('/tenants/t1');
    expect(text).toContain('<h1>Ana Ruiz</h1>');
    expect(text).toContain('Application for 4B: Approved.');
    expect(text).toContain('ana.ruiz@example.com');
    expect(text).toMatch(/Buildium (confirms|shows what Boom says)/);
    expect((await person.get('/tenants/t99')).status).toBe(404);
  });

  it('tells each event, what it changed, what was sent and that it is shown there', async () => {
    const { person } = await begin([{ ...ana, event: 'application_submitted' }, ana]);
    const { text } = await person.get('/tenants/t1');
    expect(text).toContain('Application: Application sent in → Approved');
    expect(text).toContain('To Buildium: Added the record. Buildium shows it.');
    const { history } = await viewOf(person);
    expect(history.entries[0]?.entry).toBe('attempt');
    expect(history.entries.at(-1)).toMatchObject({ entry: 'event', event: 'application_submitted' });
  });

  it('goes through what happened by pages, each entry once', async () => {
    const { landlord, person } = await begin([ana]);
    const time = (n: number) => new Date(Date.UTC(2026, 10, 1, 12, n)).toISOString();
    await landlord.tell(
      ...Array.from({ length: 20 }, (_, n) => ({
        ...ana,
        event: 'application_updated',
        phone: `+1512555${1000 + n}`,
        application_updated_at: time(n),
      })),
    );
    const seen: string[] = [];
    let before: string | null = '';
    while (before !== null) {
      const { history }: View = await viewOf(person, before === '' ? '' : `&before=${before}`);
      seen.push(...history.entries.map((entry) => JSON.stringify(entry)));
      before = history.next;
    }
    const attempts = await landlord.stores.attempts.of('t1', 1000);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(21 + attempts.length);
  });

  it('marks what was edited there, and keeps theirs or sends Boom’s as the person says', async () => {
    const { landlord, person } = await begin([ana]);
    onlyRecord(landlord).Email = 'edited@example.com';
    await person.press('tenant_retry', { tenantId: 't1' }, '/tenants/t1');
    const view = await viewOf(person);
    expect(field(view, 'Email')).toMatchObject({
      boom: 'ana.ruiz@example.com',
      pushed: 'ana.ruiz@example.com',
      there: 'edited@example.com',
      differs: 'ask',
    });
    const { text } = await person.get('/tenants/t1');
    expect(text).toMatch(/<tr class="changed"><th scope="row">E-mail/);
    expect(text).toContain('Keep Buildium’s value');
    await person.press('needs_settle', { record: view.oak.token, take: 'boom' }, '/tenants/t1');
    expect(onlyRecord(landlord).Email).toBe('ana.ruiz@example.com');
    expect((await viewOf(person)).oak.word).toBe('in_line');
  });

  it('shows what is there now when it is asked to look, and writes nothing', async () => {
    const { landlord, person } = await begin([ana]);
    onlyRecord(landlord).Email = 'edited@example.com';
    expect(field(await viewOf(person), 'Email')?.there).toBe('ana.ruiz@example.com');
    const writes = () => landlord.buildium.log.filter(({ method }) => method !== 'GET').length;
    const before = writes();
    const view = await viewOf(person, '&look=on');
    expect(field(view, 'Email')).toMatchObject({ there: 'edited@example.com', differs: 'ask', seen: true });
    expect(view.oak.live).toBe(true);
    expect(view.looked?.failures).toEqual([]);
    expect(writes()).toBe(before);
    expect((await person.get('/tenants/t1?look=on')).text).toContain('Nothing was changed');
  });

  it('holds a person back until it is told to send again', async () => {
    const { landlord, person } = await begin([ana], {}, 'helper');
    const held = await person.press('tenant_hold', { tenantId: 't1' }, '/tenants/t1');
    expect(held.text).toContain('Held back. Nothing is sent');
    await landlord.tell({ ...ana, phone: '+15125550177' });
    expect(JSON.stringify(onlyRecord(landlord).PhoneNumbers)).not.toContain('0177');
    expect((await person.get('/tenants/t1')).text).toContain('‖</span> Held back');
    const sent = await person.press('tenant_retry', { tenantId: 't1' }, '/tenants/t1');
    expect(sent.text).toContain('Everything of this person is in line');
    expect(JSON.stringify(onlyRecord(landlord).PhoneNumbers)).toContain('0177');
  });

  it('shows what taking back would do, then does it', async () => {
    const { landlord, person } = await begin([ana]);
    await landlord.tell({ ...ana, email: 'new@example.com' });
    expect(onlyRecord(landlord).Email).toBe('new@example.com');
    const { history } = await viewOf(person);
    const id = history.entries.find(
      ({ action, connection }) => action === 'update' && connection === 'oak',
    )?.attemptId;
    const shown = await person.get(`/tenants/t1/undo/${id}`);
    expect(shown.text).toContain('ana.ruiz@example.com');
    expect(onlyRecord(landlord).Email).toBe('new@example.com');
    const done = await person.press('tenant_undo', { tenantId: 't1', attemptId: String(id) }, '/tenants/t1');
    expect(done.text).toContain('Taken back.');
    expect(onlyRecord(landlord).Email).toBe('ana.ruiz@example.com');
    expect((await person.get('/tenants/t2/undo/1')).status).toBe(404);
  });

  it('says of what only name, e-mail and phone join that it is two people', async () => {
    const { landlord, person } = await begin([ana, reportingAna('enrollment_approved')]);
    expect((await person.get('/tenants/t1')).text).toContain('Only name, e-mail and phone join');
    const said = await person.press('tenant_unlink', { tenantId: 't1' }, '/tenants/t1');
    expect(said.status).toBe(200);
    expect(await landlord.stores.tenants.count()).toBe(2);
    expect((await landlord.stores.tenants.get('t1'))?.record.weaklyJoined).toBe(false);
  });

  it('confirms what only name, e-mail and phone join', async () => {
    const { landlord, person } = await begin([ana, reportingAna('enrollment_approved')]);
    const said = await person.press('tenant_link', { tenantId: 't1' }, '/tenants/t1');
    expect(said.text).toContain('Kept as one person');
    expect((await landlord.stores.tenants.get('t1'))?.record.weaklyJoined).toBe(false);
    expect(await landlord.stores.tenants.count()).toBe(1);
  });

  it('makes one of two entries, and the older one stays', async () => {
    const { landlord, person } = await begin([ana, { ...ben, last_name: 'Ruiz' }]);
    const page = await person.press('find_people', { q: 'ana', tenantId: 't2' });
    expect(page.text).toContain('Same person: Ana Ruiz');
    const done = await person.press('tenant_merge', { tenantId: 't2', otherId: 't1' }, '/tenants/t2');
    expect(done.text).toContain('They are one person now.');
    expect((await landlord.stores.tenants.get('t2'))?.record.id).toBe('t1');
  });

  it('lets a helper neither take back nor say who is who', async () => {
    const { landlord, person } = await begin([ana, reportingAna('enrollment_approved')], {}, 'helper');
    const { text } = await person.get('/tenants/t1');
    for (const name of ['tenant_link', 'tenant_unlink', '/undo/', '/merge']) expect(text).not.toContain(name);
    for (const name of ['tenant_link', 'tenant_unlink'])
      expect((await person.press(name, { tenantId: 't1' })).status).toBe(403);
    expect((await person.press('tenant_merge', { tenantId: 't1', otherId: 't2' })).status).toBe(403);
    expect((await person.press('tenant_undo', { tenantId: 't1', attemptId: '1' })).status).toBe(403);
    expect((await person.get('/tenants/t1/undo/1')).status).toBe(403);
    expect((await landlord.stores.tenants.get('t1'))?.record.weaklyJoined).toBe(true);
  });

  it('says what we sent and the PMS still shows', async () => {
    const { landlord, person } = await begin([ana]);
    landlord.buildium.switches.silentNoOp = true;
    await landlord.tell({ ...ana, email: 'new@example.com' });
    const { text } = await person.get('/tenants/t1');
    expect(text).toContain('We sent “new@example.com” and Buildium still shows “ana.ruiz@example.com”.');
  });

  it('shows a name that would be a program as text on every page of a person', async () => {
    const { person } = await begin([{ ...ana, first_name: EVIL, last_name: EVIL, unit: EVIL }, ben]);
    const { history } = (await person.api('tenant?id=t1')).json as View;
    const undo = history.entries.find(({ attemptId }) => attemptId !== undefined)?.attemptId;
    for (const path of [
      '/tenants/t1',
      '/tenants/t1?look=on',
      '/tenants/t1/merge',
      '/tenants/t2/merge',
      `/tenants/t1/undo/${undo ?? 1}`,
    ]) {
      const { text, status } = await person.get(path);
      expect(status === 200 || path.includes('undo'), path).toBe(true);
      expect(text).not.toContain('<img');
    }
    expect((await person.get('/tenants/t1')).text).toContain('&lt;img src=x onerror=alert(1)>');
  });
});
