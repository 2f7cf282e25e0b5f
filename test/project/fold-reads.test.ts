import { describe, expect, it } from 'vitest';
import type { BoomEvent, EventPerson } from '../../src/boom/event.ts';
import type { RecordName } from '../../src/boom/events.ts';
import { fold } from '../../src/project/fold.ts';
import { ANA, at, enrollmentOf, event, foldHistory, history, person, unit } from './events.ts';

type Entry = [minute: number, event: BoomEvent];

const CUSTOMER = person({ customerId: 'c1' });
const APPLICANT = { ...ANA, applicantId: 'x1' };
const application = { id: 'a1', unit: unit('4B') };

const said = (name: RecordName, minute: number, status: string | null = null): Entry => [
  minute,
  event(name, { people: [APPLICANT], updatedAt: at(minute), application: { ...application, status } }),
];
/** What the API has of the application; `own`: the applicant's own status. */
const read = (
  minute: number,
  status: string,
  own: string | null = 'submitted',
  more: { updated?: number; decided?: number; people?: EventPerson[] } = {},
): Entry => [
  minute,
  event('application_read', {
    people: more.people ?? [{ ...APPLICANT, status: own }],
    updatedAt: at(more.updated ?? minute),
    application: { ...application, status, decidedAt: more.decided === undefined ? null : at(more.decided) },
  }),
];
const reported = (name: RecordName, minute: number, changes: Partial<BoomEvent> = {}): Entry => [
  minute,
  event(name, { people: [CUSTOMER], enrollment: enrollmentOf('e1'), ...changes } as Parameters<
    typeof event
  >[1]),
];
const enrolled = (minute: number, status: string, address: string | null = null, id = 'e1'): Entry => [
  minute,
  event('enrollment_read', {
    people: [CUSTOMER],
    updatedAt: at(minute),
    enrollment: enrollmentOf(id, { status, address }),
  }),
];

const leasing = (...entries: Entry[]) => foldHistory(entries).applications[0]?.leasing;
const reporting = (...entries: Entry[]) => foldHistory(entries).enrollments[0]?.reporting;
const residency = (...entries: Entry[]) => foldHistory(entries).residencies.map((r) => r.status);

