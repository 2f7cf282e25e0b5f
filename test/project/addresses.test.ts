import { describe, expect, it } from 'vitest';
import type { UnitRef } from '../../src/boom/event.ts';
import { likeness } from '../../src/project/addresses.ts';

function unit(title: string | null, address: string | null): UnitRef {
  return { id: null, externalId: null, title, property: null, address };
}
const OAK_4B = unit('4B', '210 Oak Street, Unit 4B, Austin, TX 78701');
const HOUSE = unit(null, '12 Elm Ave, Austin, TX 78702');

describe('the address of an enrollment', () => {
  it.each<[string, UnitRef]>([
    ['210 Oak Street, Unit 4B, Austin, TX 78701', OAK_4B],
    ['210 oak st. apt 4b, austin tx 78701-1234', OAK_4B],
    ['210 Oak St #4B, Austin, TX 78701', OAK_4B],
    ['210 Oak St, # 4-B, Austin, Texas 78701, USA', OAK_4B],
    ['210 Oak St Apt 4 B, Austin, TX 78701', OAK_4B],
    ['210 Oak Street Apt #4B', OAK_4B],
    ['210 Oak Street, Unit 4B, Austin', unit('Apt. 4-B', '210 Oak Street, Austin, TX 78701')],
    ['210 N. Oak St Unit 9', unit('9', '210 North Oak Street')],
    ['12 Elm Avenue, Austin, TX 78702', HOUSE],
    ['12 Elm Avenue, Austin, TX 78702', unit('12 Elm Ave', '12 Elm Ave, Austin, TX 78702')],
    ['100 Broadway, Unit 9, New York, NY 10005', unit('9', '100 Broadway, New York, NY 10005')],
    ['210 Oak St, Bldg 2, Apt 4B, Austin, TX 78701', unit('4B', '210 Oak St Building 2, Austin, TX 78701')],
  ])('%s is that unit', (address, of) => {
    expect(likeness(address, of)).toBe('same');
  });

  it.each([
    ['another unit', '210 Oak Street, Unit 4C, Austin, TX 78701', OAK_4B],
    ['another number', '211 Oak Street, Unit 4B, Austin, TX 78701', OAK_4B],
    ['another street', '210 Elm Street, Unit 4B, Austin, TX 78701', OAK_4B],
    ['another kind of street', '210 Oak Lane, Unit 4B, Austin, TX 78701', OAK_4B],
    ['another direction', '210 N Oak St Unit 4B', unit('4B', '210 S Oak St')],
    ['another town', '210 Oak Street, Unit 4B, Waco, TX', unit('4B', '210 Oak Street, Austin, TX')],
    ['another code', '210 Oak Street, Unit 4B, Austin, TX 78704', OAK_4B],
    [
      'another building',
      '210 Oak St, Bldg 3, Apt 4B, Austin, TX 78701',
      unit('4B', '210 Oak St, Bldg 2, Austin, TX 78701'),
    ],
    [
      'another floor',
      '210 Oak St 2nd Floor, Austin, TX 78701',
      unit(null, '210 Oak St 1st Floor, Austin, TX 78701'),
    ],
    [
      'another street of saints',
      '5 N St James Pl, Austin, TX 78701',
      unit(null, '5 N St Peter Pl, Austin, TX 78701'),
    ],
  ])('is not that unit: %s', (_what, address, of) => {
    expect(likeness(address, of)).toBe('different');
  });

  it.each([
    ['it names no unit of a house with several', '210 Oak Street, Austin, TX 78701', OAK_4B],
    ['it names a unit and the application does not', '12 Elm Ave, Apt 2, Austin, TX 78702', HOUSE],
    ['the application has no address', '210 Oak Street, Unit 4B', unit('4B', null)],
    ['the application has no unit', '210 Oak Street, Unit 4B', null],
    ['it does not begin with a number', 'The Oaks, Unit 4B', OAK_4B],
    ['only one names a building', '210 Oak St, Bldg 2, Apt 4B, Austin, TX 78701', OAK_4B],
  ])('may be that unit: %s', (_what, address, of) => {
    expect(likeness(address, of)).toBe('unclear');
  });
});
