/**
 * Along what a list of tenants is read: each source gives ids in an order of its own, from where it was left, by an
 * index and without sorting.
 */
import type { Knex } from 'knex';
import { inChunks } from './chunks.ts';
import { endOf } from './search-words.ts';
import type { SyncStateName } from './sync.ts';

/** One that may be on the list. `word`: by which word it was come upon. */
export interface Candidate {
  id: string;
  word?: string;
}

export interface Source {
  /** Those of these whom the source gives here for the first time. */
  first(candidates: Candidate[]): Promise<Candidate[]>;
  /** The next ones after this tenant; from the start with null. */
  next(after: Candidate | null, limit: number): PromiseLike<Candidate[]>;
  /** Where a tenant of a page before stands in this order; null where it is no longer there. */
  place(id: string): Promise<Candidate | null>;
}

/** Gives each tenant once, and tells a place by the id alone. */
const ONCE: Pick<Source, 'first' | 'place'> = {
  first: async (candidates) => candidates,
  place: async (id) => ({ id }),
};

/** Each condition is that of an index, word for word. */
const ON_RECORD = `kind <> ''`;
const TROUBLED = `state in ('parked', 'retrying', 'creating', 'waiting')`;

/** Tenants with a record in this state, by their ids. */
export function inState(knex: Knex, state: SyncStateName, connection: string | null): Source {
  return {
    next: (after, limit) =>
      knex('sync_states')
        .whereRaw(TROUBLED)
        .where({ state })
        .modify((query) => {
          if (connection === null) query.whereRaw(ON_RECORD);
          else query.where({ connection });
        })
        // From the start too, as it tells the planner which index it is to read along.
        .where('tenant_id', '>', after?.id ?? '')
        .groupBy('tenant_id')
        .orderBy('tenant_id')
        .limit(limit)
        .select({ id: 'tenant_id' }),
    ...ONCE,
  };
}

/** Tenants with a record there, by their ids. */
export function inConnection(knex: Knex, connection: string): Source {
  return {
    next: (after, limit) =>
      knex('sync_states')
        .whereRaw(ON_RECORD)
        .where({ connection })
        .where('tenant_id', '>', after?.id ?? '')
        .groupBy('tenant_id')
        .orderBy('tenant_id')
        .limit(limit)
        .select({ id: 'tenant_id' }),
    ...ONCE,
  };
}

/** Everybody, or everybody at one stage, as they came. */
export function asTheyCame(knex: Knex, stage: string | null): Source {
  return {
    next: (after, limit) =>
      knex('tenants')
        .modify((query) => {
          if (stage !== null) query.where({ stage });
          if (after !== null) query.where('ordinal', '>', ordinalOf(after.id));
        })
        .orderBy('ordinal')
        .limit(limit)
        .select('id'),
    ...ONCE,
  };
}

/** Tenants with a word of this beginning, by the first of those words. */
export function byWord(knex: Knex, prefix: string): Source {
  const words = () => knex('tenant_words').where('word', '>=', prefix).where('word', '<', endOf(prefix));
  return {
    next: (after, limit) =>
      words()
        .modify((query) => {
          if (after !== null) query.whereRaw('(word, tenant_id) > (?, ?)', [after.word ?? '', after.id]);
        })
        .orderBy(['word', 'tenant_id'])
        .limit(limit)
        .select('word', { id: 'tenant_id' }),
    async first(candidates) {
      const rows = await inChunks(
        candidates.map(({ id }) => id),
        (some) =>
          words()
            .whereIn('tenant_id', some)
            .groupBy('tenant_id')
            .select({ id: 'tenant_id' }, knex.raw('min(word) as word')),
      );
      const own = new Map(rows.map(({ id, word }) => [id as string, word as string]));
      return candidates.filter(({ id, word }) => own.get(id) === word);
    },
    async place(id) {
      const row = await words().where({ tenant_id: id }).min({ word: 'word' }).first();
      return row?.word == null ? null : { id, word: row.word as string };
    },
  };
}

/** How many words have this beginning, counted no further than `most`. */
export async function countWords(knex: Knex, prefix: string, most: number): Promise<number> {
  const some = knex('tenant_words')
    .where('word', '>=', prefix)
    .where('word', '<', endOf(prefix))
    .limit(most)
    .select(knex.raw('1 as one'));
  const row = await knex.from(some.as('some')).count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

/** More people than one event may name. */
const POSITIONS = 1000;

/** Sorts tenants as they came: the event that made them, then the position within it. */
export function ordinalOf(tenantId: string): number {
  const [event = 0, position = 1] = tenantId.slice(1).split('-').map(Number);
  return event * POSITIONS + position;
}
