/** The append-only table of events. */
import type { Knex } from 'knex';
import type { EventSource } from '../boom/event.ts';
import { appending } from './inbox-append.ts';
import { chunks } from './sql.ts';
import { writeAtOnce } from './sqlite-client.ts';
import { Unfiled } from './unfiled.ts';

export const EVENT_STATUSES = ['received', 'projected', 'ignored', 'failed', 'quarantined'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

export interface Delivery {
  account: string;
  source: EventSource;
  requestId: string | null;
  /** The event's name as received, at most 200 characters. */
  wireEvent: string | null;
  /** SHA-256 of the body as received, in hex. */
  bodyHash: string;
  /** What is kept of the body; null where nothing may be. */
  body: string | null;
  /** UTC, ISO 8601 with milliseconds. */
  receivedAt: string;
  /** Already known to be of no use when it arrived; otherwise `received`. */
  failed?: string;
}

export interface Appended {
  status: 'stored' | 'duplicate';
  /** Of the row that holds it, which for a duplicate is the first one. */
  id: number;
}

/** What lists show: an event without its contents. */
export interface EventSummary {
  id: number;
  account: string;
  source: EventSource;
  requestId: string | null;
  wireEvent: string | null;
  status: EventStatus;
  detail: string | null;
  tenantId: string | null;
  receivedAt: string;
  projectedAt: string | null;
}

export interface StoredEvent extends EventSummary {
  bodyHash: string;
  body: string | null;
  normalised: string | null;
}

export interface Projected {
  id: number;
  status: EventStatus;
  detail: string | null;
  tenantId: string | null;
  normalised: string | null;
  projectedAt: string;
  withoutBody?: true;
}

export interface EventFilter {
  source?: EventSource;
  status?: EventStatus;
  tenantId?: string;
}

/** Ids that one statement counts: a few milliseconds. */
const COUNTED_AT_ONCE = 20_000;

/** Says that a person has seen it: it is never taken up again. */
export const PUT_ASIDE = 'Put aside by you';

const SUMMARY = {
  id: 'id',
  account: 'account',
  source: 'source',
  requestId: 'request_id',
  wireEvent: 'wire_event',
  status: 'status',
  detail: 'detail',
  tenantId: 'tenant_id',
  receivedAt: 'received_at',
  projectedAt: 'projected_at',
};
const WHOLE = { ...SUMMARY, bodyHash: 'body_hash', body: 'body', normalised: 'normalised' };

export class Inbox {
  readonly #knex: Knex;
  readonly #unfiled = new Unfiled();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Stores all of them in one transaction, or none. When the promise resolves they are on disk. The answers
   * stand in the order of the deliveries.
   */
  appendAll(deliveries: readonly Delivery[]): Promise<Appended[]> {
    return writeAtOnce(this.#knex, () => appending(deliveries, this.#unfiled));
  }

  /** Writes something that changes nothing, to learn whether the store takes writes again. */
  async probe(): Promise<void> {
    await writeAtOnce(this.#knex, function* () {
      yield { sql: 'pragma user_version = 0', bindings: [] };
    });
  }

  /** What is still to be projected, oldest first. */
  async pending(limit: number): Promise<StoredEvent[]> {
    return await this.#knex('inbox').select(WHOLE).where('status', 'received').orderBy('id').limit(limit);
  }

  /** In the order of their ids; those that do not exist are left out. */
  async byIds(ids: readonly number[]): Promise<StoredEvent[]> {
    const found: StoredEvent[] = [];
    for (const chunk of chunks([...new Set(ids)].sort((a, b) => a - b))) {
      found.push(...(await this.#knex('inbox').select(WHOLE).whereIn('id', chunk).orderBy('id')));
    }
    return found;
  }

  /** Newest first; `beforeId` continues after the last row of the page before. */
  async list(page: EventFilter & { limit: number; beforeId?: number }): Promise<EventSummary[]> {
    const query = filtered(this.#knex('inbox').select(SUMMARY), page).orderBy('id', 'desc').limit(page.limit);
    if (page.beforeId !== undefined) query.where('id', '<', page.beforeId);
    return await query;
  }

  /** In steps, so that none of millions of events holds the thread; what changes meanwhile may be counted either way. */
  async countByStatus(): Promise<Record<EventStatus, number>> {
    const counts = Object.fromEntries(EVENT_STATUSES.map((status) => [status, 0])) as Record<
      EventStatus,
      number
    >;
    const last = await this.#knex('inbox').max({ id: 'id' }).first();
    for (let from = 0; from < Number(last?.id ?? 0); from += COUNTED_AT_ONCE) {
      const rows: { status: EventStatus; total: number | string }[] = await this.#knex('inbox')
        .whereIn('status', [...EVENT_STATUSES])
        .where('id', '>', from)
        .where('id', '<=', from + COUNTED_AT_ONCE)
        .groupBy('status')
        .select('status', this.#knex.raw('count(*) as total'));
      for (const { status, total } of rows) counts[status] += Number(total);
      await new Promise(setImmediate);
    }
    return counts;
  }

  async count(filter: EventFilter = {}): Promise<number> {
    const [row] = await filtered(this.#knex('inbox').count({ total: '*' }), filter);
    return Number(row?.total ?? 0);
  }

  /** Records what became of events. Pass the transaction in which the tenants were written. */
  async markProjected(updates: readonly Projected[], trx: Knex = this.#knex): Promise<void> {
    for (const chunk of chunks(updates)) {
      const rows = chunk.map(() => '(cast(? as integer), ?, ?, ?, ?, ?)').join(', ');
      await trx.raw(
        `with outcome (id, status, detail, tenant_id, normalised, projected_at) as (values ${rows})
         update inbox set status = outcome.status, detail = outcome.detail, tenant_id = outcome.tenant_id,
           normalised = coalesce(outcome.normalised, inbox.normalised), projected_at = outcome.projected_at, filed = 1
         from outcome where inbox.id = outcome.id`,
        chunk.flatMap((row) => [
          row.id,
          row.status,
          row.detail,
          row.tenantId,
          row.normalised,
          row.projectedAt,
        ]),
      );
    }
    const bare = updates.filter(({ withoutBody }) => withoutBody).map(({ id }) => id);
    for (const some of chunks(bare)) await trx('inbox').whereIn('id', some).update({ body: null });
  }

  /** The landlord has seen it: a failed or quarantined event asks for nobody any more. Returns how many. */
  async putAside(id: number): Promise<number> {
    return await this.#knex('inbox')
      .where({ id })
      .whereIn('status', ['failed', 'quarantined'])
      .update({ status: 'ignored', detail: PUT_ASIDE });
  }

  /** Makes events due for projecting again, and returns how many. */
  async requeue(which: readonly number[] | 'unused'): Promise<number> {
    let requeued = 0;
    for (const chunk of which === 'unused' ? chunks(await this.#unused()) : chunks(which)) {
      requeued += await this.#knex('inbox')
        .whereIn('id', chunk)
        .update({ status: 'received', detail: null, projected_at: null, filed: 1 });
    }
    return requeued;
  }

  /** Failed ones, and those that this version had no use for when they came. */
  async #unused(): Promise<number[]> {
    const rows = await this.#knex('inbox')
      .select<{ id: number }[]>('id')
      .where('status', 'failed')
      .orWhere((ignored) => ignored.where('status', 'ignored').whereNot('detail', PUT_ASIDE))
      .orderBy('id');
    return rows.map((row) => row.id);
  }
}

function filtered<Query extends Knex.QueryBuilder>(query: Query, filter: EventFilter): Query {
  if (filter.source !== undefined) query.where('source', filter.source);
  if (filter.status !== undefined) query.where('status', filter.status);
  const { tenantId } = filter;
  if (tenantId !== undefined) {
    // One event may be about several people, and a correction names them by other events.
    query.where((about) =>
      about
        .where('tenant_id', tenantId)
        .orWhereIn('id', (named: Knex.QueryBuilder) =>
          named.from('subjects').where('tenant_id', tenantId).select('event_id'),
        ),
    );
  }
  return query;
}
