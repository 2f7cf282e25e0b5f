import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasDuplicateKeys } from '../../src/receive/duplicate-keys.ts';

const check = (text: string) => hasDuplicateKeys(text, JSON.parse(text));

describe('keys that are written twice', () => {
  test.each([
    '{"a":1,"a":2}',
    '{"a":{"ssn":1},"a":{}}',
    '{"a":1,"\\u0061":2}',
    '{"a":[{"b":1,"b":":"}]}',
    '{"__proto__":1,"__proto__":2}',
    '{"a\\"":1,"a\\"":2}',
  ])('are found: %s', (text) => {
    expect(check(text)).toBe(true);
  });

  test.each([
    '{}',
    '{"a":1,"b":{"a":":"}}',
    '{"a":"\\\\","b":"\\":\\\\\\"","c":[":",{"d":"{\\"a\\":1}"}]}',
    '{"__proto__":{"a":1}}',
  ])('are not seen where there are none: %s', (text) => {
    expect(check(text)).toBe(false);
  });

  test('are not seen in anything that was written by JSON.stringify', () => {
    fc.assert(fc.property(fc.json(), (text) => !check(text)));
  });

  test('are found at a depth beyond the call stack', () => {
    const deep = (inner: string) => `${'{"a":'.repeat(30_000)}${inner}${'}'.repeat(30_000)}`;
    expect(check(deep('{"b":1}'))).toBe(false);
    expect(check(deep('{"b":1,"b":2}'))).toBe(true);
  });
});
