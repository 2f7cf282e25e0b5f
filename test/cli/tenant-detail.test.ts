/** What `tenants show` says of an enrollment of which something is unconfirmed. */
import { describe, expect, it } from 'vitest';
import type { BoomEvent } from '../../src/boom/event.ts';
import { tenantDetail } from '../../src/cli/tenant-detail.ts';
import { tenantView } from '../../src/operate/tenant-view.ts';
import { at, enrollmentOf, event, foldHistory, person } from '../project/events.ts';

const CUSTOMER = { people: [person({ customerId: 'c1' })] };
const APPROVED: [number, BoomEvent] = [
  0,
  event('enrollment_approved', { ...CUSTOMER, enrollment: enrollmentOf('e1') }),
];
const READ: [number, BoomEvent] = [
  10,
  event('enrollment_read', {
    ...CUSTOMER,
    updatedAt: at(10),
    enrollment: enrollmentOf('e1', { status: 'approved', months: ['2026-08', '2026-09', '2026-10'] }),
  }),
];
const PAID: [number, BoomEvent] = [
  5,
  event('rental_payment_verified', {
    ...CUSTOMER,
    enrollment: enrollmentOf('e1'),
    payment: { rentalVerificationId: null, month: '2026-08', transactions: [] },
  }),
];
const LEASE: [number, BoomEvent] = [
  2,
  event('enrollment_verification_verified', {
    ...CUSTOMER,
    enrollment: enrollmentOf('e1'),
    verification: { id: null, kind: 'lease', outcome: 'verified' },
  }),
];

const viewOf = (...entries: [number, BoomEvent][]) =>
  tenantView(foldHistory(entries), [], new Date('2026-10-20T12:00:00.000Z'));
const shown = (...entries: [number, BoomEvent][]) =>
  tenantDetail({ ...viewOf(...entries), unconfirmed: [] }, { events: [], total: 0 }, [], 'UTC');

describe('an enrollment', () => {
  it('says under it what is unconfirmed, without the month that is running', () => {
    const lines = shown(APPROVED, LEASE, PAID, READ).split('\n');
    const place = lines.findIndex((line) => line.startsWith('  enrollment   e1 · approved'));
    expect(lines.slice(place + 1, place + 3)).toEqual([
      '    unconfirmed: rent paid for 2026-09 · all bureaus told of 2026-08, 2026-09 · identity, landlord verified',
      '      No message of Boom’s told us, and it cannot be asked: look in Boom where it matters',
    ]);
  });

  it('has the same in the JSON, each with its month or its kind', () => {
    const [enrollment] = viewOf(APPROVED, LEASE, PAID, READ).enrollments;
    expect(enrollment?.unconfirmed).toEqual([
      { what: 'furnishment', month: '2026-08', kind: null },
      { what: 'payment', month: '2026-09', kind: null },
      { what: 'furnishment', month: '2026-09', kind: null },
      { what: 'verification', month: null, kind: 'identity' },
      { what: 'verification', month: null, kind: 'landlord' },
    ]);
  });

  it('says nothing of it where Boom was not read', () => {
    expect(shown(APPROVED, PAID)).not.toContain('unconfirmed');
  });
});
