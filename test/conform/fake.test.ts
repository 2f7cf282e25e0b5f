import { describe, expect, it } from 'vitest';
import {
  contains,
  createPeople,
  object,
  pageByNumber,
  pageByOffset,
  routed,
  usPhone,
} from '../../src/conform/fake.ts';

const request = (method: string, path: string) => ({ method, path, query: {}, headers: {}, body: null });

describe('routed', () => {
  const answer = routed(
    {
      'GET /people/{id}': ({ params }) => ({ status: 200, body: params.id }),
      'PUT /people/{id}/applications/{item}': ({ params }) => ({ status: 200, body: params }),
      'GET /people/search': () => ({ status: 418 }),
    },
    ({ path }) => ({ status: 404, body: path }),
  );

  it('finds the first line that fits, and hands over what stands in the braces', () => {
    expect(answer(request('GET', '/people/a%20b'))).toEqual({ status: 200, body: 'a b' });
    expect(answer(request('PUT', '/people/7/applications/9')).body).toEqual({ id: '7', item: '9' });
    expect(answer(request('GET', '/people/search')).status).toBe(200);
  });

  it('tells methods, lengths and empty parts apart', () => {
    for (const [method, path] of [
      ['POST', '/people/7'],
      ['GET', '/people'],
      ['GET', '/people/'],
      ['GET', '/people/7/notes'],
    ] as const)
      expect(answer(request(method, path))).toEqual({ status: 404, body: path });
  });
});

describe('the small tools', () => {
  it('cut pages as queries ask for them', () => {
    const all = [1, 2, 3, 4, 5];
    expect(pageByOffset(all, '2', '2')).toEqual([3, 4]);
    expect(pageByOffset(all, undefined, undefined)).toEqual(all);
    expect(pageByNumber(all, '2', '2')).toEqual([3, 4]);
    expect(pageByNumber(all, '0', '2', { first: 0 })).toEqual([1, 2]);
    expect(pageByNumber(all, '4', '2')).toEqual([]);
  });

  it('compare and write as a PMS does', () => {
    expect(contains('Ana.Ruiz@example.com', 'ruiz@')).toBe(true);
    expect(contains(null, 'a')).toBe(false);
    expect(usPhone('+15125550143')).toBe('(512) 555-0143');
    expect(usPhone('+442079460000')).toBe('+442079460000');
    expect(object([1])).toEqual({});
    expect(object({ a: 1 })).toEqual({ a: 1 });
  });
});

describe('createPeople', () => {
  it('keeps records by kind, and says when they were changed', () => {
    let at = 0;
    const people = createPeople<null>(() => new Date(at));
    const ana = people.make('applicant', { name: 'Ana' }, null);
    people.make('tenant', { name: 'Ben' }, null);
    at = 1000;
    people.change(ana, { name: 'Anna' });
    expect(people.get('applicant', ana.id)).toMatchObject({
      fields: { name: 'Anna' },
      createdAt: '1970-01-01T00:00:00.000Z',
      changedAt: '1970-01-01T00:00:01.000Z',
    });
    expect(people.get('tenant', ana.id)).toBeUndefined();
    expect(people.shown('tenant')).toMatchObject([{ fields: { name: 'Ben' }, notes: [], decision: null }]);
  });

  it('shows copies, so that what was seen stays as it was', () => {
    const people = createPeople<null>(() => new Date());
    const ana = people.make('applicant', { name: 'Ana' }, null);
    const [before] = people.shown('applicant');
    people.change(ana, { name: 'Anna' });
    ana.notes.push('later');
    expect(before).toMatchObject({ fields: { name: 'Ana' }, notes: [] });
  });
});
