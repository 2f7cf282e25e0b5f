import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoomEvent } from '../../src/boom/event.ts';
import type { RecordName } from '../../src/boom/events.ts';
import { fold } from '../../src/project/fold.ts';
import type { Tenant } from '../../src/project/tenant.ts';
import { runs } from '../support/profile.ts';
import { ANA, at, event, foldHistory, unit } from './events.ts';
import { holds } from './kept-failures.ts';
import { arrivalsOf, eventsByPerson } from './random-record.ts';
import { type Step, stepsOf, stories } from './random-world.ts';

type Entry = [minute: number, event: BoomEvent];

const APPLICANT = { ...ANA, applicantId: 'x1' };
const application = { id: 'a1', unit: unit('4B') };

/** It arrives at `minute` and claims to be of `time`. */
const said = (name: RecordName, minute: number, time: number | null = minute, more = {}): Entry => [
  minute,
  event(name, {
    people: [APPLICANT],
    updatedAt: time === null ? null : at(time),
    application: { ...application, ...more },
  }),
];
/** Asked at `minute`; Boom dates it `updated`. */
const read = (minute: number, status: string, updated: number): Entry => [
  minute,
  event('application_read', {
    people: [{ ...APPLICANT, status: 'submitted' }],
    updatedAt: at(updated),
    application: { ...application, status, createdAt: at(0) },
  }),
];

/** The same in every order of the inbox. */
function leasingOf(...entries: Entry[]) {
  const found = new Set(
    [entries, [...entries].reverse()].map((some) => foldHistory(some).applications[0]?.leasing),
  );
  expect(found.size).toBe(1);
  return [...found][0];
}

describe('a decision that Boom was asked about after its message came', () => {
  it.each([
    'application_approved',
    'application_conditionally_approved',
    'application_declined',
    'application_canceled',
  ] as const)('is not believed of %s where Boom shows none, whatever time it claims', (name) => {
    expect(leasingOf(said('applicant_submitted', 1), said(name, 5, 900), read(6, 'submitted', 1))).toBe(
      'submitted',
    );
  });

  it('is not believed against another decision of Boom’s', () => {
    expect(
      leasingOf(said('application_declined', 3), said('application_approved', 5), read(6, 'rejected', 3)),
    ).toBe('declined');
  });

  it('leaves no trace in when it was approved', () => {
    const { applications } = foldHistory([
      said('applicant_submitted', 1),
      said('application_approved', 5),
      read(6, 'submitted', 1),
    ]);
    expect(applications).toMatchObject([
      { leasing: 'submitted', since: at(1), decidedAt: null, approvedAt: null },
    ]);
  });

  it('is believed again where Boom shows it later', () => {
    const before = [said('application_approved', 5), read(6, 'submitted', 1)];
    expect(leasingOf(...before, read(9, 'approved', 8))).toBe('approved');
    expect(leasingOf(...before, said('application_approved', 12))).toBe('approved');
  });

  it('was made where Boom changed something after it: when it was approved stays known', () => {
    const { applications } = foldHistory([said('application_approved', 5), read(20, 'submitted', 15)]);
    expect(applications).toMatchObject([{ leasing: 'submitted', since: at(15), approvedAt: at(5) }]);
  });

  it('stands where the read was begun before it came, or says the same', () => {
    expect(leasingOf(read(4, 'submitted', 1), said('application_approved', 5))).toBe('approved');
    expect(leasingOf(said('application_approved', 5), read(6, 'approved', 1))).toBe('approved');
  });

  it('stands where Boom’s time of the application is unknown: our clock tells nothing of Boom’s', () => {
    // Boom’s clock is ten minutes ahead of ours.
    expect(leasingOf(said('application_approved', 5, 15), read(6, 'submitted', 6))).toBe('approved');
  });

  it('is not believed without the id of the application either', () => {
    expect(
      leasingOf(
        said('applicant_submitted', 1),
        said('application_approved', 5, 5, { id: null }),
        read(6, 'submitted', 1),
      ),
    ).toBe('submitted');
  });

  it('stands without the id where it is about an application of another day', () => {
    const other = said('application_canceled', 5, 5, { id: null, createdAt: at(3) });
    expect(leasingOf(said('applicant_submitted', 1), other, read(6, 'submitted', 1))).toBe('canceled');
    const same = said('application_canceled', 5, 5, { id: null, createdAt: at(0) });
    expect(leasingOf(said('applicant_submitted', 1), same, read(6, 'submitted', 1))).toBe('submitted');
  });

  it('leaves a step before a decision as it is', () => {
    expect(leasingOf(said('application_under_review', 5), read(6, 'submitted', 1))).toBe('in_review');
  });
});

/** A decision about one of those whom a read of an application names, which comes just before it. */
function forgedBefore({ body, at: readAt }: Step, decision: string, who: number, ahead: number): Step | null {
  const { id, applicants } = body.object as { id: string; applicants: { id: string }[] };
  const person = applicants[who % applicants.length];
  if (person === undefined) return null;
  const { id: applicant_id, ...said } = person;
  const application_updated_at = new Date(readAt + ahead).toISOString();
  return {
    at: readAt - 1,
    source: 'webhook',
    body: { event: decision, application_id: id, applicant_id, ...said, application_updated_at },
  };
}

const STATUS: Record<string, string> = {
  application_approved: 'approved',
  application_conditionally_approved: 'approved_with_conditions',
  application_declined: 'rejected',
};
/** Then it is no lie. */
const shows = ({ body }: Step, decision: string) =>
  (body.object as { status: string }).status === STATUS[decision];

/** What a PMS is told of; the stage, which is for lists, follows whichever application was spoken of last. */
const told = (tenant: Tenant) => ({
  applications: tenant.applications.map(({ id, leasing, onHold, approvedAt }) => [
    id,
    leasing,
    onHold,
    approvedAt,
  ]),
  residencies: tenant.residencies.map(({ status, unit: of }) => [status, of]),
});
const recordsOf = (steps: readonly Step[]) =>
  [...eventsByPerson(arrivalsOf(steps))].map(([key, events]) => [
    key,
    told(fold({ id: 't1', account: 'main' }, events)),
  ]);

describe('in any history', () => {
  it(
    'a forged decision changes nothing once Boom was asked',
    async () => {
      let forged = 0;
      await holds(
        'forged',
        runs(250, 6_000),
        fc.property(
          stories,
          fc.constantFrom(
            'application_approved',
            'application_conditionally_approved',
            'application_declined',
          ),
          fc.nat({ max: 4 }),
          fc.constantFrom(0, 1000, 3_600_000, 80_000_000),
          (story, decision, who, ahead) => {
            const all = stepsOf(story);
            const end = all.findLastIndex(({ body }) => body.event === 'application_read');
            const [before, read] = [all.slice(0, Math.max(end, 0)), all[end]];
            const lie = read === undefined ? null : forgedBefore(read, decision, who, ahead);
            if (read === undefined || lie === null || shows(read, decision)) return;
            forged += 1;
            expect(recordsOf([...before, lie, read])).toEqual(recordsOf([...before, read]));
          },
        ),
      );
      expect(forged).toBeGreaterThan(runs(50, 1_200));
    },
    runs(120_000, 1_800_000),
  );
});
