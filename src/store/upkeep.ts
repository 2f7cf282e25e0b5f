/** When backups and retention were last done, and how the last try that failed did: what a restart must not forget. */
import type { Knex } from 'knex';

/** `restore`: there only in a database that was restored. */
export type UpkeepName = 'backup' | 'retention' | 'restore';

/** All times are UTC ISO 8601. */
export interface Upkeep {
  /** When this home began to do it. */
  since: string;
  /** When it last went well; null: never yet. */
  doneAt: string | null;
  /** What it came to then. */
  report: unknown;
  /** Of a try since then; null where none failed. */
  failedAt: string | null;
  /** A word for what failed; never a message, which could quote anything. */
  failure: string | null;
}

export interface UpkeepStore {
  /** Null where this home never does it. */
  get(what: UpkeepName): Promise<Upkeep | null>;
  done(what: UpkeepName, at: string, report: object): Promise<void>;
  failed(what: UpkeepName, at: string, failure: string): Promise<void>;
}

interface Row {
  since: string;
  done_at: string | null;
  report: string | null;
  failed_at: string | null;
  failure: string | null;
}

export function createUpkeepStore(knex: Knex): UpkeepStore {
  return {
    async get(what) {
      const row: Row | undefined = await knex('upkeep').where({ what }).first();
      if (row === undefined) return null;
      return {
        since: row.since,
        doneAt: row.done_at,
        report: row.report === null ? null : (JSON.parse(row.report) as unknown),
        failedAt: row.failed_at,
        failure: row.failure,
      };
    },
    async done(what, at, report) {
      const row = { done_at: at, report: JSON.stringify(report), failed_at: null, failure: null };
      await knex('upkeep')
        .insert({ what, since: at, ...row })
        .onConflict('what')
        .merge(Object.keys(row));
    },
    async failed(what, at, failure) {
      const row = { failed_at: at, failure };
      await knex('upkeep')
        .insert({ what, since: at, ...row })
        .onConflict('what')
        .merge(Object.keys(row));
    },
  };
}
