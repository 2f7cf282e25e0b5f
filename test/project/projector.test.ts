import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { createNormaliser } from '../../src/boom/normalise.ts';
import { sampleOf } from '../../src/boom/samples.ts';
import { Projecting } from '../../src/operate/projecting.ts';
import { openTestStore } from '../support/store.ts';

const normalise = await createNormaliser();

const ana = { first_name: 'Ana', last_name: 'Ruiz', email: 'ana@example.com', phone: '+15125550143' };
const ben = { first_name: 'Ben', last_name: 'Okafor', email: 'ben@example.com', phone: '+15125550144' };
const time = (minute: number) => new Date(Date.UTC(2026, 8, 1, 12, minute)).toISOString();

function basic(event: string, minute: number, changes: object = {}): Record<string, unknown> {
  return {
    event,
    ...ana,
    unit: '4B',
    application_id: 'a1',
    external_id: 'ext-ana',
    created_at: time(0),
    application_updated_at: time(minute),
    ...changes,
  };
}

describe('identity', () => {
  it('joins deliveries by application and person, and by external id', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_started', 1));
    await store.deliver(basic('applicant_submitted', 2, { external_id: null }));
    await store.deliver(basic('application_approved', 3, { application_id: null }));
    await store.project();
    const tenants = await store.tenants();
    expect(tenants).toHaveLength(1);
    expect(tenants[0]).toMatchObject({ id: 't1', stage: 'approved', weaklyJoined: false });
  });

  it('keeps a couple apart who share an address, a phone and an application', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_submitted', 1, { external_id: null }));
    await store.deliver(basic('applicant_submitted', 2, { external_id: null, first_name: 'Luis' }));
    await store.project();
    expect((await store.tenants()).map((t) => t.person.firstName)).toEqual(['Ana', 'Luis']);
  });

  it('keeps father and son apart who differ by a suffix only', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_submitted', 1, { external_id: null, application_id: null }));
    await store.deliver(
      basic('applicant_submitted', 2, { external_id: null, application_id: null, last_name: 'Ruiz Jr.' }),
    );
    await store.project();
    expect(await store.tenants()).toHaveLength(2);
  });

  it('does not let an external id that two people share make them one', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_submitted', 1));
    await store.deliver(basic('applicant_submitted', 2, ben));
    await store.deliver(basic('application_approved', 3, ben));
    await store.project();
    const tenants = await store.tenants();
    expect(tenants.map((t) => [t.person.firstName, t.stage])).toEqual([
      ['Ana', 'submitted'],
      ['Ben', 'approved'],
    ]);
  });

  it('keeps a couple apart who share address, phone and what the landlord numbers', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_submitted', 1, { application_id: null }));
    await store.deliver(basic('application_declined', 2, { application_id: null, first_name: 'Ben' }));
    await store.project();
    expect((await store.tenants()).map((t) => [t.person.firstName, t.stage])).toEqual([
      ['Ana', 'submitted'],
      ['Ben', 'declined'],
    ]);
  });

  it('keeps father and son apart who have one name in one application', async () => {
    const store = await openTestStore();
    await store.deliver({
      event: 'application_under_review',
      id: 'a1',
      status: 'submitted',
      application_updated_at: time(1),
      applicants: [
        { id: 'x1', ...ana, role: 'applicant' },
        { id: 'x2', ...ana, phone: '+15125550199', role: 'co_signer' },
      ],
    });
    await store.project();
    expect((await store.tenants()).map((t) => [t.ids.applicant, t.person.phone])).toEqual([
      [['x1'], '+15125550143'],
      [['x2'], '+15125550199'],
    ]);
  });

  it('does not let two customers share a landlord’s number', async () => {
    const store = await openTestStore();
    const customer = (id: string, first: string, email: string) => ({
      event: 'enrollment_approved',
      customer_id: id,
      enrollment_id: `e-${id}`,
      customer_external_id: 'LEASE-7',
      customer_first_name: first,
      customer_last_name: 'Ode',
      customer_email: email,
    });
    await store.deliver(customer('c1', 'Ana', 'ana@example.com'));
    await store.deliver(customer('c2', 'Ben', 'ben@example.com'));
    await store.project();
    expect(await store.tenants()).toHaveLength(2);
  });

  it('shows what another applicant id says of a name, address, phone and unit, and marks it as weak', async () => {
    const store = await openTestStore();
    const identity = {
      event: 'identity_verification_finished',
      status: 'finished',
      ...ana,
      updated_at: time(1),
    };
    await store.deliver(basic('applicant_submitted', 1, { external_id: null }));
    await store.deliver({ ...identity, applicant_id: 'x1', application_id: 'a1' });
    await store.deliver({ ...identity, applicant_id: 'x9', application_id: 'a9', updated_at: time(2) });
    await store.deliver(basic('application_approved', 5, { external_id: null, application_id: 'a9' }));
    await store.project();
    for (const tenant of await store.tenants()) {
      const approved = tenant.applications.filter((a) => a.leasing === 'approved');
      expect(approved.every((a) => a.weak || tenant.ids.applicant.join() === 'x9')).toBe(true);
      expect(tenant.applications.find((a) => a.id === 'a1')?.leasing ?? 'submitted').toBe('submitted');
    }
  });

  it('makes one of two tenants once an event links them, and keeps the older id', async () => {
    const store = await openTestStore();
    const identity = {
      event: 'identity_verification_finished',
      status: 'finished',
      ...ana,
      updated_at: time(5),
    };
    await store.deliver({ ...identity, lead_id: 'l1', email: null, phone: null });
    await store.project();
    await store.deliver(basic('applicant_submitted', 1));
    await store.project();
    expect(await store.tenants()).toHaveLength(2);
    await store.deliver({ ...identity, lead_id: 'l1', external_customer_id: 'ext-ana' });
    await store.project();
    const tenants = await store.tenants();
    expect(tenants.map((t) => t.id)).toEqual(['t1']);
    expect(tenants[0]?.identityVerification?.status).toBe('finished');
    expect(tenants[0]?.applications[0]?.leasing).toBe('submitted');
    expect((await store.stores.tenants.get('t2'))?.record.id).toBe('t1');
    expect((await store.stores.inbox.list({ limit: 9 })).map((e) => e.tenantId)).toEqual(['t1', 't1', 't1']);
  });

  it('joins rent reporting by name, email and phone, weakly, and only while nothing contradicts it', async () => {
    const store = await openTestStore();
    const customer = {
      customer_first_name: 'Ana',
      customer_last_name: 'Ruiz',
      customer_email: 'ANA@example.com',
      customer_phone: '5125550143',
    };
    await store.deliver(basic('application_approved', 1));
    await store.deliver({ event: 'enrollment_approved', customer_id: 'c1', enrollment_id: 'e1' });
    await store.project();
    expect((await store.tenants()).map((t) => t.knownOnlyById)).toEqual([false, true]);
    await store.deliver({ event: 'boomreport_plaid_link_visited', customer_id: 'c1', ...customer });
    await store.project();
    const [tenant, ...others] = await store.tenants();
    expect(others).toEqual([]);
    expect(tenant).toMatchObject({ id: 't1', stage: 'resident', weaklyJoined: true });
    expect(tenant?.residencies[0]?.unit?.title).toBe('4B');
    await store.deliver({ event: 'boomreport_plaid_link_visited', customer_id: 'c2', ...customer });
    await store.project();
    expect(await store.tenants()).toHaveLength(2);
  });

  it('knows a person without ids and phone by name, address and unit', async () => {
    const store = await openTestStore();
    const bare = { external_id: null, application_id: null, phone: null };
    for (const [minute, event] of [
      'applicant_started',
      'applicant_submitted',
      'application_approved',
    ].entries()) {
      await store.deliver(basic(event, minute, bare));
    }
    await store.project();
    expect((await store.tenants()).map((t) => [t.id, t.stage, t.weaklyJoined])).toEqual([
      ['t1', 'approved', false],
    ]);
  });

  it('never mixes two accounts', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_submitted', 1));
    await store.knex('inbox').update({ account: 'other' });
    await store.deliver(basic('applicant_submitted', 1));
    await store.project();
    expect((await store.tenants()).map((t) => t.account)).toEqual(['other', 'main']);
  });
});

