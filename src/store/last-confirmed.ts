/** When a PMS last showed what we had written or looked for. */
import type { Knex } from 'knex';

/** Where none of the last tries succeeded, nobody needs to know which one did. */
const LOOKED_THROUGH = 500;

/** The last try that was done: so many steps back over the index, and never the whole of it. */
export function lastDoneOf(knex: Knex, connection: string): Knex.QueryBuilder {
  const last = knex('attempts')
    .where({ connection })
    .orderBy('id', 'desc')
    .limit(LOOKED_THROUGH)
    .select('id', 'at', 'outcome')
    .as('last');
  return knex.from(last).where({ outcome: 'done' }).orderBy('id', 'desc').first('at');
}

/** UTC ISO 8601. */
export async function lastConfirmed(knex: Knex, connection: string): Promise<string | null> {
  const row: { at: string } | undefined = await lastDoneOf(knex, connection);
  return row?.at ?? null;
}
