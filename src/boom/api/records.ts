/** Records and lists of one shape, out of Boom's answers. `template`: the path under `/partner/v1`. */
import { PushError } from '../../http/push-error.ts';
import type { WithId } from './objects.ts';
import { type Page, pages } from './pages.ts';
import { type Picked, pick, pickEach, type Shape } from './pick.ts';
import type { Query, Reader, ReaderOptions } from './reader.ts';

export function recordReader(reader: Reader, { account, log }: Pick<ReaderOptions, 'account' | 'log'>) {
  async function one<S extends Shape>(template: string, id: string, shape: S): Promise<WithId<S> | null> {
    const body = await found(id, () => reader.get(template, id, {}));
    if (body === null) return null;
    const object = pick(shape, body);
    if (object !== null && hasId(object)) return object;
    throw new PushError('invalid', 'Boom gave an answer without the record that we asked for.', {
      remedy: 'Look whether the record is still in Boom; if it is, tell Boom’s partner support.',
    });
  }

  async function* all<S extends Shape>(
    template: string,
    shape: S,
    fromPage: number | undefined,
    filter: Record<string, string | null | undefined> = {},
  ): AsyncGenerator<Page<WithId<S>>, void, undefined> {
    const query = given(filter);
    const ask = (page: Query) => reader.get(template, null, { ...query, ...page });
    for await (const { items, ...place } of pages(ask, fromPage === undefined ? {} : { fromPage }))
      yield { ...place, items: withIds(template, shape, items) };
  }

  /** Everything that belongs to one record; null where there is no such record. */
  function listOf(template: string, id: string, { whole }: { whole: boolean }): Promise<unknown[] | null> {
    return found(id, async () => {
      const gathered: unknown[] = [];
      for await (const { items } of pages((page) => reader.get(template, id, page), { whole }))
        gathered.push(...items);
      return gathered;
    });
  }

  function withIds<S extends Shape>(template: string, shape: S, items: unknown[]): WithId<S>[] {
    const objects = pickEach(shape, items).filter(hasId);
    const left = items.length - objects.length;
    if (left > 0) log.warn({ account, path: template, left }, 'left out what Boom listed without an id');
    return objects;
  }

  return { one, all, listOf };
}

/** What Boom answers of a record; null where there is none of that id, or where the id could be no part of a path. */
async function found<T>(id: string, read: () => Promise<T>): Promise<T | null> {
  if (id.length > 200 || /^\.{0,2}$|\p{Cs}/u.test(id)) return null;
  try {
    return await read();
  } catch (error) {
    if (error instanceof PushError && error.kind === 'not_found') return null;
    throw error;
  }
}

function hasId<S extends Shape>(object: Picked<S>): object is WithId<S> {
  return typeof object.id === 'string';
}

function given(filter: Record<string, string | null | undefined>): Query {
  const query: Query = {};
  for (const [name, value] of Object.entries(filter))
    if (value !== null && value !== undefined) query[name] = value;
  return query;
}
