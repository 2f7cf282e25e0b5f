import { describe, expect, it } from 'vitest';
import { openTestStore } from '../support/store.ts';

const said = (event: string, name: 'Ana' | 'Ben', minute: number) => ({
  event,
  application_id: 'a1',
  applicant_id: `applicant-${name}`,
  first_name: name,
  last_name: 'Ruiz',
  email: `${name.toLowerCase()}@example.com`,
  unit: '4B',
  application_updated_at: `2026-11-20T10:${String(minute).padStart(2, '0')}:00Z`,
});

async function standing(...bodies: Record<string, unknown>[]) {
  const store = await openTestStore();
  for (const body of bodies) await store.deliver(body);
  await store.project();
  return (await store.tenants()).map(({ person, applications: [first] }) => [
    person.firstName,
    first?.leasing,
    first?.contradicted,
  ]);
}

describe('two people of one application', () => {
  const both = [said('applicant_submitted', 'Ana', 1), said('applicant_submitted', 'Ben', 2)];

  it('each have a record, and a decision about one is not written on the other', async () => {
    expect(await standing(...both, said('application_declined', 'Ana', 10))).toEqual([
      ['Ana', 'declined', false],
      ['Ben', 'submitted', false],
    ]);
  });

  it('are both flagged where Boom decided otherwise about each', async () => {
    const decisions = [said('application_declined', 'Ana', 10), said('application_approved', 'Ben', 11)];
    const flagged = [
      ['Ana', 'declined', true],
      ['Ben', 'approved', true],
    ];
    expect(await standing(...both, ...decisions)).toEqual(flagged);
    expect(await standing(...both, ...decisions.reverse())).toEqual(flagged);
  });

  it('are no longer once the decision is the same', async () => {
    const decisions = [said('application_declined', 'Ana', 10), said('application_approved', 'Ben', 11)];
    expect(await standing(...both, ...decisions, said('application_approved', 'Ana', 20))).toEqual([
      ['Ana', 'approved', false],
      ['Ben', 'approved', false],
    ]);
  });
});
