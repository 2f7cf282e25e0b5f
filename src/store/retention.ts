/**
 * Removes what is no longer needed, a page of ids at a time: no statement here goes through more rows than it is told
 * to. What was removed is overwritten (`secure_delete`), and gone from the log with the next checkpoint.
 */
import type { Knex } from 'knex';
import { inChunks } from './chunks.ts';
import { placeholders } from './sql.ts';
import { type Steps, writeAtOnce } from './sqlite-client.ts';

/** Rows with an id after `after`, in order, at most `limit` of them. */
export interface Page {
  after: number;
  limit: number;
}

export interface Found {
  /** How many rows were looked at; 0 at the end of the table. */
  rows: number;
  /** Of the last of them. */
  last: number;
  /** Of those that are older than they are kept. */
  ids: number[];
  /** What they take, where that is known. */
  bytes: number;
}

/** Rows from before these times go; null: none. UTC ISO 8601. */
export interface BodyLimits {
  used: string | null;
  unused: string | null;
}

export interface AttemptLimits {
  decisions: string | null;
  others: string | null;
}

export interface RetentionStore {
  bodies(page: Page, before: BodyLimits): Promise<Found>;
  clearBodies(ids: readonly number[]): Promise<void>;
  attempts(page: Page, before: AttemptLimits): Promise<Found>;
  deleteAttempts(ids: readonly number[]): Promise<void>;
  /** Those of these events that are about somebody of these, or about an application of theirs. */
  eventsOf(ids: readonly number[], tenantIds: readonly string[]): Promise<Set<number>>;
  attemptsOf(ids: readonly number[], tenantIds: readonly string[]): Promise<Set<number>>;
  /** Answers that nobody took, and what was asked of a server that was not there. Returns how many. */
  deleteCommands(before: string): Promise<number>;
  /** Pages of the file that hold nothing. */
  freePages(): Promise<number>;
  pageBytes(): Promise<number>;
  /** Gives at most so many of them back to the disk. */
  giveBack(pages: number): Promise<void>;
  /** Moves the log into the file and empties it, where nobody reads an older state. */
  checkpoint(): Promise<void>;
}

interface BodyRow {
  id: number;
  status: string;
  is_understood: number;
  received_at: string;
  projected_at: string | null;
  bytes: number | null;
}

interface AttemptRow {
  id: number;
  action: string;
  at: string;
}

/** What waits to be projected is needed. What this version has no use for may be of use to a later one. */
function isOldBody(row: BodyRow, { used, unused }: BodyLimits): boolean {
  if (row.bytes === null || row.status === 'received') return false;
  const wasUsed = row.is_understood === 1 && (row.status === 'projected' || row.status === 'ignored');
  const before = wasUsed ? used : unused;
  return before !== null && (row.projected_at ?? row.received_at) < before;
}

function isOldAttempt({ action, at }: AttemptRow, { decisions, others }: AttemptLimits): boolean {
  const before = action === 'decide' ? decisions : others;
  return before !== null && at < before;
}

const found = (
  rows: readonly { id: number }[],
  old: readonly { id: number; bytes?: number | null }[],
): Found => ({
  rows: rows.length,
  last: rows.at(-1)?.id ?? 0,
  ids: old.map(({ id }) => id),
  bytes: old.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
});

/**
 * The row is written anew and not updated: SQLite joins pages that are nearly empty only after a deletion, and rows of the
 * inbox never come back to fill them.
 */
function* withoutBody(id: number): Steps<void> {
  // It may have been made to wait again since.
  const [row] = yield { sql: `select * from inbox where id = ? and status <> 'received'`, bindings: [id] };
  if (row === undefined) return;
  const kept = Object.entries({ ...(row as Record<string, unknown>), body: null });
  yield { sql: 'delete from inbox where id = ?', bindings: [id] };
  yield {
    sql: `insert into inbox (${kept.map(([name]) => name).join(', ')}) values ${placeholders(kept)}`,
    bindings: kept.map(([, value]) => value),
  };
}

export function createRetentionStore(knex: Knex): RetentionStore {
  const pragma = async (name: string) => {
    const [row] = (await knex.raw(`pragma ${name}`)) as Record<string, number>[];
    return Number(row?.[name] ?? 0);
  };
  return {
    async bodies({ after, limit }, before) {
      const rows: BodyRow[] = await knex('inbox')
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .select(
          'id',
          'status',
          'received_at',
          'projected_at',
          knex.raw('normalised is not null as is_understood'),
          knex.raw('octet_length(body) as bytes'),
        );
      return found(
        rows,
        rows.filter((row) => isOldBody(row, before)),
      );
    },
    async clearBodies(ids) {
      await writeAtOnce(knex, function* () {
        for (const id of ids) yield* withoutBody(id);
      });
    },
    async attempts({ after, limit }, before) {
      const rows: AttemptRow[] = await knex('attempts')
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .select('id', 'action', 'at');
      return found(
        rows,
        rows.filter((row) => isOldAttempt(row, before)),
      );
    },
    async deleteAttempts(ids) {
      await writeAtOnce(knex, function* () {
        for (const id of ids) yield { sql: 'delete from attempts where id = ?', bindings: [id] };
      });
    },
    async eventsOf(ids, tenantIds) {
      const about = () => knex('subjects').whereIn('tenant_id', [...tenantIds]);
      const own = await inChunks(ids, (some) => about().whereIn('event_id', some).select('event_id'));
      const shared = await inChunks(ids, (some) =>
        knex('application_events')
          .whereIn('event_id', some)
          .whereIn('application', about().whereNotNull('application').select('application'))
          .select('event_id'),
      );
      return new Set([...own, ...shared].map((row) => Number(row.event_id)));
    },
    async attemptsOf(ids, tenantIds) {
      const rows = await inChunks(ids, (some) =>
        knex('attempts')
          .whereIn('id', some)
          .whereIn('tenant_id', [...tenantIds])
          .select('id'),
      );
      return new Set(rows.map(({ id }) => Number(id)));
    },
    async deleteCommands(before) {
      return await knex('commands').where('created_at', '<', before).delete();
    },
    freePages: () => pragma('freelist_count'),
    pageBytes: () => pragma('page_size'),
    async giveBack(pages) {
      await writeAtOnce(knex, function* () {
        // More than one would have to be asked for again and again anyway: each page is a row of its answer.
        for (let page = 0; page < pages; page += 1)
          yield { sql: 'pragma incremental_vacuum(1)', bindings: [] };
      });
    },
    async checkpoint() {
      await knex.raw('pragma wal_checkpoint(truncate)');
    },
  };
}