describe('a read of an application', () => {
  it('counts before a delivery of the same time, whatever its rank', () => {
    expect(leasing(said('application_declined', 10), read(11, 'approved', null, { updated: 10 }))).toBe(
      'approved',
    );
    expect(leasing(read(9, 'approved', null, { updated: 10 }), said('application_declined', 10))).toBe(
      'approved',
    );
  });

  it('yields to a delivery with a later time', () => {
    expect(leasing(read(10, 'submitted'), said('application_approved', 20))).toBe('approved');
  });

  it('gives everyone what was decided, but for who has canceled', () => {
    expect(leasing(read(10, 'rejected', 'submitted'))).toBe('declined');
    expect(leasing(read(10, 'approved', 'canceled'))).toBe('canceled');
  });

  it.each([
    ['pending', 'invited'],
    ['started', 'applying'],
    ['submitted', 'submitted'],
    ['finished', 'submitted'],
    ['canceled', 'canceled'],
  ])('takes the applicant’s own %s while nothing is decided', (own, expected) => {
    expect(leasing(read(10, 'started', own))).toBe(expected);
  });

  it('shows on hold as a flag, and takes it back', () => {
    const held = foldHistory([said('applicant_submitted', 1), read(10, 'on_hold')]);
    expect(held.applications[0]).toMatchObject({ leasing: 'in_review', onHold: true });
    const resumed = foldHistory([said('applicant_submitted', 1), read(10, 'on_hold'), read(20, 'submitted')]);
    expect(resumed.applications[0]).toMatchObject({ leasing: 'submitted', onHold: false });
  });

  it('leaves a review as it is, for which the API has no word', () => {
    const [review, later] = [said('application_under_review', 10), read(20, 'submitted')];
    expect(leasing(review, later)).toBe('in_review');
    expect(leasing(later, review)).toBe('in_review');
  });

  it('makes an uncanceled application live again, and reverts what no delivery reverted', () => {
    expect(leasing(said('application_canceled', 10), read(20, 'submitted'))).toBe('submitted');
    expect(leasing(said('application_approved', 10), read(20, 'submitted'))).toBe('submitted');
  });

  it('leaves a follow-up from before it without effect, and lets a later one raise', () => {
    const followUp = (minute: number) => said('applicant_income_followup', minute);
    expect(leasing(followUp(5), read(10, 'pending', 'pending'))).toBe('invited');
    expect(leasing(read(10, 'pending', 'pending'), followUp(15))).toBe('applying');
  });

  it('says when Boom decided', () => {
    const known = said('application_approved', 10);
    expect(foldHistory([known, read(20, 'approved', null, { decided: 9 })]).applications[0]).toMatchObject({
      since: at(10),
      decidedAt: at(9),
      approvedAt: at(9),
    });
  });

  it('settles the role, and ends the membership of a person who is no longer in it', () => {
    const signer = { ...APPLICANT, role: 'co_signer', status: 'submitted' };
    expect(foldHistory([read(10, 'submitted', null, { people: [signer] })]).applications[0]?.role).toBe(
      'co_signer',
    );
    const entries = [
      said('applicant_submitted', 1),
      read(10, 'rejected', null, { people: [person({ applicantId: 'x2' })] }),
    ];
    const events = history(entries).map((item) => (item.id === 2 ? { ...item, positions: [] } : item));
    expect(fold({ id: 't1', account: 'main' }, events).applications[0]).toMatchObject({
      leasing: 'submitted',
      left: true,
    });
  });

  it('is about the source after a merge, and does not follow it into the target', () => {
    const merge = event('application_merged', {
      updatedAt: at(10),
      merge: { targetId: 'a9', mergedIds: ['a1'] },
    });
    const entries: Entry[] = [
      said('applicant_submitted', 1),
      [10, merge],
      read(20, 'merged'),
      read(30, 'canceled'),
    ];
    expect(foldHistory(entries).applications.map((a) => [a.id, a.leasing])).toEqual([
      ['a1', 'merged'],
      ['a9', 'submitted'],
    ]);
  });

  it('counts the others, and does not know of them where nothing named everyone', () => {
    const people = [{ ...APPLICANT, status: 'submitted' }, person({ applicantId: 'x2' })];
    expect(foldHistory([read(10, 'submitted', null, { people })]).applications[0]?.others).toBe(1);
    expect(foldHistory([said('applicant_submitted', 1)]).applications[0]?.others).toBe(0);
  });
});

describe('an entry of the log', () => {
  const logged = (minute: number, status: string): Entry => [
    minute,
    event('activity_read', {
      updatedAt: at(minute),
      application: { id: 'a1', status, decidedAt: at(minute) },
    }),
  ];

  it('decides for everyone who has not left', () => {
    expect(leasing(said('applicant_submitted', 1), logged(10, 'approved'))).toBe('approved');
    expect(leasing(said('application_canceled', 5), logged(10, 'approved'))).toBe('canceled');
  });

  it('merges applications as a delivery does', () => {
    const merge: Entry = [
      10,
      event('activity_read', {
        updatedAt: at(10),
        application: { id: 'a9' },
        merge: { targetId: 'a9', mergedIds: ['a1'] },
      }),
    ];
    const known = [said('applicant_submitted', 1), said('application_declined', 5)];
    const standing = (...entries: Entry[]) =>
      foldHistory(entries)
        .applications.map((a) => [a.id, a.leasing, a.mergedInto, a.since])
        .sort();
    const wanted = [
      ['a1', 'merged', 'a9', at(10)],
      ['a9', 'submitted', null, at(1)],
    ];
    expect(standing(...known, merge)).toEqual(wanted);
    expect(standing(merge, ...known)).toEqual(wanted);
  });

  it('tells of Boom’s own push', () => {
    const push: Entry = [
      10,
      event('activity_read', {
        people: [person({ applicantId: 'x1' })],
        updatedAt: at(10),
        application: { id: 'a1' },
        push: { status: 'failed', error: 'unit not found' },
      }),
    ];
    expect(foldHistory([said('applicant_submitted', 1), push]).boomPush).toEqual({
      status: 'failed',
      error: 'unit not found',
      failed: true,
      at: at(10),
    });
  });
});

