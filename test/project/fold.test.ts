import { describe, expect, it } from 'vitest';
import type { BoomEvent } from '../../src/boom/event.ts';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { ANA, at, enrollmentOf, event, foldHistory, person, unit } from './events.ts';

const CUSTOMER = person({ customerId: 'c1' });
const application = { id: 'a1', unit: unit('4B') };
const screening = (
  name: Parameters<typeof event>[0],
  minute: number,
  changes: object = {},
): [number, BoomEvent] => [
  minute,
  event(name, { people: [ANA], updatedAt: at(minute), application, ...changes }),
];
const reporting = (
  name: Parameters<typeof event>[0],
  minute: number,
  changes: object = {},
): [number, BoomEvent] => [
  minute,
  event(name, { people: [CUSTOMER], enrollment: enrollmentOf('e1'), ...changes }),
];

describe('leasing', () => {
  it('follows an application from its start to the approval', () => {
    const tenant = foldHistory([
      screening('applicant_started', 0),
      screening('applicant_submitted', 10),
      screening('application_submitted', 11),
      screening('application_approved', 20),
    ]);
    expect(tenant.applications).toHaveLength(1);
    expect(tenant.applications[0]).toMatchObject({
      id: 'a1',
      leasing: 'approved',
      decidedAt: at(20),
      weak: false,
    });
    expect(tenant.stage).toBe('approved');
    expect(tenant.person).toEqual({
      firstName: 'Ana',
      lastName: 'Ruiz',
      email: 'ana@example.com',
      phone: '+15125550143',
    });
  });

  it('is the same when a late delivery comes after the decision', () => {
    const tenant = foldHistory([
      [0, event('application_approved', { people: [ANA], updatedAt: at(20), application })],
      [2, event('applicant_submitted', { people: [ANA], updatedAt: at(10), application })],
    ]);
    expect(tenant.applications[0]?.leasing).toBe('approved');
  });

  it('takes a decision back, and lets it be made again', () => {
    const reverted: [number, BoomEvent][] = [
      screening('application_approved', 10),
      screening('application_decision_reverted', 20, {
        application: { ...application, status: 'submitted' },
      }),
    ];
    expect(foldHistory(reverted).applications[0]).toMatchObject({ leasing: 'submitted', decidedAt: null });
    expect(foldHistory([...reverted, screening('application_approved', 30)]).applications[0]).toMatchObject({
      leasing: 'approved',
      decidedAt: at(30),
    });
  });

  it('reads a revert that still carries the decision as under review', () => {
    const tenant = foldHistory([
      screening('application_declined', 10),
      screening('application_decision_reverted', 20, { application: { ...application, status: 'rejected' } }),
    ]);
    expect(tenant.applications[0]?.leasing).toBe('in_review');
  });

  it('marks on hold as a flag on in_review', () => {
    const tenant = foldHistory([
      screening('application_updated', 5, { application: { ...application, status: 'on_hold' } }),
    ]);
    expect(tenant.applications[0]).toMatchObject({ leasing: 'in_review', onHold: true });
  });

  it('leaves the register alone on an update without a status we know', () => {
    const tenant = foldHistory([
      screening('applicant_submitted', 1),
      screening('application_updated', 5, { application: { ...application, status: 'constructor' } }),
    ]);
    expect(tenant.applications[0]?.leasing).toBe('submitted');
  });

  it('never takes an invitation to another for a step of one’s own', () => {
    const invite = event('applicant_invite_followup', { people: [ANA], updatedAt: at(5), application });
    expect(foldHistory([[5, invite]]).applications[0]?.leasing).toBeNull();
    expect(foldHistory([[5, { ...invite, invitedLead: true }]]).applications[0]?.leasing).toBe('invited');
  });

  it('keeps two live applications for two units apart', () => {
    const other = { id: 'a2', unit: unit('2A') };
    const tenant = foldHistory([
      screening('application_approved', 10),
      screening('application_declined', 20, { application: other }),
    ]);
    expect(tenant.applications.map((a) => [a.id, a.leasing])).toEqual([
      ['a1', 'approved'],
      ['a2', 'declined'],
    ]);
    expect(new Set(tenant.applications.map((a) => a.place)).size).toBe(2);
    expect(tenant.stage).toBe('approved');
  });

  it('gives a delivery without an application id to the application for the same unit', () => {
    const tenant = foldHistory([
      screening('applicant_started', 0),
      screening('application_approved', 10, { application: { unit: { ...unit('4b'), property: null } } }),
    ]);
    expect(tenant.applications).toHaveLength(1);
    expect(tenant.applications[0]).toMatchObject({ id: 'a1', leasing: 'approved' });
  });

  it('lets people follow a merge, and sends late deliveries to the target', () => {
    const merge = event('application_merged', {
      updatedAt: at(10),
      merge: { targetId: 'a9', mergedIds: ['a1'] },
    });
    const tenant = foldHistory([
      screening('applicant_submitted', 0),
      [10, merge],
      [11, event('application_approved', { people: [ANA], updatedAt: at(11), application })],
    ]);
    expect(tenant.applications.map((a) => [a.id, a.leasing, a.mergedInto])).toEqual([
      ['a1', 'merged', 'a9'],
      ['a9', 'approved', null],
    ]);
  });

  it('does not carry a decision from before the merge into the target', () => {
    const merge = event('application_merged', {
      updatedAt: at(30),
      merge: { targetId: 'a9', mergedIds: ['a1'] },
    });
    const tenant = foldHistory([
      screening('applicant_submitted', 0),
      screening('application_canceled', 10),
      [30, merge],
    ]);
    expect(tenant.applications.find((a) => a.id === 'a9')?.leasing).toBe('submitted');
  });

  it('leaves the unit of a merged application with it, also where deliveries name no id', () => {
    const identity = event('identity_verification_finished', {
      people: [ANA],
      updatedAt: at(2),
      application: { id: 'a1' },
    });
    const merge = event('application_merged', {
      updatedAt: at(10),
      merge: { targetId: 'a9', mergedIds: ['a1'] },
    });
    const tenant = foldHistory([
      screening('application_started', 0, { application: { unit: unit('2A') } }),
      [2, identity],
      [10, merge],
      screening('application_under_review', 12, { application: { id: 'a9', unit: unit('3C') } }),
    ]);
    expect(tenant.applications.map((a) => [a.id, a.leasing, a.unit?.title])).toEqual([
      ['a1', 'merged', '2A'],
      ['a9', 'in_review', '3C'],
    ]);
  });

  it('keeps its place when an id, or the application that it was merged into, becomes known', () => {
    const merge = event('application_merged', {
      updatedAt: at(10),
      merge: { targetId: 'a9', mergedIds: ['a1'] },
    });
    const entries: [number, BoomEvent][] = [
      screening('application_started', 0, { application: { unit: unit('3C') } }),
      screening('identity_verification_finished', 2, { application: { id: 'a1' } }),
      [10, merge],
      screening('application_under_review', 12, { application: { id: 'a9', unit: unit('3C') } }),
    ];
    for (const count of [1, 2, 3, 4]) {
      expect(new Set(foldHistory(entries.slice(0, count)).applications.map((a) => a.place))).toEqual(
        new Set(['p1']),
      );
    }
  });

  it('does not take a delivery away from an application when another becomes known', () => {
    const entries: [number, BoomEvent][] = [
      screening('applicant_started', 0, { application: { unit: null } }),
      screening('application_submitted', 5),
      screening('application_approved', 10),
      screening('application_started', 500, { application: { id: 'a2', unit: unit('2A') } }),
    ];
    const before = foldHistory(entries.slice(0, 3)).applications;
    const after = foldHistory(entries).applications;
    expect(after.map((a) => [a.id, a.place, a.leasing])).toEqual([
      ['a1', 'p1', 'approved'],
      ['a2', 'p4', 'applying'],
    ]);
    expect(before).toEqual(after.slice(0, 1));
  });

  it('keeps an application that only an identity event names with the deliveries of its time', () => {
    const entries: [number, BoomEvent][] = [
      screening('application_started', 0, { application: { unit: unit('4B') } }),
      screening('identity_verification_finished', 2, { application: { id: 'a1' } }),
      screening('application_approved', 10, { application: { unit: unit('4B') } }),
      screening('application_started', 500, { application: { unit: unit('2A') } }),
    ];
    expect(foldHistory(entries).applications.map((a) => [a.id, a.place, a.leasing, a.unit?.title])).toEqual([
      ['a1', 'p1', 'approved', '4B'],
      [null, 'p4', 'applying', '2A'],
    ]);
  });

  it('dates a decision by when it was made, not by a later correction of the rent', () => {
    const tenant = foldHistory([
      screening('application_approved', 10),
      screening('application_updated', 50, { application: { ...application, status: 'approved' } }),
    ]);
    expect(tenant.applications[0]).toMatchObject({ leasing: 'approved', decidedAt: at(10) });
  });

  it('survives merges in a circle', () => {
    const merge = (from: string, to: string) =>
      event('application_merged', { updatedAt: at(10), merge: { targetId: to, mergedIds: [from] } });
    const tenant = foldHistory([
      screening('applicant_submitted', 0),
      [1, merge('a1', 'a2')],
      [2, merge('a2', 'a1')],
    ]);
    expect(tenant.applications.length).toBeGreaterThan(0);
  });
});

