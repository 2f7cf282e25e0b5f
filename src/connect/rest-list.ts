/** A list of a PMS, page by page. */
import type { CompiledList, CompiledPage } from './compile-requests.ts';
import { samePageAgain, tooManyAlike } from './rest-faults.ts';
import { asList } from './rest-remote.ts';
import type { PageScope, RequestScope, Send } from './rest-send.ts';

/** So many pages of hits are no lookup any more. */
const MOST_PAGES = 20;

/** Every page, each with its records. */
export async function* pagesOf(
  send: Send,
  list: CompiledList,
  scope: RequestScope,
  label: string,
): AsyncGenerator<unknown[]> {
  const { page } = list;
  let cursor: string | number | undefined;
  let before = '';
  for (let turn = 0; ; turn += 1) {
    const at = page === null ? null : placeOf(page, turn, cursor);
    const given = at === null ? scope : { ...scope, page: at };
    const { body } = await send(list, given, 'json', page === null || at === null ? {} : queryOf(page, at));
    // A 204: there is nothing, not even a list.
    const records = body === null ? [] : asList(await list.records.evaluate(body));
    yield records;
    if (page === null || records.length === 0) return;
    const now = JSON.stringify(records);
    if (now === before) throw samePageAgain(label);
    before = now;
    if (page.next === null) {
      if (records.length < (page.spec.size ?? 0)) return;
      continue;
    }
    const next = await page.next.evaluate(body);
    if ((typeof next !== 'string' && typeof next !== 'number') || next === '') return;
    if (next === cursor) throw samePageAgain(label);
    cursor = next;
  }
}

/** Everything that a lookup hits; `everyone`: it lists all there are, by design. */
export async function recordsOf(
  send: Send,
  list: CompiledList,
  scope: RequestScope,
  label: string,
  everyone: boolean,
): Promise<unknown[]> {
  const all: unknown[] = [];
  let pages = 0;
  for await (const records of pagesOf(send, list, scope, label)) {
    pages += 1;
    if (pages > MOST_PAGES && !everyone) throw tooManyAlike(label);
    all.push(...records);
  }
  return all;
}

function placeOf({ spec }: CompiledPage, turn: number, cursor: string | number | undefined): PageScope {
  return {
    size: spec.size,
    offset: turn * (spec.size ?? 0),
    number: spec.first + turn,
    ...(cursor === undefined ? {} : { cursor }),
  };
}

function queryOf({ spec }: CompiledPage, at: PageScope): Record<string, string | number> {
  if (spec.in === 'body') return {};
  const size = spec.size === undefined ? {} : { [spec.limit]: spec.size };
  if (spec.next !== undefined)
    return { ...size, ...(at.cursor === undefined ? {} : { [spec.cursor ?? '']: at.cursor }) };
  if (spec.number !== undefined) return { ...size, [spec.number]: at.number };
  return { ...size, [spec.offset]: at.offset };
}