describe('Boom’s own push', () => {
  const pushed = (minute: number, id: string, failed: boolean): Entry => [
    minute,
    event('push_applicants_to_property_management_system', {
      people: [APPLICANT],
      application: { id, unit: unit(id) },
      push: failed ? { status: 'failed', error: 'unit not found' } : { status: 'success', error: null },
    }),
  ];
  const shown = (...entries: Entry[]) => {
    const push = foldHistory(entries).boomPush;
    return push && [push.failed, push.at];
  };

  it('shows a failure for one application until that one works, whatever worked for another', () => {
    const [failed, other] = [pushed(10, 'a1', true), pushed(20, 'a2', false)];
    expect(shown(failed, other)).toEqual([true, at(10)]);
    expect(shown(other, failed)).toEqual([true, at(10)]);
    expect(shown(failed, other, pushed(30, 'a1', false))).toEqual([false, at(30)]);
  });

  it('shows the newest of several that worked, and of several that failed', () => {
    expect(shown(pushed(10, 'a1', false), pushed(20, 'a2', false))).toEqual([false, at(20)]);
    expect(shown(pushed(20, 'a1', true), pushed(10, 'a2', true))).toEqual([true, at(20)]);
  });

  it('is the target’s once its application is merged', () => {
    const merge = event('application_merged', {
      updatedAt: at(20),
      merge: { targetId: 'a2', mergedIds: ['a1'] },
    });
    expect(shown(pushed(10, 'a1', true), [20, merge], pushed(30, 'a2', false))).toEqual([false, at(30)]);
  });
});

describe('a read of an enrollment', () => {
  it.each([
    ['closed', 'customer_unenrolled', 'unenrolled'],
    ['opted_out', 'customer_unenrolled', 'unenrolled'],
    ['finished', 'enrollment_moved_out', 'moved_out'],
  ] as const)('that says %s confirms what %s said, before it or a retry later', (status, name, known) => {
    const approved = reported('enrollment_approved', 0);
    expect(reporting(approved, reported(name, 10), enrolled(20, status))).toBe(known);
    expect(reporting(approved, enrolled(20, status), reported(name, 22))).toBe(known);
    expect(reporting(approved, enrolled(20, status))).toBe(status);
  });

  it('counts before a delivery without a time for as long as Boom may retry', () => {
    expect(reporting(enrolled(10, 'approved'), reported('enrollment_rejected', 12))).toBe('approved');
    expect(reporting(enrolled(10, 'approved'), reported('enrollment_rejected', 13))).toBe('rejected');
  });

  it('keeps since when and why', () => {
    const left = reported('customer_unenrolled', 10, { reasons: ['lease_rejected'] });
    expect(foldHistory([left, enrolled(20, 'closed')]).enrollments[0]).toMatchObject({
      reporting: 'unenrolled',
      reasons: ['lease_rejected'],
      since: at(10),
    });
  });

  it('makes a resident, and undoes no move-out', () => {
    expect(residency(enrolled(10, 'approved'))).toEqual(['resident']);
    expect(residency(reported('enrollment_moved_out', 1), enrolled(500, 'approved'))).toEqual(['moved_out']);
    expect(residency(enrolled(10, 'closed'))).toEqual([]);
  });
});

