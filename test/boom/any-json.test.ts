import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_NAMES } from '../../src/boom/events.ts';
import { createNormaliser, type Normalise } from '../../src/boom/normalise.ts';
import { sampleOf } from '../../src/boom/samples.ts';
import { DOCUMENTED_KEYS } from '../../src/boom/schemas.ts';
import { eventOf, US } from './fixtures.ts';

let normalise: Normalise;
beforeAll(async () => {
  normalise = await createNormaliser();
});

const name = fc.constantFrom(...EVENT_NAMES);
const key = fc.constantFrom(...DOCUMENTED_KEYS, '__proto__', 'constructor', 'toString');
const odd = fc.constantFrom<unknown>(
  '\u0000',
  '\ud800',
  'a\udfffb',
  Number.POSITIVE_INFINITY,
  -0,
  '1e999',
  '',
  [[]],
);
const text = fc.string({ unit: 'binary' });

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    odd,
    text,
    fc.jsonValue(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6 }),
  ),
}));

describe('any JSON', () => {
  it('never throws, and what comes of it can be stored', () => {
    fc.assert(
      fc.property(name, fc.dictionary(key, value), (event, fields) => {
        for (const body of [{ ...fields, event }, { event, data: fields }, fields]) {
          const result = normalise(body, US);
          const stored = JSON.stringify(result);
          expect(JSON.parse(stored)).toEqual(result);
          expect(/\\u0000|\\ud[89a-f]/.test(stored)).toBe(false);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('never throws on what is no object', () => {
    fc.assert(
      fc.property(fc.oneof(value, fc.jsonValue()), (body) => {
        expect(typeof normalise(body, US).ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });

  it.each(EVENT_NAMES)('%s takes one odd field for null, and reads the others', (event) => {
    const sample = sampleOf(event);
    for (const field of Object.keys(sample).filter((one) => one !== 'event')) {
      for (const wrong of [{ x: 1 }, [[1]], true, Number.POSITIVE_INFINITY, '\u0000']) {
        const result = normalise({ ...sample, [field]: wrong }, US);
        if (result.ok) expect(result.event.name).toBe(event);
        else expect(result.reason).toContain(field);
      }
    }
  });

  it('nested without end is read as far as any payload goes', () => {
    const depth = 120_000;
    for (const field of ['applicants', 'data', 'unit', 'pets']) {
      const deep = JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`) as unknown;
      const objects = JSON.parse(`${`{"${field}":`.repeat(5_000)}1${'}'.repeat(5_000)}`) as unknown;
      for (const nested of [deep, objects]) {
        expect(normalise({ ...sampleOf('applicant_receipt'), [field]: nested }, US).ok).toBe(true);
      }
    }
  });

  it('changes no prototype', () => {
    const body = JSON.parse(
      '{"event":"application_approved","id":1,"__proto__":{"email":"evil@example.com"},"unit":{"__proto__":{"title":"x"}}}',
    ) as unknown;
    expect(eventOf(normalise, body)).toMatchObject({ people: [], application: { id: '1', unit: null } });
    expect('email' in {}).toBe(false);
  });
});

describe('the spelling of keys', () => {
  const separators = fc.constantFrom('_', '-', '.', ' ', '');
  const respelled = (wire: unknown, one: (key: string) => string): unknown => {
    if (Array.isArray(wire)) return wire.map((item) => respelled(item, one));
    if (typeof wire !== 'object' || wire === null) return wire;
    return Object.fromEntries(Object.entries(wire).map(([k, item]) => [one(k), respelled(item, one)]));
  };

  it('changes nothing in any delivery', () => {
    fc.assert(
      fc.property(
        name,
        separators,
        fc.infiniteStream(fc.boolean()),
        fc.boolean(),
        (event, separator, upper, wrapped) => {
          const sample = sampleOf(event);
          const letter = (one: string) => (upper.next().value ? one.toUpperCase() : one);
          const spelled = respelled(sample, (k) => [...k.replaceAll('_', separator)].map(letter).join(''));
          const body = wrapped ? { data: spelled } : spelled;
          expect(JSON.stringify(eventOf(normalise, body))).toBe(JSON.stringify(eventOf(normalise, sample)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
