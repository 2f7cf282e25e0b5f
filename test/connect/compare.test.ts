import { describe, expect, it } from 'vitest';
import { sameValue } from '../../src/connect/compare.ts';
import type { FieldValue } from '../../src/connect/contract.ts';
import type { Comparator } from '../../src/connect/manifest.ts';

const SAME: [Comparator, FieldValue | undefined, FieldValue | undefined][] = [
  ['text', null, undefined],
  ['text', '', null],
  ['text', ' Ana  Maria ', 'Ana Maria'],
  ['text', 'Jose\u0301', 'José'],
  ['email', 'Ana@Example.com', 'ana@example.com'],
  ['phone', '+13125550123', '(312) 555-0123'],
  ['phone', '+1 312 555 0123', '312.555.0123 ext 4'],
  ['phone', '+447911123456', '07911 123456'],
  ['date', '2026-12-01', '2026-12-01T00:00:00Z'],
  ['date', '2026-12-01', '12/1/2026'],
  ['money', 1450, '$1,450.00'],
  ['money', '1450.5', 1450.5],
  ['number', '10231', 10231],
];

const DIFFERENT: [Comparator, FieldValue | undefined, FieldValue | undefined][] = [
  ['text', 'Ana', 'ana'],
  ['text', 'Ana', null],
  ['email', 'ana@example.com', 'anna@example.com'],
  ['phone', '+13125550123', '(312) 555-0124'],
  ['phone', '555', '+13125550555'],
  ['phone', 'none', 'n/a'],
  ['date', '2026-12-01', '2026-12-02'],
  ['money', 1450, 14.5],
  ['number', 1, 10],
  ['number', 0, null],
];

describe('two spellings', () => {
  it.each(SAME)('%s: %j is %j', (comparator, a, b) => {
    expect(sameValue(comparator, a, b)).toBe(true);
    expect(sameValue(comparator, b, a)).toBe(true);
  });

  it.each(DIFFERENT)('%s: %j is not %j', (comparator, a, b) => {
    expect(sameValue(comparator, a, b)).toBe(false);
    expect(sameValue(comparator, b, a)).toBe(false);
  });
});