describe('reporting and residency', () => {
  const life: [number, BoomEvent][] = [
    reporting('customer_registered', 0, { enrollment: null }),
    reporting('enrollment_pending', 10),
    reporting('enrollment_approved', 20),
  ];

  it('makes a resident of an approved enrollment', () => {
    const tenant = foldHistory(life);
    expect(tenant.enrollments).toHaveLength(1);
    expect(tenant.enrollments[0]).toMatchObject({ id: 'e1', reporting: 'approved' });
    expect(tenant.residencies).toMatchObject([{ status: 'resident', enrollmentId: 'e1', unit: null }]);
    expect(tenant.stage).toBe('resident');
    expect(tenant.knownOnlyById).toBe(true);
  });

  it('shows a customer who has begun no enrollment as registered', () => {
    expect(foldHistory(life.slice(0, 1)).enrollments).toMatchObject([{ id: null, reporting: 'registered' }]);
  });

  it('does not take unenrolling for moving out', () => {
    const tenant = foldHistory([
      ...life,
      reporting('customer_unenrolled', 30, { reasons: ['lease_rejected'] }),
    ]);
    expect(tenant.enrollments[0]).toMatchObject({ reporting: 'unenrolled', reasons: ['lease_rejected'] });
    expect(tenant.residencies[0]?.status).toBe('resident');
  });

  it('leaves a resident a resident when a second enrollment is rejected', () => {
    const second = { enrollment: enrollmentOf('e2') };
    const tenant = foldHistory([...life, reporting('enrollment_rejected', 60, second)]);
    expect(tenant.residencies.map((r) => r.status)).toEqual(['resident']);
  });

  it('moves out by the enrollment that says so', () => {
    const tenant = foldHistory([...life, reporting('enrollment_moved_out', 30)]);
    expect(tenant.residencies[0]?.status).toBe('moved_out');
    expect(tenant.stage).toBe('moved_out');
  });

  it('opens, resolves and opens an issue again', () => {
    const issue = { issue: { slug: 'bank', title: null, description: null } };
    const resolved: [number, BoomEvent][] = [
      ...life,
      reporting('issue_pending', 30, issue),
      reporting('issue_resolved', 40, issue),
    ];
    expect(foldHistory(resolved).enrollments[0]?.openIssues).toEqual([]);
    expect(
      foldHistory([...resolved, reporting('issue_pending', 50, issue)]).enrollments[0]?.openIssues,
    ).toHaveLength(1);
  });

  it('keeps one furnishment a bureau and month', () => {
    const furnished = (bureau: string, month: string, status: string | null = null) => ({
      furnishment: { bureau, rentalVerificationId: 'r', month, status },
    });
    const tenant = foldHistory([
      ...life,
      reporting('furnishment_finished', 30, furnished('equifax', '2026-09')),
      reporting('furnishment_finished', 31, furnished('equifax', '2026-09', 'confirmed')),
      reporting('furnishment_finished', 32, furnished('experian', '2026-09')),
    ]);
    expect(tenant.enrollments[0]?.furnishments).toEqual([
      { bureau: 'equifax', month: '2026-09', status: 'confirmed' },
      { bureau: 'experian', month: '2026-09', status: null },
    ]);
  });

  it('places a resident in the unit of the approved application, and only in one decided before', () => {
    const joined = person({ ...ANA, externalId: null, customerId: 'c1' });
    const enrolled = event('enrollment_approved', { people: [joined], enrollment: enrollmentOf('e1') });
    const tenant = foldHistory([screening('application_approved', 10), [60, enrolled]]);
    expect(tenant.residencies[0]?.unit?.title).toBe('4B');
    expect(tenant.residencies[0]?.place).toBe(tenant.applications[0]?.place);

    const later = foldHistory([[0, enrolled], screening('application_approved', 10)]);
    expect(later.residencies[0]?.unit).toBeNull();
  });

  it.each([
    [
      'an update',
      screening('application_updated', 90, { application: { ...application, status: 'approved' } }),
    ],
    ['a revert', screening('application_decision_reverted', 90)],
    [
      'an approval of another unit',
      screening('application_approved', 90, { application: { id: 'a2', unit: unit('3C') } }),
    ],
  ])('keeps a resident in the unit after %s', (_what, later) => {
    const joined = person({ ...ANA, externalId: null, customerId: 'c1' });
    const enrolled = event('enrollment_approved', { people: [joined], enrollment: enrollmentOf('e1') });
    const tenant = foldHistory([screening('application_approved', 10), [60, enrolled], later]);
    expect(tenant.residencies).toMatchObject([{ status: 'resident', unit: { title: '4B' } }]);
  });

  it('marks rent reporting that only name, email and phone join to the screening as weak', () => {
    const joined = person({ ...ANA, externalId: null, customerId: 'c1' });
    const enrolled = event('enrollment_approved', { people: [joined], enrollment: enrollmentOf('e1') });
    const tenant = foldHistory([screening('application_approved', 10), [60, enrolled]]);
    expect(tenant.enrollments[0]?.weak).toBe(true);
    expect(tenant.weaklyJoined).toBe(true);
    expect(foldHistory(life).weaklyJoined).toBe(false);
  });
});

describe('every event', () => {
  it.each(EVENT_NAMES)('%s folds, alone and twice', (name) => {
    const one = event(name, {
      people: [person({ ...ANA, customerId: 'c1' })],
      updatedAt: at(1),
      application,
      enrollment: enrollmentOf('e1'),
      merge: { targetId: 'a9', mergedIds: ['a1'] },
      identityVerification: { status: 'finished', finishedAt: at(1) },
      verification: { id: 'v', kind: 'lease', outcome: 'verified' },
      issue: { slug: 's', title: null, description: null },
      furnishment: { bureau: 'b', rentalVerificationId: null, month: '2026-10', status: null },
      payment: { rentalVerificationId: 'r', month: '2026-10', transactions: [] },
      push: { status: 'failed', error: 'unit not found' },
    });
    const once = foldHistory([[1, one]]);
    const twice = foldHistory([
      [1, one],
      [2, one],
    ]);
    expect(once.person.firstName).toBe('Ana');
    expect({ ...twice, timeline: [] }).toEqual({
      ...once,
      timeline: [],
      applications: once.applications.map((a) => ({ ...a, updatedAt: expect.anything() })),
    });
  });
});
