import { describe, expect, it } from 'vitest';
import type { UnitRef } from '../../src/boom/event.ts';
import type { RemoteUnit } from '../../src/connect/contract.ts';
import { proposeUnits } from '../../src/connect/unit-match.ts';

function boom(own: Partial<UnitRef>): UnitRef {
  return { id: null, externalId: null, title: null, property: null, address: null, ...own };
}
function there(id: string, own: Partial<RemoteUnit> = {}): RemoteUnit {
  return { id, title: null, property: null, address: null, externalId: null, ...own };
}
const oakStreet = { id: null, externalId: null, name: 'Oak Street' };
const exactOnes = (unit: UnitRef, units: RemoteUnit[]) =>
  proposeUnits(unit, units).flatMap((one) => (one.exact ? [`${one.unit.id} ${one.why}`] : []));

describe('proposing units', () => {
  it.each(['Apt 4-B', 'Unit 4B', '#4B', '4b', 'Apartment 4 B'])('knows 4B by %s in one property', (title) => {
    const units = [
      there('1', { title: '4A', property: 'Oak Street' }),
      there('2', { title, property: 'oak  street' }),
    ];
    expect(exactOnes(boom({ title: '4B', property: oakStreet }), units)).toEqual(['2 title']);
  });

  it.each([
    ['210 Oak Street, Unit 4B, Austin, TX 78701', '210 oak st., Austin TX 78701', 'Apt 4-B'],
    ['210 N Oak St, Austin, TX', '210 North Oak Street, Apt 4B, Austin, TX', null],
    ['210 Oak Street, Austin', '210 Oak St #4B, Austin', '4B'],
  ])('knows the unit at %s by %s', (address, other, title) => {
    const units = [
      there('2', { title, address: other }),
      there('3', { title: '4B', address: '9 Elm Ave, Austin' }),
    ];
    expect(exactOnes(boom({ title: '4B', address }), units)).toEqual(['2 address and unit']);
  });

  it('knows a house of one unit by its address', () => {
    const units = [there('7', { title: '12 Elm Ave', address: '12 Elm Ave, Austin, TX 78702' })];
    const house = boom({ address: '12 Elm Avenue, Austin, TX 78702' });
    expect(exactOnes(house, units)).toEqual(['7 address and unit']);
  });

  it('takes an id before anything else', () => {
    const unit = boom({ externalId: 'OAK-4B', title: '4B', property: oakStreet });
    const units = [there('1', { title: '4B', property: 'Oak Street' }), there('2', { externalId: 'OAK-4B' })];
    expect(proposeUnits(unit, units).map(({ unit, why, exact }) => [unit.id, why, exact])).toEqual([
      ['2', 'external id', true],
      ['1', 'title', false],
    ]);
    expect(exactOnes(boom({ externalId: '10231' }), [there('10231')])).toEqual(['10231 external id']);
    expect(exactOnes(boom({ id: '10231' }), [there('10231')])).toEqual([]);
  });

  it('trusts no id where what else is said of the unit differs', () => {
    const unit = boom({ externalId: '10231', title: '4B', address: '210 Oak Street, Austin' });
    const [byName] = proposeUnits(unit, [there('10231', { title: '9' })]);
    const [byAddress] = proposeUnits(unit, [there('10231', { title: '4B', address: '9 Elm Ave, Austin' })]);
    expect([byName?.exact, byAddress?.exact]).toEqual([false, false]);
  });

  it('is never sure where two fit, whatever makes them fit', () => {
    const unit = boom({ externalId: 'X', title: '4B', property: oakStreet, address: '210 Oak St, Austin' });
    const twice = (own: Partial<RemoteUnit>) => exactOnes(unit, [there('1', own), there('2', own)]);
    expect(twice({ externalId: 'X' })).toEqual([]);
    expect(twice({ title: 'Unit 4B', address: '210 Oak Street, Austin' })).toEqual([]);
    expect(twice({ title: '#4B', property: 'Oak Street' })).toEqual([]);
  });

  it('only shows one of the same name where the property is another, or is not said', () => {
    const unit = boom({ title: '4B', property: oakStreet });
    const found = proposeUnits(unit, [
      there('1', { title: '4B', property: 'Elm Court' }),
      there('2', { title: '4B' }),
    ]);
    expect(found.map(({ exact }) => exact)).toEqual([false, false]);
    expect(proposeUnits(boom({ title: '4B' }), [there('2', { title: '4B' })])[0]?.exact).toBe(false);
  });

  it('proposes nothing where nothing is alike', () => {
    expect(
      proposeUnits(boom({ title: '4B', property: oakStreet }), [
        there('1', { title: '4C', property: 'Oak Street' }),
      ]),
    ).toEqual([]);
    expect(proposeUnits(boom({}), [there('1')])).toEqual([]);
  });
});
