import type { Knex } from 'knex';

/**
 * Request ids are random, and each dirties a page of its index: a delivery enters it when it is projected, and those
 * that wait are kept in memory (src/store/unfiled.ts).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('inbox', (table) => {
    // 1 once the request id is to be found in its index, and from then on.
    table.integer('filed').notNullable().defaultTo(0);
  });
  await knex.raw(`update inbox set filed = 1 where status <> 'received'`);
  await knex.raw('drop index inbox_request');
  await knex.raw(
    `create unique index inbox_request on inbox (account, request_id, body_hash)
     where request_id is not null and (filed = 1 or status <> 'received')`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index inbox_request');
  await knex.schema.alterTable('inbox', (table) => {
    table.dropColumn('filed');
  });
  await knex.raw(
    'create unique index inbox_request on inbox (account, request_id, body_hash) where request_id is not null',
  );
}
