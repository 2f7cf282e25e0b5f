import { describe, expect, expectTypeOf, it } from 'vitest';
import { type Plain, pick, type Shape } from '../../../src/boom/api/pick.ts';

const SHAPE = {
  id: 'id',
  name: 'text',
  rent: 'value',
  address: { line: 'text' },
  people: [{ id: 'id', email: 'text' }],
  merged: ['id'],
} as const satisfies Shape;

describe('what is taken of an object', () => {
  it('is what its shape lists, at every depth', () => {
    const sent = {
      id: 'a1',
      name: 'Oak',
      dob: '1990-01-01',
      rent: 12.5,
      address: { line: '1 Main St', access_key: 'k', lat: 1 },
      people: [{ id: 7, email: 'ann@example.com', verifications: [{ score: 1 }] }],
      merged: ['a2', 3],
    };
    expect(pick(SHAPE, sent)).toEqual({
      id: 'a1',
      name: 'Oak',
      rent: 12.5,
      address: { line: '1 Main St' },
      people: [{ id: '7', email: 'ann@example.com' }],
      merged: ['a2', '3'],
    });
  });

  it('is in the order of the shape, so that one record is one text', () => {
    const sent = { rent: 1, address: { line: 'x' }, name: 'Oak', id: 1 };
    const turned = { id: 1, name: 'Oak', address: { line: 'x' }, rent: 1 };
    expect(JSON.stringify(pick(SHAPE, sent))).toBe(JSON.stringify(pick(SHAPE, turned)));
  });

  it('keeps null, and leaves out what is not there or has a form that cannot be read', () => {
    expect(pick(SHAPE, { id: null, people: null, address: null })).toEqual({
      id: null,
      people: null,
      address: null,
    });
    const strange = {
      id: {},
      name: { dob: 'x' },
      rent: { score: 1 },
      people: 'Ann',
      merged: {},
      address: [],
    };
    expect(pick(SHAPE, strange)).toEqual({});
    expect(pick(SHAPE, { people: [null, 'Ann', { id: 1 }], merged: [null, {}, 4] })).toEqual({
      people: [{ id: '1' }],
      merged: ['4'],
    });
  });

  it('takes a plain value in the place of an object', () => {
    expect(pick(SHAPE, { address: '1 Main St' })).toEqual({ address: '1 Main St' });
  });

  it.each([
    [7, '7'],
    ['007', '007'],
    [' a ', 'a'],
    ['', undefined],
    [1.5, undefined],
    [2 ** 60, undefined],
    [true, undefined],
  ])('makes of the id %j the text %j', (sent, id) => {
    expect(pick(SHAPE, { id: sent })?.id).toBe(id);
  });

  it('takes nothing that an object inherits', () => {
    expect(pick(SHAPE, Object.create({ id: 'a1' }))).toEqual({});
    expect(pick({ id: 'id' }, JSON.parse('{"__proto__": {"id": "a1"}}'))).toEqual({});
  });

  it.each([[null], ['text'], [7], [[{ id: 1 }]], [undefined]])('of %j is nothing', (sent) => {
    expect(pick(SHAPE, sent)).toBeNull();
  });

  it('has the types of its shape', () => {
    const taken = pick(SHAPE, {});
    expectTypeOf(taken?.id).toEqualTypeOf<string | null | undefined>();
    expectTypeOf(taken?.rent).toEqualTypeOf<Plain | null | undefined>();
    expectTypeOf(taken?.merged).toEqualTypeOf<string[] | null | undefined>();
    expect(taken).toEqual({});
  });
});