describe('members of an application', () => {
  it('submits everyone in it, whoever came first', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_started', 1));
    await store.deliver(basic('application_submitted', 5));
    await store.project();
    await store.deliver(basic('applicant_started', 2, { ...ben, external_id: null }));
    await store.project();
    expect((await store.tenants()).map((t) => t.applications[0]?.leasing)).toEqual([
      'submitted',
      'submitted',
    ]);
  });

  it('decides about nobody but the person named', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_submitted', 1));
    await store.deliver(basic('applicant_submitted', 2, { ...ben, external_id: null }));
    await store.deliver(basic('application_declined', 3));
    await store.project();
    expect((await store.tenants()).map((t) => t.applications[0]?.leasing)).toEqual(['declined', 'submitted']);
  });

  it('takes everyone along in a merge, and a submission of the target reaches them', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_started', 1));
    await store.deliver(basic('applicant_started', 2, { ...ben, external_id: null, application_id: 'a2' }));
    await store.deliver({
      event: 'application_merged',
      target_application_id: 'a1',
      merged_application_ids: ['a2'],
      merged_at: time(4),
    });
    await store.deliver(basic('application_submitted', 6));
    await store.project();
    const [first, second] = await store.tenants();
    expect(first?.applications.map((a) => [a.id, a.leasing])).toEqual([['a1', 'submitted']]);
    expect(second?.applications.map((a) => [a.id, a.leasing, a.mergedInto])).toEqual([
      ['a2', 'merged', 'a1'],
      ['a1', 'submitted', null],
    ]);
  });
});

