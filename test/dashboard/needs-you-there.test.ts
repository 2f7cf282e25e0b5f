/** Where somebody over there has the last word: from the alert's link to its end, as a browser without a script. */
import { describe, expect, it } from 'vitest';
import { ana } from '../support/oak.ts';
import { type Seat, seat } from './seat.ts';

const NEW = { Id: 1, ApplicationStatus: 'New', ApplicationSubmittedDateTime: '2026-11-01T12:00:00Z' };

async function standing({ landlord }: Seat) {
  const states = await landlord.stores.sync.states(['t1'], 'oak');
  return states.find(({ kind }) => kind === 'applicant');
}

/** Opens the link of the alert about this cause, which leads to its place among what needs somebody. */
async function fromTheAlert(it: Seat, cause: string): Promise<string> {
  expect(await standing(it)).toMatchObject({ state: 'parked', cause });
  const { to } = await it.get(`/needs-you/at/parked-oak-${cause}`);
  expect(to).toContain('/needs-you');
  return await it.open(to?.split('#')[0] ?? '');
}

async function nothingLeft(it: Seat): Promise<void> {
  expect(await it.open('/needs-you')).toContain('Nothing needs you.');
  expect((await it.open('/')).includes('<title>In line')).toBe(true);
}

describe('what was decided or shown over there', () => {
  it('takes the record for the same person’s, which shows another name, in two clicks', async () => {
    const it = await seat();
    await it.landlord.tell(ana);
    const [record] = it.landlord.buildium.records.values();
    if (record === undefined) throw new Error('there is none');
    Object.assign(record, { FirstName: 'Annie', LastName: 'Lopez', Email: 'annie@example.com' });
    for (const phone of record.PhoneNumbers) phone.Number = '(512) 555-0999';
    await it.landlord.tell({ ...ana, event: 'application_updated', phone: '+15125550144' });
    const page = await fromTheAlert(it, 'another_person');
    const compare = await it.click(page, 'Compare and choose: Ana Ruiz, unit 4B');
    const said = await it.click(compare, `Use this: Record ${record.Id}`);
    expect(said).toContain('kept up to date from now on');
    expect(record.LastName).toBe('Lopez');
    expect((await standing(it))?.cause).not.toBe('another_person');
    expect(it.clicks).toBe(2);
  });

  it('leaves the landlord’s own decision, in one click', async () => {
    const it = await seat();
    const there = it.landlord.buildium.add({
      FirstName: 'Ana',
      LastName: 'Ruiz',
      Email: 'ana.ruiz@example.com',
      Applications: [{ ...NEW, ApplicationStatus: 'Rejected' }],
    });
    await it.landlord.tell(ana);
    const page = await fromTheAlert(it, 'decided_there');
    expect(page).toContain('shows another decision than Boom');
    await it.click(page, 'I have seen to it there: Ana Ruiz, unit 4B');
    expect(there.Applications[0]?.ApplicationStatus).toBe('Rejected');
    expect(it.clicks).toBe(1);
    await nothingLeft(it);
  });

  it('writes nothing of the ended application of somebody who lives there, and is told so in one click', async () => {
    const it = await seat();
    await it.landlord.tell(ana);
    await it.landlord.tell(
      {
        event: 'enrollment_approved',
        customer_id: 'c1',
        enrollment_id: 'e1',
        customer_first_name: 'Ana',
        customer_last_name: 'Ruiz',
        customer_email: ana.email,
        customer_phone: ana.phone,
      },
      { ...ana, event: 'application_canceled', request_id: 'canceled' },
    );
    const page = await fromTheAlert(it, 'resident');
    const notes = [...it.landlord.buildium.notes.values()].flat().length;
    await it.click(page, 'I have seen to it there: Ana Ruiz, unit 4B');
    expect([...it.landlord.buildium.notes.values()].flat()).toHaveLength(notes);
    expect(it.clicks).toBe(1);
    expect((await standing(it))?.quiet).not.toBeNull();
  });
});
