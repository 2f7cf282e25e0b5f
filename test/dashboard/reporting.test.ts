/** Rent reporting: tenants by months, and what is shown only once it was asked for. */
import { expect, it } from 'vitest';
import { cellOf, monthsUpTo, shifted } from '../../src/dashboard/pages/reporting/months.ts';
import type { TenantEnrollment } from '../../src/project/tenant.ts';
import { startLandlord } from '../support/landlord.ts';
import { ana, UNITS } from '../support/oak.ts';
import { signedIn } from '../support/signed-in.ts';

const enrollment = (own: Partial<TenantEnrollment>): TenantEnrollment => ({
  id: 'e1',
  reporting: 'approved',
  since: '2026-08-04T00:00:00.000Z',
  reasons: [],
  verifications: { identity: null, lease: null, landlord: null },
  openIssues: [],
  furnishments: [],
  weak: false,
  payments: [],
  unconfirmed: [],
  ...own,
});

it('counts months over the end of a year', () => {
  expect(monthsUpTo('2026-02', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(shifted('2025-12', 1)).toBe('2026-01');
});

it('says of each month how it stands', () => {
  const told = enrollment({
    furnishments: [
      { bureau: 'A', month: '2026-09', status: 'ok' },
      { bureau: 'B', month: '2026-09', status: 'ok' },
      { bureau: 'B', month: '2026-09', status: 'again' },
    ],
    unconfirmed: [{ what: 'furnishment', month: '2026-10', kind: null }],
  });
  expect(cellOf([told], '2026-09')).toEqual({ state: 'reported', bureaus: 2 });
  expect(cellOf([told], '2026-10').state).toBe('unconfirmed');
  expect(cellOf([told], '2026-11').state).toBe('waiting');
  // Before it was approved there is nothing to wait for, and somebody who left has nothing to come.
  expect(cellOf([told], '2026-07').state).toBe('none');
  expect(cellOf([enrollment({ reporting: 'unenrolled' })], '2026-11').state).toBe('none');
  expect(cellOf([], '2026-11').state).toBe('none');
  expect(cellOf([enrollment({ reporting: 'unenrolled' }), told], '2026-09').state).toBe('reported');
});

const reported = { customer_id: '77', enrollment_id: '88' };

it('shows who takes part, and the bureaus only to an owner who asks', async () => {
  const landlord = await startLandlord({ oak: UNITS });
  const owner = await signedIn(landlord);
  expect((await owner.get('/reporting')).text).toContain('Nobody takes part in rent reporting yet.');
  const month = shifted(new Date().toISOString().slice(0, 7), -1);
  await landlord.tell(
    ana,
    { event: 'customer_registered', ...reported },
    { event: 'enrollment_approved', ...reported },
    { event: 'furnishment_finished', ...reported, bureau: 'experian', reporting_month: month, month },
  );
  const list = await owner.get('/reporting');
  expect(list.text).toContain('Takes part');
  expect(list.text).not.toContain('experian');
  const path = /href="(\/reporting\/[^"?]+)"/.exec(list.text)?.[1] ?? '';
  expect((await owner.get(path)).text).toContain('hidden until you ask');
  const tenantId = decodeURIComponent(path.split('/').at(-1) ?? '');
  const shown = await owner.press('reveal_reporting', { tenantId }, path);
  expect(shown.text).toContain('experian');
  expect(await landlord.stores.peopleLog.list({ limit: 9 })).toMatchObject([
    { who: 'Test owner', what: 'revealed_reporting', tenantId },
  ]);
  const helper = await signedIn(landlord, 'helper');
  expect((await helper.press('reveal_reporting', { tenantId }, path)).status).toBe(403);
});
