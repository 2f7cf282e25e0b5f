/** The truth is kept apart from the deliveries: here both are held against each other. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Lived, lived } from './support.ts';

let year: Lived;

beforeAll(() => {
  year = lived({ units: 60, days: 365 });
});

const BECAME = {
  enrollment_pending: 'pending',
  enrollment_approved: 'approved',
  enrollment_rejected: 'rejected',
  customer_unenrolled: 'unenrolled',
  enrollment_moved_out: 'moved_out',
} as const;

const told = (events: readonly string[]) => year.deliveries.filter(({ event }) => events.includes(event));

describe('the truth', () => {
  it('has each enrollment where the last delivery left it', () => {
    const last = new Map(
      told(Object.keys(BECAME)).map(({ event, body }) => [
        body.enrollment_id,
        BECAME[event as keyof typeof BECAME],
      ]),
    );
    const enrollments = year.world.truth().people.flatMap((person) => person.enrollments);
    expect(new Map(enrollments.map(({ id, became }) => [id, became]))).toEqual(last);
    expect(new Set(last.values())).toEqual(new Set(Object.values(BECAME)));
  });

  it('has the issues open that were opened and not resolved', () => {
    const open = new Set<string>();
    for (const { event, body } of told(['issue_pending', 'issue_resolved'])) {
      const key = `${body.enrollment_id} ${body.slug}`;
      if (event === 'issue_pending') open.add(key);
      else open.delete(key);
    }
    const people = year.world.truth().people;
    const held = people.flatMap(({ enrollments }) =>
      enrollments.flatMap(({ id, openIssues }) => openIssues.map((slug) => `${id} ${slug}`)),
    );
    expect(held.sort()).toEqual([...open].sort());
    expect(held).not.toEqual([]);
  });

  it('has each payment and each furnishment that was told', () => {
    const enrollments = year.world.truth().people.flatMap((person) => person.enrollments);
    const payments = enrollments.flatMap(({ payments }) => payments);
    const furnishments = enrollments.flatMap(({ furnishments }) => furnishments);
    expect(payments).toHaveLength(told(['rental_payment_verified']).length);
    expect(furnishments).toHaveLength(told(['furnishment_finished']).length);
    expect(new Set(furnishments.map(({ bureau }) => bureau)).size).toBe(3);
  });

  it('knows which customer is which applicant, which no payload of today tells', () => {
    const both = year.world.truth().people.filter((p) => p.customer !== null && p.applications.length > 0);
    expect(both).not.toEqual([]);
    for (const { firstName, lastName, customer } of both)
      expect(customer).toMatchObject({ firstName, lastName });
  });

  it('lists the people of a merged application with the target', () => {
    const { people, merges } = year.world.truth();
    const merged = told(['application_merged']).map(({ body }) => ({
      source: (body.merged_application_ids as string[])[0],
      target: body.target_application_id,
    }));
    const bySource = (a: { source?: unknown }, b: { source?: unknown }) =>
      String(a.source).localeCompare(String(b.source));
    expect([...merges].sort(bySource)).toEqual(merged.sort(bySource));
    const sources = new Set(merges.map(({ source }) => source));
    expect(people.flatMap((p) => p.applications).filter(({ id }) => sources.has(id))).toEqual([]);
  });
});
