import type { Knex } from 'knex';

/** What the landlord was told and is still to be told: a decision and its messages are kept before anything is sent. */
export async function up(knex: Knex): Promise<void> {
  // The causes that are open. One that has ended is gone.
  await knex.schema.createTable('alerts', (table) => {
    table.string('cause').primary();
    table.string('title').notNullable();
    table.string('opened_at').notNullable();
    table.string('said_at').notNullable();
    // Hashes of the tasks that were told of.
    table.text('items').notNullable();
  });
  await knex.schema.createTable('alert_marks', (table) => {
    table.string('name').primary();
    table.string('value').notNullable();
  });
  await knex.schema.createTable('outbox', (table) => {
    table.increments('id');
    table.string('channel').notNullable();
    table.string('kind').notNullable();
    table.string('cause');
    // It may name people: it is kept until it is sent, and no longer.
    table.text('message');
    table.string('created_at').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('next_attempt_at').notNullable();
    table.string('sent_at');
    table.string('gave_up_at');
    table.string('error');
    table.index(['channel', 'sent_at']);
  });
  await knex.raw('create index outbox_open on outbox (next_attempt_at, id) where message is not null');
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['outbox', 'alert_marks', 'alerts']) await knex.schema.dropTable(table);
}