describe('the address of an enrollment', () => {
  const joined = { ...ANA, externalId: null, customerId: 'c1' };
  const flat = (id: string, title: string, minute: number): Entry => [
    minute,
    event('application_approved', {
      people: [ANA],
      updatedAt: at(minute),
      application: { id, unit: { ...unit(title), address: '210 Oak Street, Austin, TX 78701' } as never },
    }),
  ];
  const approved: Entry = [
    60,
    event('enrollment_approved', { people: [joined], enrollment: enrollmentOf('e1') }),
  ];
  const homes = (...entries: Entry[]) =>
    foldHistory(entries).residencies.map((r) => [r.unit?.title ?? null, r.unit?.address ?? null, r.place]);

  it('says which of two approved units it is', () => {
    const two = [flat('a1', '4B', 1), flat('a2', '2A', 2), approved];
    expect(homes(...two)).toEqual([[null, null, 'p3']]);
    expect(homes(...two, enrolled(70, 'approved', '210 Oak St Apt 2A, Austin TX 78701'))).toEqual([
      ['2A', '210 Oak Street, Austin, TX 78701', 'p2'],
    ]);
  });

  it('is shown as it is where it contradicts the only one', () => {
    const address = '99 Elm Road, Austin, TX 78704';
    expect(homes(flat('a1', '4B', 1), approved, enrolled(70, 'approved', address))).toEqual([
      [null, address, 'p2'],
    ]);
  });

  it('leaves the residency unknown where it is no unit of the person, which hides no stage', () => {
    const elsewhere = enrolled(70, 'approved', '99 Elm Road, Austin, TX 78704');
    expect(residency(approved, elsewhere)).toEqual(['unknown']);
    expect(foldHistory([approved, elsewhere]).stage).toBeNull();
    const applied = foldHistory([flat('a1', '4B', 1), approved, elsewhere]);
    expect(applied).toMatchObject({ stage: 'approved', residencies: [{ status: 'unknown', role: null }] });
    expect(foldHistory([flat('a1', '4B', 1), approved]).stage).toBe('resident');
  });

  it('leaves it unknown where the application names no unit to compare it with', () => {
    const nowhere: Entry = [
      1,
      event('application_approved', { people: [ANA], updatedAt: at(1), application: { id: 'a1' } }),
    ];
    const address = '99 Elm Road, Austin, TX 78704';
    expect(foldHistory([nowhere, approved, enrolled(70, 'approved', address)])).toMatchObject({
      stage: 'approved',
      residencies: [{ status: 'unknown', place: 'p1', unit: { title: null, address } }],
    });
  });

  it('makes no resident of somebody who moved out, and hides no other residency', () => {
    const elsewhere = '99 Elm Road, Austin, TX 78704';
    const movedOut = reported('enrollment_moved_out', 80);
    expect(residency(approved, enrolled(70, 'approved', elsewhere), movedOut)).toEqual(['moved_out']);
    const second = enrolled(90, 'approved', elsewhere, 'e2');
    const both = foldHistory([flat('a1', '4B', 1), approved, second]);
    expect(both.residencies.map((r) => r.status)).toEqual(['resident', 'unknown']);
    expect(both.stage).toBe('resident');
  });

  it('leaves it at the only one where it names no unit', () => {
    expect(homes(flat('a1', '4B', 1), approved, enrolled(70, 'approved', '210 Oak St, Austin'))).toEqual([
      ['4B', '210 Oak Street, Austin, TX 78701', 'p1'],
    ]);
  });
});

