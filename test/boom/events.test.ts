import { describe, expect, it } from 'vitest';
import { EVENT_NAMES, eventNameOf, FAMILIES, isIn } from '../../src/boom/events.ts';
import { namesIn } from './fixtures.ts';

describe('the names of events', () => {
  it('are 39, each in one family, and each has a fixture', () => {
    expect(EVENT_NAMES).toHaveLength(39);
    expect(new Set(EVENT_NAMES).size).toBe(39);
    expect([...EVENT_NAMES].sort()).toEqual(namesIn('events').sort());
  });

  it('count 14 of BoomReport and 25 of BoomScreen', () => {
    expect(FAMILIES.report).toHaveLength(14);
    const sizes = Object.values(FAMILIES).map((names) => names.length);
    expect(sizes).toEqual([14, 13, 1, 2, 1, 8]);
  });

  it.each([
    'application_conditionally_approved',
    'application-conditionally-approved',
    'application.conditionally.approved',
    'Application Conditionally Approved',
    'APPLICATION_CONDITIONALLY-APPROVED',
    ' application_conditionally__approved ',
  ])('are the same in the spelling %j', (wire) => {
    expect(eventNameOf(wire)).toBe('application_conditionally_approved');
  });

  it.each([
    '',
    'applicationApproved',
    'application_approve',
    'application_approved_',
    'toString',
    '__proto__',
    'x'.repeat(1e6),
  ])('are null for one that we do not know (%#)', (wire) => {
    expect(eventNameOf(wire)).toBeNull();
  });

  it('know their family', () => {
    expect(isIn('report', 'enrollment_pending')).toBe(true);
    expect(isIn('basic', 'enrollment_pending')).toBe(false);
  });
});
