/** Readings of a whole account: how far each has come, so that an interrupted one goes on. */
import type { Knex } from 'knex';

export const RESYNC_STEPS = ['applications', 'activity', 'customers', 'enrollments', 'done'] as const;
export type ResyncStep = (typeof RESYNC_STEPS)[number];

/** Why it was begun: by the clock, by a person, or because of a gap of ours. */
export type ResyncReason = 'schedule' | 'command' | 'gap';

export interface Resync {
  id: number;
  account: string;
  reason: ResyncReason;
  gapId: number | null;
  /** Only what changed since then is asked for where Boom can tell; null: everything. UTC ISO 8601. */
  since: string | null;
  until: string;
  /** The first one: what nobody has spoken of is remembered as it is, and told when it changes. */
  baseline: boolean;
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
  finishedAt: string | null;
}

export type NewResync = Pick<
  Resync,
  'account' | 'reason' | 'gapId' | 'since' | 'until' | 'baseline' | 'startedAt'
>;

export interface ResyncStore {
  begin(resync: NewResync): Promise<Resync>;
  /** How far it has come. */
  save(resync: Resync): Promise<void>;
  /** The newest that is not finished, of this account and reason. */
  unfinished(account: string, gapId: number | null): Promise<Resync | null>;
  /** The newest that was finished and was no gap's. */
  lastFinished(account: string): Promise<Resync | null>;
  ofGap(gapId: number): Promise<Resync[]>;
  /** Whatever is under way. */
  running(): Promise<Resync[]>;
}

interface Row {
  id: number;
  account: string;
  reason: ResyncReason;
  gap_id: number | null;
  since: string | null;
  until: string;
  baseline: boolean | 0 | 1;
  step: ResyncStep;
  page: number;
  pages: number | null;
  seen: number;
  changed: number;
  tenants: number;
  started_at: string;
  finished_at: string | null;
}

function fromRow({ gap_id, started_at, finished_at, baseline, ...row }: Row): Resync {
  return {
    ...row,
    baseline: Boolean(baseline),
    gapId: gap_id,
    startedAt: started_at,
    finishedAt: finished_at,
  };
}

export function createResyncStore(knex: Knex): ResyncStore {
  return {
    async begin({ account, reason, gapId, since, until, baseline, startedAt }) {
      const [row] = await knex('resyncs')
        .insert({
          account,
          reason,
          gap_id: gapId,
          since,
          until,
          baseline,
          step: RESYNC_STEPS[0],
          page: 1,
          started_at: startedAt,
        })
        .returning('*');
      return fromRow(row as Row);
    },
    async save({ id, step, page, pages, seen, changed, tenants, finishedAt }) {
      await knex('resyncs')
        .where({ id })
        .update({ step, page, pages, seen, changed, tenants, finished_at: finishedAt });
    },
    async unfinished(account, gapId) {
      const row: Row | undefined = await knex('resyncs')
        .where({ account, gap_id: gapId })
        .whereNull('finished_at')
        .orderBy('id', 'desc')
        .first();
      return row ? fromRow(row) : null;
    },
    async lastFinished(account) {
      const row: Row | undefined = await knex('resyncs')
        .where({ account })
        .whereNull('gap_id')
        .whereNotNull('finished_at')
        .orderBy('id', 'desc')
        .first();
      return row ? fromRow(row) : null;
    },
    async ofGap(gapId) {
      const rows: Row[] = await knex('resyncs').where({ gap_id: gapId }).orderBy('id');
      return rows.map(fromRow);
    },
    async running() {
      const rows: Row[] = await knex('resyncs').whereNull('finished_at').orderBy('id');
      return rows.map(fromRow);
    },
  };
}
