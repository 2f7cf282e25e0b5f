/** Messages of a kind that this version does not know, by what Boom calls it, until somebody dismisses the kind. */
import type { Knex } from 'knex';
import { PUT_ASIDE } from './inbox.ts';

export interface UnknownKind {
  /** Boom's name for it, as received. */
  wireEvent: string;
  count: number;
  /** The id of the newest of them, and when it came: UTC ISO 8601. */
  newest: number;
  newestAt: string;
}

export interface UnknownKindStore {
  /** The kind that came last first. */
  open(options: { limit: number }): Promise<UnknownKind[]>;
  /** Whatever else comes of that kind is not told either. The messages stay, for a version that knows them. */
  dismiss(wireEvent: string, at: string): Promise<void>;
}

export function createUnknownKindStore(knex: Knex): UnknownKindStore {
  return {
    async open({ limit }) {
      // Written out as the index of these has it: with a parameter SQLite would not know that it is meant.
      const kinds: { wire_event: string; n: number | string; newest: number | string }[] = await knex('inbox')
        .whereRaw(`status = 'ignored' and wire_event is not null and detail <> '${PUT_ASIDE}'`)
        .whereNotIn('wire_event', knex('dismissed_kinds').select('wire_event'))
        .groupBy('wire_event')
        .orderBy('newest', 'desc')
        .limit(limit)
        .select('wire_event', knex.raw('count(*) as n'), knex.raw('max(id) as newest'));
      const ids = kinds.map(({ newest }) => Number(newest));
      const rows: { id: number | string; received_at: string }[] = await knex('inbox')
        .whereIn('id', ids)
        .select('id', 'received_at');
      const times = new Map(rows.map(({ id, received_at: at }) => [Number(id), at]));
      return kinds.map(({ wire_event: wireEvent, n, newest }) => ({
        wireEvent,
        count: Number(n),
        newest: Number(newest),
        newestAt: times.get(Number(newest)) ?? '',
      }));
    },
    async dismiss(wireEvent, at) {
      await knex('dismissed_kinds')
        .insert({ wire_event: wireEvent, dismissed_at: at })
        .onConflict('wire_event')
        .ignore();
    },
  };
}
