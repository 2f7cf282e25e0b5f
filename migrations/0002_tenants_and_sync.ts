import type { Knex } from 'knex';

/** The tenants, whom each event is about, and what became of them in every connection. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('tenants', (table) => {
    table.string('id').primary();
    table.string('account').notNullable();
    table.bigInteger('ordinal').notNullable().unique();
    table.integer('revision').notNullable();
    table.string('stage');
    table.text('record').notNullable();
    table.string('created_at').notNullable();
    table.string('updated_at').notNullable();
    table.index(['stage', 'ordinal']);
  });

  await knex.schema.createTable('identities', (table) => {
    table.string('key').notNullable();
    table.string('tenant_id').notNullable();
    table.primary(['key', 'tenant_id']);
    table.index(['tenant_id']);
  });

  await knex.schema.createTable('subjects', (table) => {
    table.bigInteger('event_id').notNullable();
    table.integer('position').notNullable();
    table.string('tenant_id').notNullable();
    table.string('application');
    table.primary(['event_id', 'position']);
    table.index(['tenant_id', 'event_id']);
    table.index(['application', 'tenant_id']);
  });

  await knex.schema.createTable('application_events', (table) => {
    table.string('application').notNullable();
    table.bigInteger('event_id').notNullable();
    table.primary(['application', 'event_id']);
  });

  await knex.schema.createTable('sync_states', (table) => {
    table.string('tenant_id').notNullable();
    table.string('connection').notNullable();
    table.string('kind').notNullable();
    table.string('place').notNullable();
    table.string('state').notNullable();
    table.string('cause');
    table.text('message');
    table.text('remedy');
    table.string('remote_id');
    table.text('pushed');
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('intent');
    table.string('synced_at');
    table.string('updated_at').notNullable();
    table.primary(['tenant_id', 'connection', 'kind', 'place']);
    table.index(['connection', 'kind', 'remote_id']);
    table.index(['state', 'connection']);
  });

  await knex.schema.createTable('passes', (table) => {
    table.string('tenant_id').notNullable();
    table.string('connection').notNullable();
    table.integer('tenant_revision').notNullable();
    table.string('connection_revision').notNullable();
    table.string('next_attempt_at');
    table.primary(['tenant_id', 'connection']);
    table.index(['connection', 'next_attempt_at']);
  });

  await knex.schema.createTable('attempts', (table) => {
    table.increments('id');
    table.string('tenant_id').notNullable();
    table.string('connection').notNullable();
    table.string('kind').notNullable();
    table.string('place').notNullable();
    table.string('action').notNullable();
    table.string('outcome').notNullable();
    table.text('message');
    table.text('before');
    table.text('changes');
    table.string('at').notNullable();
    table.index(['tenant_id', 'id']);
    table.index(['connection', 'id']);
  });

  await knex.schema.createTable('connections', (table) => {
    table.string('name').primary();
    table.string('state').notNullable();
    table.text('message');
    table.text('remedy');
    table.string('since').notNullable();
    table.string('wait_until');
    table.integer('probes').notNullable().defaultTo(0);
  });

  await knex.schema.createTable('commands', (table) => {
    table.increments('id');
    table.string('name').notNullable();
    table.text('args').notNullable();
    table.string('created_at').notNullable();
    table.string('done_at');
    table.text('result');
    table.index(['done_at', 'id']);
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of [
    'commands',
    'connections',
    'attempts',
    'passes',
    'sync_states',
    'application_events',
    'subjects',
    'identities',
    'tenants',
  ]) {
    await knex.schema.dropTable(table);
  }
}
