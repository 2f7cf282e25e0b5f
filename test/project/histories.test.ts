/** Properties of whole histories: what Boom's network may do to them must not show in the record. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNormaliser } from '../../src/boom/normalise.ts';
import { story } from '../../src/boom/story.ts';
import { fold } from '../../src/project/fold.ts';
import type { FoldEvent } from '../../src/project/fold-event.ts';
import type { Tenant } from '../../src/project/tenant.ts';
import { runs } from '../support/profile.ts';
import { openTestStore } from '../support/store.ts';

const normalise = await createNormaliser();
const ACCOUNT = { bareRent: 'dollars', currency: 'USD', country: 'US' } as const;
const START = Date.UTC(2026, 7, 20, 12);
const BODIES = story(new Date(START)).map((step) => step.body);

/** The story as one person's: whoever it is about, so that every register meets every event. */
function asOnePerson(gapMs: number): FoldEvent[] {
  return BODIES.flatMap((body, index) => {
    const read = normalise(body, ACCOUNT);
    if (!read.ok) throw new Error(read.reason);
    const { event } = read;
    return [
      {
        id: index + 1,
        arrival: new Date(START + index * gapMs).toISOString(),
        event,
        positions: event.people.map((_, position) => position).slice(0, 1),
      },
    ];
  });
}

/** What may differ with the order of arrival: names given to places, and times taken from arrival. */
function essence(tenant: Tenant) {
  return {
    leasing: tenant.applications.map((a) => [a.id, a.leasing, a.onHold, a.decidedAt, a.mergedInto]).sort(),
    reporting: tenant.enrollments
      .map((e) => [e.id, e.reporting, e.verifications, e.openIssues.map((i) => i.slug), e.furnishments])
      .sort(),
    residency: tenant.residencies.map((r) => [r.enrollmentId, r.status]).sort(),
    identity: tenant.identityVerification,
    ids: tenant.ids,
  };
}

/** Delays that Boom's retries may cause: none, one or two retries a minute apart. */
const delays = fc.array(fc.constantFrom(0, 0, 0, 60_000, 120_000), {
  minLength: BODIES.length,
  maxLength: BODIES.length,
});

describe('a history', () => {
  it('ends in the same record however its deliveries are delayed by retries', () => {
    fc.assert(
      // Down to a second apart, so that a retry comes behind many that followed.
      fc.property(delays, fc.constantFrom(1, 10, 30, 60, 600), (late, gapSeconds) => {
        const events = asOnePerson(gapSeconds * 1000);
        const expected = essence(fold({ id: 't1', account: 'main' }, events));
        const delayed = events
          .map((item, index) => ({
            ...item,
            arrival: new Date(Date.parse(item.arrival) + (late[index] ?? 0)).toISOString(),
          }))
          .sort((a, b) => (a.arrival < b.arrival ? -1 : a.arrival > b.arrival ? 1 : 0))
          .map((item, index) => ({ ...item, id: index + 1 }));
        expect(essence(fold({ id: 't1', account: 'main' }, delayed))).toEqual(expected);
      }),
      { numRuns: runs(200, 5_000) },
    );
  });

  it('does not change when any of its deliveries are repeated', () => {
    const events = asOnePerson(10 * 60_000);
    const expected = essence(fold({ id: 't1', account: 'main' }, events));
    fc.assert(
      fc.property(fc.subarray(events.slice(0, -1).map((_, index) => index)), (repeated) => {
        // A repetition comes within the retry window, and stands behind everything that came meanwhile.
        const twice = events
          .flatMap((item, index) =>
            repeated.includes(index)
              ? [item, { ...item, arrival: new Date(Date.parse(item.arrival) + 60_000).toISOString() }]
              : [item],
          )
          .map((item, index) => ({ ...item, id: index + 1 }));
        expect(essence(fold({ id: 't1', account: 'main' }, twice))).toEqual(expected);
      }),
      { numRuns: runs(200, 5_000) },
    );
  });

  it('never makes the fold throw, whatever is missing or out of place', () => {
    const events = asOnePerson(1000);
    fc.assert(
      fc.property(fc.shuffledSubarray(events), fc.boolean(), (some, orphaned) => {
        const shuffled = some.map((item, index) => ({
          ...item,
          id: index + 1,
          positions: orphaned ? [] : item.positions,
        }));
        const tenant = fold({ id: 't1', account: 'main' }, shuffled);
        expect(tenant.applications.every((a) => a.place.length > 1)).toBe(true);
      }),
      { numRuns: runs(300, 10_000) },
    );
  });

  it('gives the same tenants, ids included, when the inbox is replayed into empty tables', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(BODIES, { minLength: 5 }), async (bodies) => {
        const store = await openTestStore();
        for (const body of bodies) await store.deliver(body);
        await store.project(7);
        const before = JSON.stringify(await store.tenants());
        for (const table of ['tenants', 'identities', 'subjects', 'application_events']) {
          await store.knex(table).delete();
        }
        await store.knex('inbox').update({ status: 'received' });
        await store.project(500);
        expect(JSON.stringify(await store.tenants())).toBe(before);
        await store.knex.destroy();
      }),
      { numRuns: runs(5, 200) },
    );
  });
});
