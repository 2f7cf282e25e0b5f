import { describe, expect, it } from 'vitest';
import { nested } from '../../src/connect/rest-fields.ts';

describe('fields with dots', () => {
  it('become parts of objects', () => {
    expect(nested({ 'Phones.Mobile': '1', 'Phones.Home': null, Name: 'Ana' })).toEqual({
      Phones: { Mobile: '1', Home: null },
      Name: 'Ana',
    });
  });

  it.each(['__proto__.polluted', 'constructor.prototype.polluted', 'a.__proto__.polluted'])(
    '%s reach nothing that other objects have',
    (name) => {
      nested({ [name]: 'yes' });
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.hasOwn(Object, 'polluted')).toBe(false);
    },
  );
});
