import { describe, expect, it } from 'vitest';
import { sameValue } from '../../src/connect/compare.ts';
import type { FieldOwner } from '../../src/connect/connection.ts';
import type { FieldValue } from '../../src/connect/contract.ts';
import type { Comparator } from '../../src/connect/manifest.ts';
import { changesOf, conflictsOf, merge, rememberPushed } from '../../src/reconcile/merge.ts';

const rules = (owner: FieldOwner, comparator: Comparator) => ({
  owner: () => owner,
  same: (_field: string, a: FieldValue | undefined, b: FieldValue | undefined) => sameValue(comparator, a, b),
  required: () => false,
});

/** What was pushed, as the PMS stores it; another spelling of it; two other values. */
const VALUES: Record<
  Comparator,
  { kept: FieldValue; spelt: FieldValue; other: FieldValue; third: FieldValue }
> = {
  text: { kept: 'Ana', spelt: ' Ana ', other: 'Anna', third: 'Anne' },
  email: {
    kept: 'ana@example.com',
    spelt: 'Ana@Example.com',
    other: 'b@example.com',
    third: 'c@example.com',
  },
  phone: { kept: '(123) 123-1234', spelt: '+11231231234', other: '+15125550177', third: '(512) 555-0188' },
  date: { kept: '11/02/2026', spelt: '2026-11-02', other: '2026-11-03', third: '11/04/2026' },
  money: { kept: '$1,850.00', spelt: 1850, other: 1900, third: '$1,950.00' },
  number: { kept: '7', spelt: 7, other: 8, third: '9' },
};

const OWNERS: FieldOwner[] = ['boom', 'pms', 'fill', 'ask'];
const COMPARATORS = Object.keys(VALUES) as Comparator[];
const CASES = OWNERS.flatMap((owner) => COMPARATORS.map((comparator) => ({ owner, comparator })));

describe('the three-way merge', () => {
  it.each(CASES)(
    '$owner, $comparator: nobody changed it, though it is spelt otherwise',
    ({ owner, comparator }) => {
      const { kept, spelt } = VALUES[comparator];
      expect(merge({ f: spelt }, { f: kept }, { f: kept }, rules(owner, comparator))).toEqual([]);
    },
  );

  it.each(CASES)('$owner, $comparator: Boom changed it', ({ owner, comparator }) => {
    const { kept, other } = VALUES[comparator];
    const differences = merge({ f: other }, { f: kept }, { f: kept }, rules(owner, comparator));
    const does = { boom: 'write', pms: 'keep', fill: 'keep', ask: 'write' }[owner];
    expect(differences).toEqual([{ field: 'f', boom: other, pushed: kept, there: kept, does }]);
  });

  it.each(CASES)('$owner, $comparator: the PMS changed it', ({ owner, comparator }) => {
    const { kept, spelt, other } = VALUES[comparator];
    const [difference] = merge({ f: spelt }, { f: other }, { f: kept }, rules(owner, comparator));
    expect(difference?.does).toBe({ boom: 'write', pms: 'keep', fill: 'keep', ask: 'ask' }[owner]);
  });

  it.each(CASES)('$owner, $comparator: both changed it, and not to the same', ({ owner, comparator }) => {
    const { kept, other, third } = VALUES[comparator];
    const [difference] = merge({ f: other }, { f: third }, { f: kept }, rules(owner, comparator));
    expect(difference?.does).toBe({ boom: 'write', pms: 'keep', fill: 'keep', ask: 'ask' }[owner]);
  });

  it.each(CASES)('$owner, $comparator: both changed it to the same', ({ owner, comparator }) => {
    const { kept, other } = VALUES[comparator];
    expect(merge({ f: other }, { f: other }, { f: kept }, rules(owner, comparator))).toEqual([]);
  });

  it.each(CASES)('$owner, $comparator: it is empty there and was never written', ({ owner, comparator }) => {
    const { other } = VALUES[comparator];
    const differences = merge({ f: other }, { f: null }, null, rules(owner, comparator));
    const does = owner === 'pms' ? 'keep' : 'write';
    expect(differences).toEqual([{ field: 'f', boom: other, there: null, does }]);
  });

  it.each(CASES)('$owner, $comparator: it is filled there and was never written', ({ owner, comparator }) => {
    const { kept, other } = VALUES[comparator];
    const [difference] = merge({ f: other }, { f: kept }, null, rules(owner, comparator));
    expect(difference?.does).toBe({ boom: 'write', pms: 'keep', fill: 'keep', ask: 'ask' }[owner]);
  });

  it('empties a field that Boom emptied and nobody else touched', () => {
    const differences = merge({ f: null }, { f: 'Ana' }, { f: 'Ana' }, rules('ask', 'text'));
    expect(changesOf(differences)).toEqual({ f: null });
  });

  it('leaves alone what is not wanted of us', () => {
    expect(merge({ f: 1 }, { f: 1, theirs: 'x' }, null, rules('boom', 'number'))).toEqual([]);
  });

  it('tells what is written from what is asked about', () => {
    const differences = merge(
      { written: 'b', asked: 'b', same: 'b' },
      { written: 'a', asked: 'z', same: 'b' },
      { written: 'a', asked: 'a', same: 'b' },
      rules('ask', 'text'),
    );
    expect(changesOf(differences)).toEqual({ written: 'b' });
    expect(conflictsOf(differences)).toEqual(['asked']);
  });
});

describe('what is remembered as pushed', () => {
  it('is what the PMS shows of what we want, and what was remembered before for the rest', () => {
    const remembered = rememberPushed(
      { phone: '+11231231234', name: 'Ana' },
      { phone: '(123) 123-1234', name: 'Anna' },
      { phone: '+15125550143', name: 'Ana' },
      rules('ask', 'phone'),
    );
    expect(remembered).toEqual({ phone: '(123) 123-1234', name: 'Ana' });
  });
});
