import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { plainPath } from '../../src/connect/plain-path.ts';

const name = fc.constantFrom('a', 'b', 'c', 'toString', 'constructor');
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(1, 'text', true, null, ''),
    fc.dictionary(name, tie('any'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(tie('any'), { maxLength: 2 }),
  ),
})).any;
const entry = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom('text', 'other', 1) }, value),
  { noNullPrototype: true },
);

async function leadsWhereJsonataGoes(text: string, scope: unknown) {
  const walked = plainPath(text)?.(scope) ?? null;
  // What every object inherits JSONata finds, and we do not: nobody means it.
  fc.pre(walked === null || walked.found !== undefined || !/toString|constructor/.test(text));
  if (walked !== null) expect(walked.found).toEqual(await jsonata(text).evaluate(scope));
}

describe('a path of names', () => {
  it.each([
    '$',
    'person.email',
    'Email',
    '_a.b_1',
    ' tenant.ids ',
    'Phones[Type = "Home"][0].Number',
    'Values[Name = "Boom ID"][0].Value',
  ])('is known: %s', (text) => {
    expect(plainPath(text)).not.toBeNull();
  });

  it.each([
    'person.email & "x"',
    'a[0]',
    '$x',
    'true',
    'a.in',
    'a..b',
    '"a"',
    '1',
    'a.b-c',
    '$.a',
    '',
    'a[b = "x"]',
    'a[b = "x"][1].c',
    'a[in = "x"][0].c',
    'a[b = "\\n"][0].c',
  ])('is nothing else: %s', (text) => {
    expect(plainPath(text)).toBeNull();
  });

  it('leads where JSONata goes', async () => {
    const property = fc.asyncProperty(
      fc.array(name, { minLength: 1, maxLength: 4 }),
      fc.dictionary(name, value, { noNullPrototype: true }),
      (names, scope) => leadsWhereJsonataGoes(names.join('.'), scope),
    );
    await fc.assert(property, { numRuns: 500 });
  });

  it('and so does all there is', async () => {
    await fc.assert(fc.asyncProperty(value, (scope) => leadsWhereJsonataGoes('$', scope)));
  });

  it('to the first that fits as well', async () => {
    const entries = fc.oneof({ weight: 4, arbitrary: fc.array(entry, { maxLength: 4 }) }, value);
    const property = fc.asyncProperty(fc.record({ a: entries }, { requiredKeys: [] }), (scope) =>
      leadsWhereJsonataGoes('a[b = "text"][0].c', scope),
    );
    await fc.assert(property, { numRuns: 1_000 });
    const two = {
      a: [
        { b: 'other', c: 1 },
        { b: 'text', c: 2 },
        { b: 'text', c: 3 },
      ],
    };
    expect(plainPath('a[b = "text"][0].c')?.(two)).toEqual({ found: 2 });
  });
});
