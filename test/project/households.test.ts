/** People whom a landlord numbers alike, or who have one name: one person's outcome is never the other's. */
import { describe, expect, it } from 'vitest';
import { openTestStore } from '../support/store.ts';

const time = (minute: number) => new Date(Date.UTC(2026, 10, 1, 12, minute)).toISOString();

function about(minute: number, event: string, changes: object): Record<string, unknown> {
  return { event, unit: '4B', application_updated_at: time(minute), ...changes };
}

async function namesAndStages(bodies: Record<string, unknown>[]) {
  const store = await openTestStore();
  for (const body of bodies) await store.deliver(body);
  await store.project();
  return (await store.tenants()).map(({ person, stage }) => [person.firstName, stage]);
}

describe('a household', () => {
  const sam = {
    first_name: 'Sam',
    last_name: 'Ruiz',
    email: 'sam@example.com',
    phone: '5125550143',
    external_id: 'H12',
    application_id: 'a1',
    applicant_id: '1',
  };
  const samantha = { ...sam, first_name: 'Samantha', email: 'samantha@example.com', applicant_id: '2' };

  it('that shares a number of the landlord’s and a phone is two people, also where one name begins with the other', async () => {
    expect(
      await namesAndStages([
        about(1, 'applicant_submitted', sam),
        about(2, 'applicant_submitted', samantha),
        about(3, 'application_canceled', samantha),
      ]),
    ).toEqual([
      ['Sam', 'submitted'],
      ['Samantha', 'canceled'],
    ]);
  });

  it('is two people where one event lists both, even with one e-mail address', async () => {
    const underReview = about(1, 'application_under_review', { id: 'a1' });
    const applicants = [
      { ...sam, id: '1' },
      { ...samantha, id: '2', email: sam.email },
    ];
    expect(await namesAndStages([{ ...underReview, applicants }])).toEqual([
      ['Sam', 'in_review'],
      ['Samantha', 'in_review'],
    ]);
  });

  it('is not told apart by a short name of one person who is reached alike', async () => {
    const { applicant_id: _, application_id: __, ...lead } = { ...samantha, first_name: 'Sam' };
    expect(
      await namesAndStages([about(1, 'applicant_started', lead), about(2, 'applicant_submitted', samantha)]),
    ).toEqual([['Samantha', 'submitted']]);
  });
});

describe('father and son of one name in one application', () => {
  const father = {
    first_name: 'John',
    last_name: 'Doe',
    email: 'john@example.com',
    phone: '3035550101',
    application_id: 'a1',
    applicant_id: '1',
  };
  const son = { ...father, email: 'jd@example.com', phone: null, applicant_id: '2' };

  it('stay two, also where the son was only invited first', async () => {
    const { applicant_id: _, application_id: id, ...invited } = son;
    const invitation = {
      ...about(2, 'applicant_invite_followup', {}),
      id,
      lead_id: '9',
      invited_lead: true,
      ...invited,
    };
    expect(
      await namesAndStages([
        about(1, 'applicant_submitted', father),
        invitation,
        about(3, 'applicant_started', { ...son, lead_id: '9' }),
        about(4, 'application_canceled', { ...son, lead_id: '9' }),
      ]),
    ).toEqual([
      ['John', 'submitted'],
      ['John', 'canceled'],
    ]);
  });
});
