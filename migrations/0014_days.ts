import type { Knex } from 'knex';

/** How each day went: the worst verdict, who was in line at its last look, and how many messages Boom sent. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('days', (table) => {
    // In the landlord's time zone: `2026-11-23`.
    table.string('day').primary();
    table.string('worst');
    table.integer('in_line');
    table.integer('total');
    table.integer('messages').notNullable().defaultTo(0);
    // When everything that was due had last been gone through.
    table.string('checked_at');
  });
  // Up to which event the messages have been counted.
  await knex.schema.createTable('days_counted', (table) => {
    table.bigInteger('upto').notNullable();
  });
  await knex('days_counted').insert({ upto: 0 });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('days_counted');
  await knex.schema.dropTable('days');
}
