import { describe, expect, it } from 'vitest';
import { itemsOf, type PageQuery, pages } from '../../../src/boom/api/pages.ts';
import { faultOf } from '../../connect/support.ts';
import { gathered } from './server.ts';

const full = (page: number) => Array.from({ length: 100 }, (_, at) => ({ id: page * 100 + at }));
const short = (page: number) => full(page).slice(0, 7);

function listOf(answer: (page: number) => unknown, options: { whole?: boolean; fromPage?: number } = {}) {
  const asked: PageQuery[] = [];
  const ask = async (query: PageQuery) => {
    asked.push(query);
    return answer(query.page ?? 1);
  };
  return { asked, read: () => gathered(pages(ask, options)) };
}

describe('a list', () => {
  it.each([
    ['has_more', (page: number) => ({ items: full(page), has_more: page < 3 })],
    ['has_more, as text', (page: number) => ({ items: full(page), has_more: page < 3 ? 'true' : 'false' })],
    ['page_count', (page: number) => ({ items: full(page), page_count: 3 })],
    ['page_count, as text', (page: number) => ({ items: full(page), page_count: '3' })],
    ['last_page', (page: number) => ({ items: full(page), current_page: page, last_page: 3 })],
    ['a page that is not full', (page: number) => ({ items: page < 3 ? full(page) : short(page) })],
    ['a bare array that is not full', (page: number) => (page < 3 ? full(page) : short(page))],
    ['activity_logs', (page: number) => ({ activity_logs: full(page), has_more: page < 3 })],
  ])('ends by %s', async (_, answer) => {
    const { asked, read } = listOf(answer);
    const items = await read();
    expect(asked).toEqual([1, 2, 3].map((page) => ({ page, per_page: 100 })));
    expect(items.length).toBeGreaterThan(200);
    expect(new Set(items.map((item) => JSON.stringify(item))).size).toBe(items.length);
  });

  it('believes has_more where a page is short', async () => {
    const { asked, read } = listOf((page) => ({ items: short(page), has_more: page < 4, page_count: 1 }));
    expect(await read()).toHaveLength(28);
    expect(asked).toHaveLength(4);
  });

  it('of exactly one full page ends with an empty one', async () => {
    const { asked, read } = listOf((page) => ({ items: page === 1 ? full(1) : [] }));
    expect(await read()).toHaveLength(100);
    expect(asked).toHaveLength(2);
  });

  it('that says nothing of its end is read on where Boom puts fewer on a page than we ask for', async () => {
    const twenty = (page: number) => full(page).slice(0, 20);
    const { asked, read } = listOf((page) => ({ items: page < 4 ? twenty(page) : short(page) }));
    expect(await read()).toHaveLength(67);
    expect(asked).toHaveLength(4);
  });

  it('that is short and knows no pages is taken once', async () => {
    const { asked, read } = listOf(() => ({ items: short(1) }));
    expect(await read()).toHaveLength(7);
    expect(asked).toHaveLength(2);
  });

  it('may be empty', async () => {
    expect(await listOf(() => ({ items: [], has_more: false, page_count: 0 })).read()).toEqual([]);
  });

  it('that Boom gives whole is asked for once, and without pages', async () => {
    const { asked, read } = listOf(() => ({ issues: full(1) }), { whole: true });
    expect(await read()).toHaveLength(100);
    expect(asked).toEqual([{}]);
  });

  it('that Boom gave whole once and gives in pages now is read to its end', async () => {
    const { asked, read } = listOf((page) => ({ activity_logs: short(page), has_more: page < 2 }), {
      whole: true,
    });
    expect(await read()).toHaveLength(14);
    expect(asked).toEqual([{}, { page: 2 }]);
  });

  it('says of each page which it is, and of how many, and can be gone on with', async () => {
    const answer = (page: number) => ({ items: short(page), page_count: '3' });
    const places: [number, number | null][] = [];
    const ask = async (query: PageQuery) => answer(query.page ?? 0);
    for await (const { page, pages: count } of pages(ask, { fromPage: 2 })) places.push([page, count]);
    expect(places).toEqual([
      [2, 3],
      [3, 3],
    ]);
    const { asked, read } = listOf(() => ({ items: [] }), { fromPage: 4 });
    expect(await read()).toEqual([]);
    expect(asked).toEqual([{ page: 4, per_page: 100 }]);
    for await (const { pages: count } of pages(async () => ({ items: [], has_more: false })))
      expect(count).toBeNull();
  });

  it('is asked for only as far as it is gone through', async () => {
    const asked: PageQuery[] = [];
    const ask = async (query: PageQuery) => {
      asked.push(query);
      return { items: full(query.page ?? 0), has_more: true };
    };
    for await (const _ of pages(ask)) break;
    expect(asked).toHaveLength(1);
  });
});

describe('a list that does not end', () => {
  it.each([
    ['gives the same page again', () => ({ items: full(1), has_more: true }), 2],
    ['gives the same page again, with no word of more', () => ({ items: full(1) }), 2],
    ['promises more on an empty page', () => ({ items: [], has_more: true }), 1],
    ['goes round', (page: number) => ({ items: [{ id: page % 3 }], has_more: true }), 100_000],
  ])('and %s is an error', async (_, answer, times) => {
    const { asked, read } = listOf(answer);
    const fault = await faultOf(read());
    expect(fault.message).toBe('Boom gave a list that does not come to an end.');
    expect(fault.kind).toBe('transient');
    expect(asked).toHaveLength(times);
  });
});

describe('an answer that is no list', () => {
  it.each([[{}], [null], ['text'], [7], [{ items: 'none' }], [{ items: { 0: 'a' } }], [{ issue: [] }]])(
    '%j is an error',
    async (body) => {
      expect(itemsOf(body)).toBeNull();
      expect((await faultOf(listOf(() => body).read())).message).toContain('holds no list');
    },
  );
});
