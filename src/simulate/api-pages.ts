/** Pages of a list, in the envelopes that Boom's two API descriptions have. */

const MOST_A_PAGE = 1_000;

/** The screening API: with counts. */
export function counted<T>(
  all: readonly T[],
  query: URLSearchParams,
  perPage: number,
  show: (one: T) => object,
) {
  const { page, size } = pageOf(query, perPage);
  const pages = Math.ceil(all.length / size);
  return {
    total_count: all.length,
    page_count: pages,
    current_page: page,
    has_more: page < pages,
    items: all.slice((page - 1) * size, page * size).map(show),
  };
}

/** The rent reporting API: nothing but the items, so that only a short page says that it is the last. */
export function bare<T>(all: readonly T[], query: URLSearchParams, show: (one: T) => object) {
  const { page, size } = pageOf(query, 100);
  return { items: all.slice((page - 1) * size, page * size).map(show) };
}

function pageOf(query: URLSearchParams, perPage: number): { page: number; size: number } {
  const number = (name: string, usual: number) => Math.max(1, Math.trunc(Number(query.get(name))) || usual);
  return { page: number('page', 1), size: Math.min(MOST_A_PAGE, number('per_page', perPage)) };
}