describe('a poisoned delivery', () => {
  it('with a thousand applicants fails alone', async () => {
    const store = await openTestStore();
    const applicants = Array.from({ length: 1001 }, (_, n) => ({ id: `q${n}` }));
    await store.deliver({ event: 'application_under_review', id: 'x', applicants });
    await store.deliver(basic('applicant_started', 1));
    await store.project();
    const events = await store.stores.inbox.list({ limit: 9 });
    expect(events.map((e) => e.status)).toEqual(['projected', 'failed']);
    expect(events[1]?.detail).toContain('more than 100 applicants');
  });

  it('cannot freeze a record with a time that is not yet come', async () => {
    const store = await openTestStore();
    await store.deliver(basic('application_approved', 1, { application_updated_at: '2190-01-01T00:00:00Z' }));
    await store.deliver(basic('application_declined', 2), new Date(Date.UTC(2026, 11, 3)));
    await store.project();
    expect((await store.tenants())[0]?.stage).toBe('declined');
  });
});

describe('a batch', () => {
  it('lets what it cannot read block nobody, and says why', async () => {
    const store = await openTestStore();
    await store.deliver({ event: 'rent_party_planned', customer_id: 'c1' });
    await store.deliver({ event: 'enrollment_approved' });
    await store.deliver(basic('applicant_started', 1));
    await store.project();
    const events = await store.stores.inbox.list({ limit: 9 });
    expect(events.map((e) => e.status)).toEqual(['projected', 'failed', 'ignored']);
    expect(events[1]?.detail).toContain('customer_id');
  });

  it('goes on without an event that the store cannot take', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_started', 1));
    await store.deliver(basic('applicant_started', 1, { ...ben, external_id: null, application_id: 'a2' }));
    await store.deliver(basic('applicant_submitted', 5));
    await store.knex.raw(
      "create trigger poison before insert on subjects when new.event_id = 2 begin select raise(abort, 'poison'); end",
    );
    const faults: unknown[] = [];
    const projecting = new Projecting({
      store: store.stores.projection,
      read: async () => (body) => normalise(body, { bareRent: 'dollars', currency: 'USD', country: 'US' }),
      onChanged: () => {},
      onFault: (error) => faults.push(error),
      now: () => new Date(),
    });
    await projecting.drain();
    expect((await store.stores.inbox.list({ limit: 9 })).map((e) => e.status)).toEqual([
      'projected',
      'failed',
      'projected',
    ]);
    expect((await store.tenants()).map((t) => t.stage)).toEqual(['submitted']);
    expect(faults).toHaveLength(1);
  });

  it('makes one of two people whom one event named, with all that hangs on them', async () => {
    const store = await openTestStore();
    const group = {
      event: 'application_under_review',
      id: 'a1',
      status: 'submitted',
      unit: '4B',
      application_updated_at: time(1),
      applicants: [
        { id: 'x1', first_name: 'Ana', last_name: 'Ruiz' },
        { id: 'x2', first_name: 'Anna', last_name: 'Ruiz', email: 'ana@example.com' },
      ],
    };
    await store.deliver(group);
    await store.project();
    for (const tenant_id of ['t1', 't1-2']) {
      const row = { connection: 'oak', kind: 'applicant', place: 'p1', state: 'synced', updated_at: time(1) };
      await store.knex('sync_states').insert({ tenant_id, ...row });
    }
    await store.deliver({
      event: 'identity_verification_finished',
      status: 'finished',
      applicant_id: 'x1',
      lead_id: 'l1',
      updated_at: time(2),
    });
    await store.deliver({
      event: 'identity_verification_finished',
      status: 'finished',
      applicant_id: 'x2',
      lead_id: 'l1',
      updated_at: time(3),
    });
    await store.project();
    expect((await store.tenants()).map((t) => t.id)).toEqual(['t1']);
    expect(await store.knex('sync_states').select('tenant_id', 'place')).toEqual([
      { tenant_id: 't1', place: 'p1' },
    ]);
  });

  it('raises the revision only when the record changes', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_started', 1));
    await store.project();
    await store.deliver(basic('applicant_started', 1, { request_id: 'again' }));
    await store.project();
    expect((await store.stores.tenants.get('t1'))?.revision).toBe(1);
  });

  it('projects again from the normalised event once the body was pruned', async () => {
    const store = await openTestStore();
    await store.deliver(basic('applicant_started', 1));
    await store.project();
    const before = await store.tenants();
    await store.knex('inbox').update({ body: null, status: 'received' });
    await store.project();
    expect(await store.tenants()).toEqual(before);
    expect((await store.stores.inbox.list({ limit: 1 }))[0]?.status).toBe('projected');
  });

  it('ends the same in batches of 1, 7 or 500, and when replayed into empty tables', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...EVENT_NAMES), { minLength: 1, maxLength: 25 }),
        async (names) => {
          const results: unknown[] = [];
          const bodies = names.map((name) => sampleOf(name));
          for (const size of [1, 7, 500]) {
            const store = await openTestStore();
            for (const body of bodies) await store.deliver(body);
            await store.project(size);
            results.push(await store.tenants());
            if (size !== 7) continue;
            for (const table of ['tenants', 'identities', 'subjects', 'application_events']) {
              await store.knex(table).delete();
            }
            await store.knex('inbox').update({ status: 'received' });
            await store.project(500);
            results.push(await store.tenants());
          }
          for (const result of results) expect(result).toEqual(results[0]);
        },
      ),
      { numRuns: 15 },
    );
  });
});
