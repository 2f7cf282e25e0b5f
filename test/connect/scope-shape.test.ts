import { describe, expect, it } from 'vitest';
import { EMPTY_SCOPE, readable, SAMPLE_SCOPE } from '../../src/connect/scope-shape.ts';
import { connectionOf, faultsOf, scopeOf } from './support.ts';

/** What must never leave, by any of the ways to it. */
const NEVER = [
  'tenant.identityVerification.status',
  'tenant.boomPush.error',
  'tenant.timeline.event',
  'enrollment.reasons',
  'enrollment.openIssues.title',
  'enrollment.payments.cents',
  'enrollment.verifications.identity',
  'enrollment.unconfirmed.what',
  'enrollment.furnishments.status',
  'tenant.enrollments.reasons',
  'tenant.enrollments.payments.source',
  '$$.tenant.timeline',
  '($t := tenant; $t.boomPush.status)',
];

describe('a landlord’s own expression', () => {
  it.each(NEVER)('cannot read %s, as a field or to choose whom it takes', async (text) => {
    const field = await faultsOf({ fields: { Email: { from: text } } });
    expect(field.map(({ path }) => path)).toEqual(['fields.Email.from']);
    expect(field[0]?.message).toContain('does not exist');
    expect((await faultsOf({ takes: text })).map(({ path }) => path)).toEqual(['takes']);
  });

  it('that takes a whole object apart finds none of it there either', async () => {
    const connection = await connectionOf({
      fields: {
        Email: { from: '$join($keys(tenant), ",")' },
        FirstName: { from: '$join($keys(enrollment), ",")' },
      },
    });
    const desired = await connection.desire('applicant', scopeOf());
    expect(desired.Email).toBe(
      'id,account,person,ids,knownOnlyById,weaklyJoined,stage,applications,enrollments,residencies',
    );
    expect(desired.FirstName).toBe('id,reporting,since,furnishments,weak');
  });

  it('may read whether somebody is reported, and for which months', async () => {
    const connection = await connectionOf({
      fields: { Email: { from: 'enrollment.reporting & " " & enrollment.furnishments.month' } },
    });
    expect((await connection.desire('applicant', scopeOf())).Email).toBe('approved 2026-12');
  });
});

it('what may be read is made once for all the expressions over a person', () => {
  expect(readable(SAMPLE_SCOPE)).toBe(readable(SAMPLE_SCOPE));
  expect(readable(EMPTY_SCOPE)).toMatchObject({ enrollment: null, tenant: { enrollments: [] } });
});
