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

  async function lastUpTo(id: number): Promise<Heard | null> {
    const row = await knex('inbox')
      .where({ source: 'webhook' })
      .where('id', '<=', id)
      .orderBy('id', 'desc')
      .first('id', 'received_at');
    return row ? { id: Number(row.id), at: row.received_at } : null;
  }

  /**
   * The last message of the day before that one's. Steps back twice as far each time and then halves what it has
   * stepped over: a day may hold a million messages, and their times stand in no index.
   */
  async function lastOfDayBefore(later: Heard): Promise<Heard | null> {
    const isBefore = (one: Heard) => dayOf(one) < dayOf(later);
    let [ofDay, step] = [later.id, 1];
    let before = await lastUpTo(ofDay - step);
    while (before !== null && !isBefore(before)) {
      ofDay = before.id;
      step *= 2;
      before = await lastUpTo(ofDay - step);
    }
    for (let low = before?.id ?? 0; low + 1 < ofDay; ) {
      const middle = await lastUpTo(Math.floor((low + ofDay) / 2));
      if (middle === null || middle.id <= low) low = Math.floor((low + ofDay) / 2);
      else if (isBefore(middle)) {
        before = middle;
        low = middle.id;
      } else ofDay = middle.id;
    }
    return before;
  }

  return {
    async days() {
      const newest = await lastUpTo(Number.MAX_SAFE_INTEGER);
      if (newest === null) return [];
      const [before, ...earlier] = known;
      if (before === undefined || dayOf(before) !== dayOf(newest)) {
        earlier.length = 0;
        for (
          let day = await lastOfDayBefore(newest);
          day !== null && earlier.length + 1 < MOST_DAYS;
          day = await lastOfDayBefore(day)
        )
          earlier.push(day);
      }
      known = [newest, ...earlier];
      return known.map(({ at }) => at);
    },
  };
}

const dayOf = ({ at }: Heard) => at.slice(0, 10);
