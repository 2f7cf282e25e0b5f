/** A list of a PMS, page by page. */
import type { CompiledList, CompiledPage } from './compile-requests.ts';
import type { ListEnd } from './list-end.ts';
import { asList } from './rest-remote.ts';
import type { PageScope, RequestScope, Send } from './rest-send.ts';

/** Every record of every page. Throws where `end` does. */
export async function* recordsOf(
  send: Send,
  list: CompiledList,
  scope: RequestScope,
  end: ListEnd,
): AsyncGenerator<unknown> {
  const { page } = list;
  let cursor: string | number | undefined;
  for (let turn = 0; ; turn += 1) {
    const at = page === null ? null : placeOf(page, turn, cursor);
    const given = at === null ? scope : { ...scope, page: at };
    const { body } = await send(list, given, 'json', page === null || at === null ? {} : queryOf(page, at));
    // A 204: there is nothing, not even a list.
    const records = body === null ? [] : asList(await list.records.evaluate(body));
    end.page(records);
    yield* records;
    if (page === null || records.length === 0) return;
    if (page.next === null) {
      if (records.length < (page.spec.size ?? 0)) return;
      continue;
    }
    const next = await page.next.evaluate(body);
    if ((typeof next !== 'string' && typeof next !== 'number') || next === '') return;
    end.cursor(next);
    cursor = next;
  }
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
