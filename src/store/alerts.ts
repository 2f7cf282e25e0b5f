/** What the landlord has been told of and is still so. */
import type { Knex } from 'knex';
import { type AlertMessage, enqueue } from './outbox.ts';

export interface OpenAlert {
  /** Names the cause: `connection-oak`, `parked-oak-edited_there`. */
  cause: string;
  title: string;
  openedAt: string;
  /** When it was last said: opened or reminded of. */
  saidAt: string;
  /** Hashes of the tasks that it was said of. */
  items: string[];
}

export interface AlertChange {
  /** Opened, or changed. */
  kept: readonly OpenAlert[];
  /** Causes that are no longer. */
  ended: readonly string[];
  messages: readonly AlertMessage[];
  channels: readonly string[];
  /** The week of which was told, where one is told of now. */
  week?: string;
}

export interface AlertStore {
  open(): Promise<OpenAlert[]>;
  /** All of it or nothing: a decision and what is to be sent because of it. */
  record(change: AlertChange, at: string): Promise<void>;
  /** The last week of which was told; null before the first. */
  week(): Promise<string | null>;
}

interface Row {
  cause: string;
  title: string;
  opened_at: string;
  said_at: string;
  items: string;
}

const WEEK = 'week';

export function createAlertStore(knex: Knex): AlertStore {
  return {
    async open() {
      const rows: Row[] = await knex('alerts').orderBy(['opened_at', 'cause']).select();
      return rows.map(({ cause, title, opened_at, said_at, items }) => ({
        cause,
        title,
        openedAt: opened_at,
        saidAt: said_at,
        items: JSON.parse(items) as string[],
      }));
    },
    async record({ kept, ended, messages, channels, week }, at) {
      await knex.transaction(async (trx) => {
        for (const { cause, title, openedAt, saidAt, items } of kept)
          await trx('alerts')
            .insert({ cause, title, opened_at: openedAt, said_at: saidAt, items: JSON.stringify(items) })
            .onConflict('cause')
            .merge();
        await trx('alerts').whereIn('cause', ended).delete();
        await enqueue(trx, messages, channels, at);
        if (week !== undefined)
          await trx('alert_marks').insert({ name: WEEK, value: week }).onConflict('name').merge();
      });
    },
    async week() {
      return (await knex('alert_marks').where({ name: WEEK }).first('value'))?.value ?? null;
    },
  };
}
