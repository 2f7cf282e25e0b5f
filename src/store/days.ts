/** How each day went, kept small: a row a day, so that a page need not count events. */
import type { Knex } from 'knex';

export interface Day {
  /** `2026-11-23`, in the landlord's time zone. */
  day: string;
  /** The worst verdict of the day; null where nobody looked. */
  worst: string | null;
  inLine: number | null;
  total: number | null;
  /** Deliveries from Boom. */
  messages: number;
}

export interface DayStore {
  /** Since that day, oldest first; days on which nothing was kept are left out. */
  since(day: string): Promise<Day[]>;
  /** Adds what came in since the last time to the days it came on. `dayOf`: of a time in UTC. */
  countMessages(dayOf: (at: string) => string): Promise<void>;
  note(
    day: string,
    seen: { worst: string; inLine: number; total: number; checkedAt: string | null },
  ): Promise<void>;
  /** Null where nothing was noted that day. */
  worstOf(day: string): Promise<string | null>;
  /** When everything that was due had last been gone through; null: never. */
  lastChecked(): Promise<string | null>;
}

/** Events at once: none of the looks takes long. */
const PAGE = 2_000;

interface Row {
  day: string;
  worst: string | null;
  in_line: number | null;
  total: number | null;
  messages: number;
}

export function createDayStore(knex: Knex): DayStore {
  const add = async (trx: Knex, day: string, messages: number) =>
    await trx('days')
      .insert({ day, messages })
      .onConflict('day')
      .merge({ messages: knex.raw('days.messages + excluded.messages') });

  /** False once there is nothing left to count. */
  const countPage = async (dayOf: (at: string) => string): Promise<boolean> =>
    await knex.transaction(async (trx) => {
      const { upto } = await trx('days_counted').first('upto');
      const rows: { id: number; source: string; received_at: string }[] = await trx('inbox')
        .where('id', '>', upto)
        .orderBy('id')
        .limit(PAGE)
        .select('id', 'source', 'received_at');
      const last = rows.at(-1);
      if (last === undefined) return false;
      const counts = new Map<string, number>();
      for (const { source, received_at } of rows) {
        if (source !== 'webhook') continue;
        const day = dayOf(received_at);
        counts.set(day, (counts.get(day) ?? 0) + 1);
      }
      for (const [day, messages] of counts) await add(trx, day, messages);
      await trx('days_counted').update({ upto: last.id });
      return rows.length === PAGE;
    });

  return {
    async since(day) {
      const rows: Row[] = await knex('days')
        .where('day', '>=', day)
        .orderBy('day')
        .select('day', 'worst', 'in_line', 'total', 'messages');
      return rows.map(({ in_line, ...row }) => ({ ...row, inLine: in_line }));
    },
    async countMessages(dayOf) {
      while (await countPage(dayOf));
    },
    async note(day, { worst, inLine, total, checkedAt }) {
      const seen = {
        worst,
        in_line: inLine,
        total,
        ...(checkedAt === null ? {} : { checked_at: checkedAt }),
      };
      await knex('days')
        .insert({ day, ...seen })
        .onConflict('day')
        .merge(seen);
    },
    async worstOf(day) {
      const row = await knex('days').where({ day }).first('worst');
      return row?.worst ?? null;
    },
    async lastChecked() {
      const row = await knex('days').whereNotNull('checked_at').orderBy('day', 'desc').first('checked_at');
      return row?.checked_at ?? null;
    },
  };
}
