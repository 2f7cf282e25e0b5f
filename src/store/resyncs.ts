/** Readings of a whole account: how far each has come, so that an interrupted one goes on. */
import type { Knex } from 'knex';

export const RESYNC_STEPS = ['applications', 'activity', 'customers', 'enrollments', 'done'] as const;
export type ResyncStep = (typeof RESYNC_STEPS)[number];

export interface Resync {
  id: number;
  account: string;
  /** The gap of ours that it reads back; null for one by the clock or by a person. */
  gapId: number | null;
  /** Only what changed since then is asked for where Boom can tell; null: everything. UTC ISO 8601. */
  since: string | null;
  until: string;
  /** The first one: what nobody has spoken of is remembered as it is, and told when it changes. */
  baseline: boolean;
  /** Nothing is left out between what was read before it and its end: the next one begins where it ended. */
  covers: boolean;
  step: ResyncStep;
  /** The page of the step to read next. */
  page: number;
  /** How many the step has; null where Boom does not say. */
  pages: number | null;
  /** Objects that were looked at. */
  seen: number;
  /** Those that were new or had changed. */
  changed: number;
  /** Tenants whose record changed by it. */
  tenants: number;
  startedAt: string;
  /** When a page of it was last read. */
  updatedAt: string;
  finishedAt: string | null;
}

export type NewResync = Pick<
  Resync,
  'account' | 'gapId' | 'since' | 'until' | 'baseline' | 'covers' | 'startedAt'
>;

export interface ResyncStore {
  /** In place of one of the same account and gap that was broken off. */
  begin(resync: NewResync): Promise<Resync>;
  /** How far it has come. */
  save(resync: Resync): Promise<void>;
  /** The one that was broken off, of this account and gap. */
  unfinished(account: string, gapId: number | null): Promise<Resync | null>;
  /** Up to when nothing was left out; null where the account was never read. UTC ISO 8601. */
  coveredUntil(account: string): Promise<string | null>;
  ofGap(gapId: number): Promise<Resync[]>;
  /** All that are not finished; the last is the one that went on last. */
  running(): Promise<Resync[]>;
}

interface Row {
  id: number;
  account: string;
  gap_id: number | null;
  since: string | null;
  until: string;
  baseline: boolean | 0 | 1;
  covers: boolean | 0 | 1;
  step: ResyncStep;
  page: number;
  pages: number | null;
  seen: number;
  changed: number;
  tenants: number;
  started_at: string;
  updated_at: string;
  finished_at: string | null;
}

function fromRow({ gap_id, started_at, updated_at, finished_at, baseline, covers, ...row }: Row): Resync {
  return {
    ...row,
    baseline: Boolean(baseline),
    covers: Boolean(covers),
    gapId: gap_id,
    startedAt: started_at,
    updatedAt: updated_at,
    finishedAt: finished_at,
  };
}

export function createResyncStore(knex: Knex): ResyncStore {
  return {
    async begin({ account, gapId, since, until, baseline, covers, startedAt }) {
      return await knex.transaction(async (trx) => {
        await trx('resyncs').where({ account, gap_id: gapId }).whereNull('finished_at').delete();
        const [row] = await trx('resyncs')
          .insert({
            account,
            gap_id: gapId,
            since,
            until,
            baseline,
            covers,
            step: RESYNC_STEPS[0],
            page: 1,
            started_at: startedAt,
            updated_at: startedAt,
          })
          .returning('*');
        return fromRow(row as Row);
      });
    },
    async save({ id, step, page, pages, seen, changed, tenants, updatedAt, finishedAt }) {
      await knex('resyncs').where({ id }).update({
        step,
        page,
        pages,
        seen,
        changed,
        tenants,
        updated_at: updatedAt,
        finished_at: finishedAt,
      });
    },
    async unfinished(account, gapId) {
      const row: Row | undefined = await knex('resyncs')
        .where({ account, gap_id: gapId })
        .whereNull('finished_at')
        .first();
      return row ? fromRow(row) : null;
    },
    async coveredUntil(account) {
      const row = await knex('resyncs')
        .where({ account, covers: true })
        .whereNotNull('finished_at')
        .max({ at: 'until' })
        .first();
      return (row?.at as string | null | undefined) ?? null;
    },
    async ofGap(gapId) {
      const rows: Row[] = await knex('resyncs').where({ gap_id: gapId }).orderBy('id');
      return rows.map(fromRow);
    },
    async running() {
      const rows: Row[] = await knex('resyncs').whereNull('finished_at').orderBy(['updated_at', 'id']);
      return rows.map(fromRow);
    },
  };
}
