/**
 * Request ids are random, so that each would land on a page of its own in their index, and every page that changed
 * is written before a delivery is answered. They are therefore entered when the event is projected, where nobody
 * waits; until then its row is *unfiled*, and this remembers which ids those rows carry.
 */
import type { Steps } from './sqlite-client.ts';

/** About five megabytes; what comes while so many wait is filed at once. */
const MOST_REMEMBERED = 50_000;
/** Fewer are not worth asking which of them have been filed meanwhile. */
const FEWEST_TO_FORGET = 1_000;
/** Rows at once. */
const PAGE = 1_000;

interface Row {
  id: number;
  account: string;
  requestId: string | null;
  filed: number;
}

/**
 * Never trusted beyond where to look: it may know rows that have been filed or are gone, but it knows every row that is
 * unfiled, whoever wrote it, because each look begins with what was committed since the last one.
 */
export class Unfiled {
  /** By account and request id, oldest first. */
  readonly #ids = new Map<string, number>();
  #upTo = 0;
  #forgetAt = FEWEST_TO_FORGET;

  /** Whether one more may be left unfiled. */
  get hasRoom(): boolean {
    return this.#ids.size < MOST_REMEMBERED;
  }

  /** The row that carries this id, if it is unfiled. */
  idOf(account: string, requestId: string): number | undefined {
    return this.#ids.get(keyOf(account, requestId));
  }

  /** To be run first in every transaction that appends. */
  *catchUp(): Steps<void> {
    for (let rows: Row[] | null = null; rows === null || rows.length === PAGE; ) {
      // Without a condition on `filed`: what has been passed once is never read again.
      rows = (yield {
        sql: `select id, account, request_id as "requestId", filed from inbox
              where status = 'received' and id > ? order by id limit ${PAGE}`,
        bindings: [this.#upTo],
      }) as Row[];
      for (const { id, account, requestId, filed } of rows) {
        if (filed === 0 && requestId !== null) this.#ids.set(keyOf(account, requestId), id);
        this.#upTo = id;
      }
    }
    if (this.#ids.size >= this.#forgetAt) yield* this.#forget();
  }

  /** Events are projected oldest first: those before the oldest that is unfiled have been filed. */
  *#forget(): Steps<void> {
    const [oldest = 0] = this.#ids.values();
    const [row] = (yield {
      sql: `select id from inbox where status = 'received' and id >= ? and filed = 0 and request_id is not null
            order by id limit 1`,
      bindings: [oldest],
    }) as { id: number }[];
    for (const [key, id] of this.#ids) {
      if (row !== undefined && id >= row.id) break;
      this.#ids.delete(key);
    }
    this.#forgetAt = Math.min(MOST_REMEMBERED, Math.max(FEWEST_TO_FORGET, 2 * this.#ids.size));
  }
}

function keyOf(account: string, requestId: string): string {
  return `${account}\0${requestId}`;
}
