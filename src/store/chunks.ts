/** SQLite takes a limited number of values in a statement, and no statement may hold the thread for long. */
const CHUNK = 100;

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
  for (let from = 0; from < values.length; from += CHUNK) await work(values.slice(from, from + CHUNK));
}
