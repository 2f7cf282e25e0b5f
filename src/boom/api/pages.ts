/**
 * Boom's lists, page by page. Their envelopes differ, so the end is told by whatever is there: `has_more`, the number
 * of pages, or a page that is shorter than the one before: how many Boom puts on one at most it does not say. Only page numbers are sent; a link in an answer is never followed.
 */
import { createHash } from 'node:crypto';
import { PushError } from '../../http/push-error.ts';

export const PER_PAGE = 100;

/** Ten million records. */
const MOST_PAGES = 100_000;

/** The names that lists have in their envelopes. */
const LISTS = ['items', 'activity_logs', 'issues'];

export interface Page<T> {
  items: T[];
  /** Starts with 1. */
  page: number;
  /** How many there are; null where Boom does not say. */
  pages: number | null;
}

/** What to add to the query. */
export type PageQuery = { page?: number; per_page?: number };

/**
 * The pages with their raw items. `whole`: a list that Boom documents without pages; more of it is asked for only
 * where the answer says that there is more, in pages of Boom's size.
 * @throws PushError `transient` for what is no list, and for a list that does not come to an end.
 */
export async function* pages(
  ask: (query: PageQuery) => Promise<unknown>,
  { whole = false, fromPage = 1 } = {},
): AsyncGenerator<Page<unknown>, void, undefined> {
  let before = '';
  let longest = 0;
  for (let page = fromPage; page <= MOST_PAGES; page += 1) {
    const body = await ask(whole ? (page === 1 ? {} : { page }) : { page, per_page: PER_PAGE });
    const items = itemsOf(body);
    if (items === null)
      throw listFault(
        'gave an answer that holds no list, where we expect one',
        'It is tried again by itself.',
      );
    const { more, count } = endOf(body, page);
    const goesOn = more ?? (!whole && items.length > 0 && items.length >= longest);
    const print = createHash('sha256').update(JSON.stringify(items)).digest('base64');
    // A list that knows no pages and is short answers each of them with all of it.
    if (print === before && more === null && items.length < PER_PAGE) return;
    if (print === before || (more === true && items.length === 0)) break;
    before = print;
    longest = Math.max(longest, items.length);
    yield { items, page, pages: count };
    if (!goesOn) return;
  }
  throw listFault(
    'gave a list that does not come to an end',
    'It is tried again by itself; if it stays, tell Boom.',
  );
}

export function itemsOf(body: unknown): unknown[] | null {
  if (Array.isArray(body)) return body;
  if (typeof body !== 'object' || body === null) return null;
  const envelope = body as Record<string, unknown>;
  return LISTS.map((name) => envelope[name]).find((list) => Array.isArray(list)) ?? null;
}

/** Nulls where the envelope does not say. Numbers and booleans may come as strings. */
function endOf(body: unknown, page: number): { more: boolean | null; count: number | null } {
  if (typeof body !== 'object' || body === null) return { more: null, count: null };
  const { has_more, page_count, last_page } = body as Record<string, unknown>;
  const count = countOf(page_count) ?? countOf(last_page);
  return { more: booleanOf(has_more) ?? (count === null ? null : page < count), count };
}

function booleanOf(value: unknown): boolean | null {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : null;
}

function countOf(value: unknown): number | null {
  if (typeof value !== 'number' && !(typeof value === 'string' && /^\d+$/.test(value))) return null;
  return Number(value);
}

function listFault(what: string, remedy: string): PushError {
  return new PushError('transient', `Boom ${what}.`, { remedy });
}
