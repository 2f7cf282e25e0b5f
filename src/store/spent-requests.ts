/** Requests that a connection has spent in windows of time that its PMS allows: what a restart must not forget. */
import type { Knex } from 'knex';
import type { Ledger } from '../http/limiter.ts';

export interface SpentRequestStore {
  /** Slots are counted from 1970 in tenths of the window. */
  of(connection: string): Ledger;
}

interface Row {
  slot: number;
  requests: number;
}

/** A window has ten slots, and one that has begun. */
const KEPT_SLOTS = 11;

export function createSpentRequestStore(knex: Knex): SpentRequestStore {
  return {
    of: (connection) => ({
      async spent(seconds, slot) {
        const rows: Row[] = await knex('spent_requests')
          .where({ connection, seconds })
          .where('slot', '>=', slot)
          .select('slot', 'requests');
        // PostgreSQL gives big integers as text.
        return rows.map((row) => ({ slot: Number(row.slot), requests: row.requests }));
      },
      async reserve(seconds, slot, requests) {
        await knex('spent_requests')
          .insert({ connection, seconds, slot, requests })
          .onConflict(['connection', 'seconds', 'slot'])
          .merge();
        await knex('spent_requests')
          .where({ connection, seconds })
          // What is not past is of a clock that was set back since.
          .where((row) => row.where('slot', '<', slot - KEPT_SLOTS).orWhere('slot', '>', slot))
          .delete();
      },
    }),
  };
}
