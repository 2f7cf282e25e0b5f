import * as crypto from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createKeyCheck } from '../../src/receive/keys.ts';

vi.mock('node:crypto', async (original) => {
  const actual = await original<typeof crypto>();
  return { ...actual, timingSafeEqual: vi.fn(actual.timingSafeEqual) };
});

const compare = vi.mocked(crypto.timingSafeEqual);

beforeEach(() => {
  compare.mockClear();
});

describe('a key check', () => {
  test('takes every live key and nothing else', () => {
    const isKey = createKeyCheck(['first-key', 'second-key']);
    expect(['first-key', 'second-key'].map(isKey)).toEqual([true, true]);
    expect(
      ['', 'first-ke', 'first-key ', 'first-key, second-key', 'FIRST-KEY', undefined].map(isKey),
    ).toEqual(Array(6).fill(false));
  });

  test('compares with all of them, whichever matches, and digests of one length', () => {
    const isKey = createKeyCheck(['a', 'bb', 'ccc']);
    for (const given of ['a', 'ccc', 'none', 'x'.repeat(10_000), undefined]) {
      compare.mockClear();
      isKey(given);
      expect(compare).toHaveBeenCalledTimes(3);
      for (const [left, right] of compare.mock.calls) {
        expect([left.byteLength, right.byteLength]).toEqual([32, 32]);
      }
    }
  });

  test('takes the same key written twice', () => {
    expect(createKeyCheck(['key', 'key'])('key')).toBe(true);
  });

  test('without any key lets nobody in', () => {
    expect([createKeyCheck([])(undefined), createKeyCheck([])('')]).toEqual([false, false]);
  });

  test('refuses an empty key when it is made', () => {
    expect(() => createKeyCheck(['key', ''])).toThrow('An empty webhook key would let everybody in');
  });
});
