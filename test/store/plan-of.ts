/** How SQLite goes about the queries that a store asks. */
import type { Knex } from 'knex';

interface Query {
  sql: string;
  bindings: readonly unknown[];
}

export async function planOf(knex: Knex, ask: () => Promise<unknown>): Promise<string> {
  const queries: Query[] = [];
  const hear = (query: Query) => queries.push(query);
  knex.on('query', hear);
  await ask();
  knex.removeListener('query', hear);
  const details: string[] = [];
  for (const { sql, bindings } of queries) {
    const plan: { detail: string }[] = await knex.raw(`explain query plan ${sql}`, [...bindings] as string[]);
    details.push(...plan.map(({ detail }) => detail));
  }
  return details.join('; ');
}
