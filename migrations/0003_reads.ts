import type { Knex } from 'knex';

/** What is read from Boom's API, and when this program was not there to hear. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('reads', (table) => {
    table.string('account').notNullable();
    table.string('object').notNullable();
    table.string('hash');
    table.bigInteger('event_id').notNullable().defaultTo(0);
    table.bigInteger('wanted_by').notNullable().defaultTo(0);
    table.bigInteger('read_upto').notNullable().defaultTo(0);
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('next_attempt_at');
    table.string('wanted_at');
    table.integer('resync_id');
    table.primary(['account', 'object']);
  });
  // Nearly every object has been read: the index holds only those that are still to be.
  await knex.raw('create index reads_due on reads (account, wanted_by) where wanted_by > read_upto');

  await knex.schema.createTable('resyncs', (table) => {
    table.increments('id');
    table.string('account').notNullable();
    table.integer('gap_id');
    table.string('since');
    table.string('until').notNullable();
    table.boolean('baseline').notNullable();
    table.boolean('covers').notNullable();
    table.string('step').notNullable();
    table.integer('page').notNullable();
    table.integer('pages');
    table.integer('seen').notNullable().defaultTo(0);
    table.integer('changed').notNullable().defaultTo(0);
    table.integer('tenants').notNullable().defaultTo(0);
    table.string('started_at').notNullable();
    table.string('updated_at').notNullable();
    table.string('finished_at');
    table.index(['account', 'finished_at']);
    table.index(['gap_id']);
  });

  await knex.schema.createTable('uptime', (table) => {
    table.increments('id');
    table.string('began_at').notNullable();
    table.string('seen_at').notNullable();
  });

  await knex.schema.createTable('gaps', (table) => {
    table.increments('id');
    table.string('from_at').notNullable();
    table.string('to_at').notNullable();
    table.bigInteger('heard_upto').notNullable();
    table.string('settled_at');
    table.index(['settled_at']);
  });

  await knex.schema.createTable('unconfirmed', (table) => {
    table.integer('gap_id').notNullable();
    table.string('tenant_id').notNullable();
    table.string('what').notNullable();
    table.primary(['gap_id', 'tenant_id', 'what']);
    table.index(['tenant_id']);
  });

  await knex.schema.alterTable('connections', (table) => {
    table.string('kind');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('connections', (table) => {
    table.dropColumn('kind');
  });
  for (const table of ['unconfirmed', 'gaps', 'uptime', 'resyncs', 'reads']) {
    await knex.schema.dropTable(table);
  }
}
