import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { plainPath, walk } from '../../src/connect/plain-path.ts';

describe('a path of names', () => {
  it.each(['person.email', 'Email', '_a.b_1', ' tenant.ids '])('is known: %s', (text) => {
    expect(plainPath(text)).not.toBeNull();
  });

  it.each(['person.email & "x"', 'a[0]', '$x', 'true', 'a.in', 'a..b', '"a"', '1', 'a.b-c', '$', ''])(
    'is nothing else: %s',
    (text) => {
      expect(plainPath(text)).toBeNull();
    },
  );

  it('leads where JSONata goes', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'toString', 'constructor');
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(1, 'text', true, null, ''),
        fc.dictionary(name, tie('any'), { maxKeys: 3, noNullPrototype: true }),
        fc.array(tie('any'), { maxLength: 2 }),
      ),
    })).any;
    const property = fc.asyncProperty(
      fc.array(name, { minLength: 1, maxLength: 4 }),
      fc.dictionary(name, value, { noNullPrototype: true }),
      async (names, scope) => {
        const walked = walk(names, scope);
        // What every object inherits JSONata finds, and we do not: nobody means it.
        fc.pre(walked === null || walked.found !== undefined || !names.some((one) => one in {}));
        if (walked !== null) expect(walked.found).toEqual(await jsonata(names.join('.')).evaluate(scope));
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });
});
