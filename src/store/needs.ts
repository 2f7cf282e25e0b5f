/** What needs a person, grouped by cause and read a page at a time. */
import type { Knex } from 'knex';
import type { RecordName, SyncState } from './sync.ts';
import { fromRow, type StateRow } from './sync-rows.ts';

export interface NeedGroup {
  connection: string;
  cause: string;
  count: number;
}

export interface Need {
  state: SyncState;
  /** When it first needed a person of this cause. UTC ISO 8601. */
  since: string;
  /** How often it was found so. */
  seen: number;
}

/** Within one connection and cause: the last record of the page before. */
export type After = Pick<RecordName, 'tenantId' | 'kind' | 'place'>;

export interface NeedsStore {
  /** What is quiet at this time is left out here and in `page`. */
  groups(now: string): Promise<NeedGroup[]>;
  page(group: { connection: string; cause: string }, options: PageOptions): Promise<Need[]>;
  /** What a person does not want to hear of now. */
  quiet(options: { now: string; limit: number }): Promise<Need[]>;
  /** When something last ceased to need a person; null: nothing did yet. */
  lastEndedAt(): Promise<string | null>;
}

export interface PageOptions {
  now: string;
  limit: number;
  after?: After | null;
}

interface NeedRow extends StateRow {
  needs_since: string | null;
  needs_seen: number | null;
}

const toNeed = (row: NeedRow): Need => ({
  state: fromRow(row),
  since: row.needs_since ?? row.updated_at,
  seen: row.needs_seen ?? 1,
});

export function createNeedsStore(knex: Knex): NeedsStore {
  return {
    async groups(now) {
      const rows: { connection: string; cause: string; count: number | string }[] = await parked(knex)
        .where((told) => told.whereNull('quiet_until').orWhere('quiet_until', '<=', now))
        .groupBy('connection', 'cause')
        .orderBy(['connection', 'cause'])
        .select('connection', 'cause', knex.raw('count(*) as count'));
      return rows.map((row) => ({ ...row, count: Number(row.count) }));
    },
    async page(group, options) {
      const rows: NeedRow[] = await pageOf(knex, group, options);
      return rows.map(toNeed);
    },
    async quiet({ now, limit }) {
      const rows: NeedRow[] = await parked(knex)
        .where('quiet_until', '>', now)
        .orderBy(['quiet_until', 'tenant_id', 'connection'])
        .limit(limit)
        .select();
      return rows.map(toNeed);
    },
    async lastEndedAt() {
      const row = await knex('sync_states')
        .whereNotNull('needs_ended_at')
        .max({ at: 'needs_ended_at' })
        .first();
      return (row?.at as string | null | undefined) ?? null;
    },
  };
}

/** Written out: with a parameter SQLite would not know that its index of these is meant. */
function parked(knex: Knex): Knex.QueryBuilder {
  return knex('sync_states').whereRaw("state = 'parked'");
}

export function pageOf(
  knex: Knex,
  { connection, cause }: { connection: string; cause: string },
  { now, limit, after = null }: PageOptions,
): Knex.QueryBuilder {
  return parked(knex)
    .where({ connection, cause })
    .where((told) => told.whereNull('quiet_until').orWhere('quiet_until', '<=', now))
    .modify((query) => {
      if (after !== null)
        query.whereRaw('(tenant_id, kind, place) > (?, ?, ?)', [after.tenantId, after.kind, after.place]);
    })
    .orderBy(['tenant_id', 'kind', 'place'])
    .limit(limit)
    .select();
}
