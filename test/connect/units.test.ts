import { describe, expect, it } from 'vitest';
import type { UnitRef } from '../../src/boom/event.ts';
import { contradictions, named, unitFinder } from '../../src/connect/units.ts';

const unit = (own: Partial<UnitRef>): UnitRef => ({
  id: 'u1',
  externalId: null,
  title: '4B',
  property: { id: 'pr1', externalId: null, name: 'Oak Street' },
  address: null,
  ...own,
});

describe('the unit map', () => {
  it('finds a unit by property and title, whatever the case and the spaces', () => {
    const find = unitFinder({ 'oak  street/4b': '10231' });
    expect(find(unit({}))).toBe('10231');
    expect(find(unit({ title: ' 4B ' }))).toBe('10231');
    expect(find(unit({ title: '4C' }))).toBeNull();
    expect(find(null)).toBeNull();
  });

  it('finds a unit whose name has marks that nobody sees', () => {
    expect(unitFinder({ 'Oak Street / 4B': '10231' })(unit({ title: '\u202e4B\u0007' }))).toBe('10231');
  });

  it('prefers property and title to the external id, and that to Boom’s id', () => {
    const both = { 'Oak Street / 4B': '1', ext9: '2', u1: '3' };
    expect(unitFinder(both)(unit({ externalId: 'ext9' }))).toBe('1');
    expect(unitFinder({ ext9: '2', u1: '3' })(unit({ externalId: 'EXT9' }))).toBe('2');
    expect(unitFinder({ u1: '3' })(unit({ externalId: 'ext9' }))).toBe('3');
  });

  it('takes a title alone only for a unit without a property: 4B is in every house', () => {
    expect(unitFinder({ '4B': '1' })(unit({}))).toBeNull();
    expect(unitFinder({ '4B': '1' })(unit({ property: null }))).toBe('1');
  });

  it('takes the address of rent reporting where that is all there is', () => {
    const find = unitFinder({ '4 Elm Court, Apt 12': '7' });
    const address = '4 Elm Court,  apt 12';
    expect(find(unit({ id: null, title: null, property: null, address }))).toBe('7');
    expect(find(unit({ address }))).toBeNull();
  });

  it('names a unit of which Boom has no name by the landlord’s words, and no other', () => {
    const house = unit({ id: null, title: null, property: null, address: '4 Elm Court, Apt 12' });
    expect(named(house, 'Elm Court / 12')).toEqual({
      ...house,
      title: '12',
      property: { id: null, externalId: null, name: 'Elm Court' },
    });
    expect(named(house, '12 1/2')).toEqual({ ...house, title: '12 1/2' });
    expect(named(unit({}), 'Elm Court / 12')).toEqual(unit({}));
  });

  it('notices one unit with two ids', () => {
    expect(contradictions({ 'Oak / 1': '1', 'OAK/1': '2', 'Oak / 2': '3', 'oak / 2': '3' })).toEqual([
      'OAK/1',
    ]);
  });
});
