import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralised, restored } from '../../connectors/rent-roll/formula.ts';

describe('formula', () => {
  it.each([
    '=1+1',
    '+15125550123',
    '-2+3',
    '@SUM(A1:A9)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\tplain',
    ' =1+1',
    '\u00a0=1+1',
    '\u200b=1+1',
    '\ufeff=1+1',
    '\uff1dcmd',
    '\uff0b1',
    '\uff0d1',
    '\uff20SUM(A1)',
    '=HYPERLINK("https://example.com","x")',
    "'=1+1",
    "''@x",
  ])('puts an apostrophe before %j, and takes it off again', (text) => {
    expect(neutralised(text).startsWith(`'`)).toBe(true);
    expect(neutralised(text)).not.toBe(text);
    expect(restored(neutralised(text))).toBe(text);
  });

  it.each(['Ana;=1+1', 'Ana\t=1+1', 'Ana\n=1+1', 'a; @x', 'a;\uff1dx'])(
    'also where another delimiter would begin a cell: %j',
    (text) => {
      expect(neutralised(text)).toMatch(/[;\t\n]'/);
      expect(restored(neutralised(text))).toBe(text);
    },
  );

  it.each([
    '',
    'Ana',
    "O'Neil",
    "'Ana'",
    '(312) 555-0123',
    'Smith-Jones',
    'a=b',
    '12 Oak Street, @ the corner',
    '1850.00',
  ])('leaves %j alone', (text) => {
    expect(neutralised(text)).toBe(text);
    expect(restored(text)).toBe(text);
  });

  it('comes back to the same text for any text, and never begins like a formula', () => {
    const character = fc.constantFrom(
      "'",
      '=',
      '+',
      '-',
      '@',
      ';',
      '\t',
      '\r',
      '\n',
      ' ',
      'a',
      '1',
      '\uff1d',
      '\u200b',
    );
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
        expect(restored(neutralised(text))).toBe(text);
        expect(neutralised(text)).not.toMatch(/(^|[;\t\r\n])\s*[=+\-@\uff1d]/);
      }),
      { numRuns: 5000 },
    );
  });
});
