import type { Knex } from 'knex';

/** What is done to the store by the clock, and why a connection rests. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('upkeep', (table) => {
    table.string('what').primary();
    // When it began to be done: a home that is new has no backup yet, and lacks none.
    table.string('since').notNullable();
    table.string('done_at');
    table.text('report');
    table.string('failed_at');
    table.string('failure');
  });
  const since = new Date().toISOString();
  await knex('upkeep').insert(['backup', 'retention'].map((what) => ({ what, since })));

  await knex.schema.alterTable('connections', (table) => {
    // Null: the landlord's own pause · restored: what stands over there may be newer than what we know of it.
    table.string('paused_why');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('connections', (table) => {
    table.dropColumn('paused_why');
  });
  await knex.schema.dropTable('upkeep');
}
