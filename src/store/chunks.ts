import { chunks } from './sql.ts';

/** Runs `query` over `values` in chunks, one after the other, and joins the rows. */
export async function inChunks<V, Row>(
  values: readonly V[],
  query: (some: V[]) => PromiseLike<Row[]>,
): Promise<Row[]> {
  const all: Row[] = [];
  await eachChunk(values, async (some) => all.push(...(await query(some))));
  return all;
}

/** Runs `work` over `values` in chunks, one after the other. */
export async function eachChunk<V>(
  values: readonly V[],
  work: (some: V[]) => PromiseLike<unknown>,
): Promise<void> {
  for (const some of chunks(values)) await work(some);
}
