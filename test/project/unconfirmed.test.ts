import { describe, expect, it } from 'vitest';
import type { BoomEvent, EventEnrollment } from '../../src/boom/event.ts';
import type { RecordName } from '../../src/boom/events.ts';
import { dueOf } from '../../src/project/unconfirmed.ts';
import { at, enrollmentOf, event, foldHistory, person } from './events.ts';

type Entry = [minute: number, event: BoomEvent];

const CUSTOMER = person({ customerId: 'c1' });
const told = (name: RecordName, minute: number, more: Parameters<typeof event>[1] = {}): Entry => [
  minute,
  event(name, { people: [CUSTOMER], enrollment: enrollmentOf('e1'), ...more }),
];
const read = (minute: number, months: string[] | null, more: Partial<EventEnrollment> = {}): Entry => [
  minute,
  event('enrollment_read', {
    people: [CUSTOMER],
    updatedAt: at(minute),
    enrollment: enrollmentOf('e1', { status: 'approved', months, ...more }),
  }),
];
const paid = (month: string, minute = 5): Entry =>
  told('rental_payment_verified', minute, {
    payment: { rentalVerificationId: null, month, transactions: [] },
  });
const furnished = (month: string, ...bureaus: string[]): Entry[] =>
  bureaus.map((bureau) =>
    told('furnishment_finished', 6, {
      furnishment: { bureau, month, rentalVerificationId: null, status: 'pending_confirmation' },
    }),
  );
const checked = (kind: string, outcome: 'verified' | 'rejected' = 'verified', minute = 2): Entry =>
  told(`enrollment_verification_${outcome}`, minute, { verification: { id: null, kind, outcome } });

const BUREAUS = ['experian', 'equifax', 'transunion'];
const CHECKED = ['identity', 'lease', 'landlord'].map((kind) => checked(kind));
const approved = told('enrollment_approved', 3);

const folded = (...entries: Entry[]) => {
  const [enrollment] = foldHistory(entries).enrollments;
  if (enrollment === undefined) throw new Error('There is no enrollment');
  return enrollment;
};
/** `payment 2026-09`, `verification lease`. */
const unconfirmed = (...entries: Entry[]) =>
  folded(...entries).unconfirmed.map(({ what, month, kind }) => `${what} ${month ?? kind}`);

describe('without a read', () => {
  it('nothing is unconfirmed: the record holds what was delivered', () => {
    expect(unconfirmed(approved, paid('2026-08'))).toEqual([]);
  });
});

describe('a month for which Boom has a rental verification', () => {
  it('has its payment unconfirmed until one is told', () => {
    const before = [...CHECKED, approved, ...furnished('2026-09', ...BUREAUS), read(10, ['2026-09'])];
    expect(unconfirmed(...before)).toEqual(['payment 2026-09']);
    expect(unconfirmed(...before, paid('2026-09', 500))).toEqual([]);
    expect(unconfirmed(...before, paid('2026-08', 500))).toEqual(['payment 2026-09']);
  });

  it('has its furnishment unconfirmed until it was furnished to all three bureaus', () => {
    const before = [...CHECKED, approved, paid('2026-09'), read(10, ['2026-09'])];
    expect(unconfirmed(...before)).toEqual(['furnishment 2026-09']);
    expect(unconfirmed(...before, ...furnished('2026-09', 'experian', 'equifax'))).toEqual([
      'furnishment 2026-09',
    ]);
    expect(unconfirmed(...before, ...furnished('2026-09', ...BUREAUS))).toEqual([]);
  });

  it('has it unconfirmed while another month went to more bureaus', () => {
    const both = [paid('2026-08'), paid('2026-09'), read(10, ['2026-08', '2026-09'])];
    const four = furnished('2026-08', ...BUREAUS, 'innovis');
    expect(unconfirmed(...CHECKED, ...both, ...four, ...furnished('2026-09', ...BUREAUS))).toEqual([
      'furnishment 2026-09',
    ]);
  });

  it('is that of the newest read that tells of months, in whatever order the reads came', () => {
    const [older, newer] = [read(10, ['2026-08']), read(20, ['2026-08', '2026-09'])];
    const silent = read(30, null);
    const expected = ['payment 2026-08', 'furnishment 2026-08', 'payment 2026-09', 'furnishment 2026-09'];
    for (const reads of [
      [older, newer, silent],
      [silent, newer, older],
    ])
      expect(unconfirmed(...CHECKED, approved, ...reads)).toEqual(expected);
  });

  it('is unconfirmed for its own enrollment only', () => {
    const second = told('enrollment_pending', 1, { enrollment: enrollmentOf('e2') });
    const tenant = foldHistory([second, ...CHECKED, approved, read(10, ['2026-09'])]);
    expect(tenant.enrollments.map(({ id, unconfirmed }) => [id, unconfirmed.length])).toEqual([
      ['e2', 0],
      ['e1', 2],
    ]);
  });
});

describe('a verification', () => {
  it('is unconfirmed where no outcome of its kind was told', () => {
    expect(unconfirmed(checked('identity'), approved, read(10, []))).toEqual([
      'verification lease',
      'verification landlord',
    ]);
    expect(unconfirmed(...CHECKED, approved, read(10, []))).toEqual([]);
  });

  it('is unconfirmed where it was refused and Boom approved: it must have been tried again', () => {
    const refusedFirst = [checked('lease', 'rejected'), checked('identity'), checked('landlord')];
    expect(unconfirmed(...refusedFirst, approved, read(10, []))).toEqual(['verification lease']);
    expect(unconfirmed(...refusedFirst, read(10, []))).toEqual(['verification lease']);
    expect(unconfirmed(...refusedFirst, approved, read(10, []), checked('lease', 'verified', 500))).toEqual(
      [],
    );
  });

  it('stands as refused where Boom rejected the enrollment', () => {
    const refused = [checked('identity', 'rejected'), told('enrollment_rejected', 5)];
    const after = read(10, [], { status: 'rejected' });
    expect(unconfirmed(...refused, checked('lease'), checked('landlord'), after)).toEqual([]);
  });
});

describe('what is due', () => {
  const NOW = new Date('2026-10-20T12:00:00.000Z');
  const due = (...entries: Entry[]) =>
    dueOf(folded(...entries), NOW).map(({ what, month, kind }) => `${what} ${month ?? kind}`);

  it('leaves out the month that is running, and is told by the clock: no read need come', () => {
    const entries = [...CHECKED, approved, read(10, ['2026-09', '2026-10'])];
    expect(due(...entries)).toEqual(['payment 2026-09', 'furnishment 2026-09']);
    expect(dueOf(folded(...entries), new Date('2026-11-01T00:00:00.000Z'))).toHaveLength(4);
  });

  it('leaves the verifications out while they are made', () => {
    const pending = [told('enrollment_pending', 1), read(10, [], { status: 'pending' })];
    expect(unconfirmed(...pending)).toHaveLength(3);
    expect(due(...pending)).toEqual([]);
    expect(due(...pending, told('enrollment_approved', 500))).toHaveLength(3);
    expect(due(...pending, read(500, [], { status: 'closed' }))).toHaveLength(3);
  });
});
