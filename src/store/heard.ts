/** On which days Boom sent something: what is usual is told from them. */
import type { Knex } from 'knex';

export interface HeardStore {
  /** When the last message of each of the last days with one was received, newest first; days and times in UTC. */
  days(): Promise<string[]>;
}

const MOST_DAYS = 40;

interface Heard {
  id: number;
  at: string;
}

export function createHeardStore(knex: Knex): HeardStore {
  /** The last message seen of the newest day, and of the days before, which do not change any more. */
  let known: Heard[] = [];

  async function lastBefore(later: Heard | null): Promise<Heard | null> {
    const row = await knex('inbox')
      .where({ source: 'webhook' })
      .modify((query) => {
        if (later !== null) query.where('id', '<', later.id).where('received_at', '<', dayOf(later));
      })
      .orderBy('id', 'desc')
      .first('id', 'received_at');
    return row ? { id: Number(row.id), at: row.received_at } : null;
  }

  return {
    async days() {
      const newest = await lastBefore(null);
      if (newest === null) return [];
      const [before, ...earlier] = known;
      if (before === undefined || dayOf(before) !== dayOf(newest)) {
        earlier.length = 0;
        for (
          let day = await lastBefore(newest);
          day !== null && earlier.length + 1 < MOST_DAYS;
          day = await lastBefore(day)
        )
          earlier.push(day);
      }
      known = [newest, ...earlier];
      return known.map(({ at }) => at);
    },
  };
}

const dayOf = ({ at }: Heard) => at.slice(0, 10);
