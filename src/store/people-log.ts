/** Who looked at, revealed or erased what of a person. Never the data itself. */
import type { Knex } from 'knex';

export interface PeopleLogEntry {
  id: number;
  /** UTC ISO 8601. */
  at: string;
  /** The name of a user, or `key ` and that of a key for scripts. */
  who: string;
  /** A word for what they did: `revealed_body`, `forgot`. */
  what: string;
  tenantId: string | null;
  eventId: number | null;
  /** Which part of it, never what stood there. */
  detail: string | null;
}

export interface PeopleLogStore {
  /** Written before anything is shown or erased, so that what was done is never missing. */
  write(entry: Omit<PeopleLogEntry, 'id'>): Promise<void>;
  /** Newest first; `before` an id, for the next page. */
  list(filter: { tenantId?: string; before?: number; limit: number }): Promise<PeopleLogEntry[]>;
}

interface Row {
  id: number;
  at: string;
  who: string;
  what: string;
  tenant_id: string | null;
  event_id: number | null;
  detail: string | null;
}

export function createPeopleLogStore(knex: Knex): PeopleLogStore {
  return {
    async write({ at, who, what, tenantId, eventId, detail }) {
      await knex('people_log').insert({ at, who, what, tenant_id: tenantId, event_id: eventId, detail });
    },
    async list({ tenantId, before, limit }) {
      const rows: Row[] = await knex('people_log')
        .modify((query) => {
          if (tenantId !== undefined) query.where({ tenant_id: tenantId });
          if (before !== undefined) query.where('id', '<', before);
        })
        .orderBy('id', 'desc')
        .limit(limit)
        .select();
      return rows.map(({ tenant_id, event_id, ...row }) => ({
        ...row,
        tenantId: tenant_id,
        // PostgreSQL gives big integers as text.
        eventId: event_id === null ? null : Number(event_id),
      }));
    },
  };
}