describe('a read of the issues', () => {
  const issue = (slug: string) => ({ slug, title: slug, description: null });
  const pending = (slug: string, minute: number, id = 'e1') =>
    reported('issue_pending', minute, { issue: issue(slug), enrollment: enrollmentOf(id) });
  const listed = (minute: number, ...slugs: string[]): Entry => [
    minute,
    event('issues_read', { people: [CUSTOMER], updatedAt: at(minute), openIssues: slugs.map(issue) }),
  ];
  const open = (...entries: Entry[]) =>
    foldHistory(entries).enrollments.map((e) => [e.id, e.openIssues.map(({ slug }) => slug)]);
  const approved = reported('enrollment_approved', 0);

  it('resolves what it does not list', () => {
    expect(open(approved, pending('bank', 10), pending('lease', 11), listed(20, 'lease'))).toEqual([
      ['e1', ['lease']],
    ]);
  });

  it('opens what no delivery told, for the newest enrollment that is under way', () => {
    const second = reported('enrollment_pending', 50, { enrollment: enrollmentOf('e2') });
    const ended = reported('enrollment_rejected', 60, { enrollment: enrollmentOf('e2') });
    expect(open(approved, second, listed(70, 'bank'))).toEqual([
      ['e1', []],
      ['e2', ['bank']],
    ]);
    expect(open(approved, second, ended, listed(70, 'bank'))).toEqual([
      ['e1', ['bank']],
      ['e2', []],
    ]);
  });

  it('opens what it lists for one of the enrollments that know it, the one under way', () => {
    const before = [pending('bank', 1), reported('issue_resolved', 20, { issue: issue('bank') })];
    const ended = reported('customer_unenrolled', 30);
    const second = reported('enrollment_pending', 50, { enrollment: enrollmentOf('e2') });
    expect(open(approved, ...before, ended, second, pending('bank', 60, 'e2'), listed(70, 'bank'))).toEqual([
      ['e1', []],
      ['e2', ['bank']],
    ]);
  });

  it('resolves in the next read what a read had opened', () => {
    expect(open(approved, listed(10, 'bank'), listed(20))).toEqual([['e1', []]]);
  });

  it('leaves a delivery that a retry brought late without effect', () => {
    expect(open(approved, pending('bank', 22), listed(20))).toEqual([['e1', []]]);
    expect(open(approved, pending('bank', 23), listed(20))).toEqual([['e1', ['bank']]]);
  });
});

describe('two people of one application', () => {
  const ben = person({ applicantId: 'x2', firstName: 'Ben', lastName: 'Okafor' });
  const about = (name: RecordName, minute: number): Entry => [
    minute,
    event(name, { people: [ben], updatedAt: at(minute), application }),
  ];
  const folded = (...entries: Entry[]) => {
    const events = history(entries).map((item) =>
      item.event.people[0] === ben ? { ...item, positions: [] } : item,
    );
    return fold({ id: 't1', account: 'main' }, events).applications[0];
  };

  it('are each left as they are by what is decided about the other, and flagged where it differs', () => {
    const [mine, his] = [said('application_approved', 10), about('application_declined', 11)];
    expect(folded(mine, his)).toMatchObject({ leasing: 'approved', contradicted: true });
    expect(folded(mine, about('application_approved', 11))).toMatchObject({ contradicted: false });
    expect(folded(mine, his, about('application_approved', 30))).toMatchObject({ contradicted: false });
    expect(folded(said('applicant_submitted', 1), his)).toMatchObject({
      leasing: 'submitted',
      contradicted: false,
    });
  });
});

describe('a landlord’s word that two are one', () => {
  it('leaves nothing between them weak', () => {
    const joined = { ...ANA, externalId: null, customerId: 'c1' };
    const same = event('tenants_same', {
      correction: {
        people: [
          { eventId: 1, position: 0 },
          { eventId: 2, position: 0 },
        ],
      },
    });
    const entries: Entry[] = [
      said('application_approved', 10),
      [60, event('enrollment_approved', { people: [joined], enrollment: enrollmentOf('e1') })],
    ];
    expect(foldHistory(entries).weaklyJoined).toBe(true);
    expect(foldHistory([...entries, [70, same]]).weaklyJoined).toBe(false);
  });
});
