import { describe, expect, it } from 'vitest';
import { LEASING_BY_STATUS, PREVAILS, REPORTING_BY_STATUS } from '../../src/project/effects.ts';
import {
  IDENTITY_RANK,
  LEASING_RANK,
  READ_CONFIRMS,
  REGISTERS,
  REPORTING_RANK,
  REVERT_RANK,
} from '../../src/project/ordering.ts';
import { LEASING, REPORTING } from '../../src/project/tenant.ts';

/** As Boom's OpenAPI files have them. */
const DOCUMENTED = {
  application: 'pending started submitted approved approved_with_conditions rejected canceled merged on_hold',
  applicant: 'pending started submitted finished canceled',
  enrollment: 'pending approved rejected errored closed opted_out finished',
  identity: 'pending active finished failed review_required canceled expired',
};
const words = (text: string) => text.split(' ');

describe('the ranks', () => {
  it.each([...words(DOCUMENTED.application), ...words(DOCUMENTED.applicant)])(
    'know Boom’s status %s of an application or an applicant',
    (status) => {
      expect(LEASING).toContain(LEASING_BY_STATUS[status]);
    },
  );

  it.each(words(DOCUMENTED.enrollment))('know Boom’s status %s of an enrollment', (status) => {
    expect(REPORTING).toContain(REPORTING_BY_STATUS[status]);
  });

  it.each(words(DOCUMENTED.identity))('know Boom’s status %s of an identity verification', (status) => {
    expect(IDENTITY_RANK).toHaveProperty(status);
  });

  it('are one for each value', () => {
    expect(Object.keys(LEASING_RANK).sort()).toEqual([...LEASING].sort());
    expect(Object.keys(REPORTING_RANK).sort()).toEqual([...REPORTING].sort());
    for (const { ranks } of REGISTERS) {
      expect(new Set(Object.values(ranks)).size).toBe(Object.keys(ranks).length);
    }
  });

  it('put a revert behind every decision and every end, and before a merge', () => {
    const { merged, ...others } = LEASING_RANK;
    expect(Math.max(...Object.values(others))).toBeLessThan(REVERT_RANK);
    expect(merged).toBeGreaterThan(REVERT_RANK);
  });
});

describe('what a read confirms', () => {
  it('never lets an application’s read stand behind a decision that it does not know', () => {
    const known = Object.values(READ_CONFIRMS.application_read).flat();
    expect(known.filter((leasing) => LEASING_RANK[leasing] >= LEASING_RANK.approved)).toEqual([]);
  });

  it('speaks only of statuses that Boom has', () => {
    const said = Object.keys(READ_CONFIRMS.enrollment_read);
    expect(said.filter((status) => !Object.hasOwn(REPORTING_BY_STATUS, status))).toEqual([]);
    expect([...PREVAILS].filter((status) => !Object.hasOwn(LEASING_BY_STATUS, status))).toEqual([]);
  });
});
