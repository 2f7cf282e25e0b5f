/**
 * What narrows a list of tenants: each takes some ids and leaves those who fit, in their order. They are asked by the ids
 * alone, which no planner mistakes for a reason to go through everybody.
 */
import type { Knex } from 'knex';
import { inChunks } from './chunks.ts';
import { endOf } from './search-words.ts';
import type { TenantQuestion } from './tenant-search.ts';

export type Filter = (ids: string[]) => Promise<string[]>;

/** How a record may stand that is not as we want it, the worst first. */
export const TROUBLES = ['parked', 'retrying', 'creating', 'waiting'] as const;
export type Trouble = (typeof TROUBLES)[number];

const among = (ids: string[], fitting: ReadonlySet<string>) => ids.filter((id) => fitting.has(id));

export function atStage(knex: Knex, stage: string): Filter {
  return async (ids) => {
    const rows = await inChunks(ids, (some) => knex('tenants').whereIn('id', some).select('id', 'stage'));
    return among(ids, new Set(rows.filter((row) => row.stage === stage).map((row) => row.id as string)));
  };
}

export function withWord(knex: Knex, prefix: string): Filter {
  return async (ids) => {
    const rows = await inChunks(ids, (some) =>
      knex('tenant_words')
        .whereIn('tenant_id', some)
        .where('word', '>=', prefix)
        .where('word', '<', endOf(prefix))
        .select('tenant_id'),
    );
    return among(ids, new Set(rows.map((row) => row.tenant_id as string)));
  };
}

interface StateRow {
  tenant_id: string;
  state: string;
  cause: string | null;
  quiet_until: string | null;
}

/** By the worst of their records, in one connection where one is named; nobody without a record there. */
export function standingSo(
  knex: Knex,
  { connection, now }: Pick<TenantQuestion, 'connection' | 'now'>,
  fits: (worst: Trouble | null) => boolean,
): Filter {
  return async (ids) => {
    const rows: StateRow[] = await inChunks(ids, (some) =>
      knex('sync_states')
        .whereIn('tenant_id', some)
        .modify((query) => {
          if (connection !== null) query.where({ connection });
        })
        .select('tenant_id', 'state', 'cause', 'quiet_until'),
    );
    const ranks = new Map<string, number>();
    for (const row of rows)
      ranks.set(row.tenant_id, Math.min(ranks.get(row.tenant_id) ?? TROUBLES.length, rankOf(row, now)));
    return ids.filter((id) => {
      const rank = ranks.get(id);
      if (rank === undefined && connection !== null) return false;
      return fits(TROUBLES[rank ?? TROUBLES.length] ?? null);
    });
  };
}

/** What was put off needs nobody, and in preview nothing is under way. */
function rankOf({ state, cause, quiet_until: quietUntil }: StateRow, now: string): number {
  if (state === 'parked' && quietUntil !== null && quietUntil > now) return TROUBLES.length;
  if (state === 'waiting' && cause === 'preview') return TROUBLES.length;
  const rank = (TROUBLES as readonly string[]).indexOf(state);
  return rank === -1 ? TROUBLES.length : rank;
}
