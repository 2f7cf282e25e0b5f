/** Retention of people, and what a legal hold keeps from it. */
import { describe, expect, it } from 'vitest';
import { applicantsDue } from '../../../src/operate/forget/applicants.ts';
import { prune } from '../../../src/operate/retention/prune.ts';
import { openTestStore, type TestStore } from '../../support/store.ts';

const DAY_MS = 24 * 60 * 60_000;
const MONTH_MS = (365.25 / 12) * DAY_MS;
const THEN = new Date(Date.UTC(2026, 10, 20, 12));
const KEEP = {
  schedule: null,
  bodiesMs: 0,
  failedBodiesMs: 0,
  attemptsMs: null,
  decisionsMs: null,
  applicantsMs: 25 * MONTH_MS,
};
const { signal: stopping } = new AbortController();

const apply = (event: string, who: string) => ({
  event,
  first_name: who,
  last_name: 'Ruiz',
  email: `${who.toLowerCase()}@example.com`,
  phone: null,
  unit: '4B',
  application_id: `a-${who}`,
});

const after = (months: number) => new Date(THEN.getTime() + months * MONTH_MS);

async function withFour(): Promise<TestStore & { id(who: string): Promise<string> }> {
  const store = await openTestStore();
  for (const [event, who] of [
    ['application_declined', 'Ana'],
    ['application_approved', 'Ben'],
    ['application_submitted', 'Cleo'],
  ] as const)
    await store.deliver(apply(event, who), THEN);
  await store.deliver(
    {
      event: 'enrollment_approved',
      customer_id: 'c1',
      enrollment_id: 'e1',
      customer_first_name: 'Dan',
      customer_last_name: 'Sosa',
      customer_email: 'dan@example.com',
    },
    THEN,
  );
  await store.project(100, THEN);
  const id = async (who: string) =>
    (await store.tenants()).find(({ person }) => person.firstName === who)?.id ?? 'nobody';
  return { ...store, id };
}

const dueAfter = ({ stores }: TestStore, months: number) =>
  applicantsDue({
    stores,
    config: { retention: KEEP } as never,
    now: () => after(months),
    stopping,
  });

describe('retention of people', () => {
  it('is over for whoever applied and never moved in, and for nobody who may live there', async () => {
    const store = await withFour();
    expect(await dueAfter(store, 24.9)).toEqual([]);
    expect(await dueAfter(store, 25.1)).toEqual([await store.id('Ana'), await store.id('Cleo')]);
  });

  it('leaves whoever is held, with every message and try of theirs', async () => {
    const store = await withFour();
    const [ana, cleo] = [await store.id('Ana'), await store.id('Cleo')];
    await store.stores.legalHolds.add({ tenantId: ana, reason: null, who: 'terminal' }, THEN.toISOString());
    expect(await dueAfter(store, 26)).toEqual([cleo]);
    await prune({
      store: store.stores.retention,
      keep: KEEP,
      now: () => after(26),
      signal: stopping,
      dryRun: false,
      held: await store.stores.legalHolds.tenants(),
    });
    const kept = await store.knex('inbox').whereNotNull('body').select('tenant_id');
    expect(kept).toEqual([{ tenant_id: ana }]);
  });
});
