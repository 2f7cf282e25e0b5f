import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';

/**
 * What trust in the connectors needs: the plan that is shown before anything is written, approvals and undoing, the
 * landlord's own pause, the requests that were spent, and an index of the people in a PMS without a lookup.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sync_states', (table) => {
    table.text('plan');
    table.string('asked_at');
    table.string('approved_at');
    table.string('held_at');
  });
  await knex.schema.alterTable('attempts', (table) => {
    table.string('remote_id');
    table.string('undone_at');
    table.index(['connection', 'action', 'at']);
  });
  await knex.schema.alterTable('connections', (table) => {
    table.string('paused_at');
  });

  // What may have been made counts against the quota however old it is.
  await knex.raw(
    'create index sync_states_unknown on sync_states (connection) where intent is not null and remote_id is null',
  );

  // Our ids of records in a PMS hold it: those of another installation are not ours.
  await knex.schema.createTable('installation', (table) => {
    table.string('id').primary();
  });
  await knex('installation').insert({ id: randomUUID() });

  // So many requests in each stretch of time: what a restart must not forget.
  await knex.schema.createTable('spent_requests', (table) => {
    table.string('connection').notNullable();
    table.integer('seconds').notNullable();
    table.bigInteger('slot').notNullable();
    table.integer('requests').notNullable();
    table.primary(['connection', 'seconds', 'slot']);
  });

  // Keys are hashes: who lives in a PMS besides Boom's people is not ours to keep.
  await knex.schema.createTable('remote_index', (table) => {
    table.string('connection').notNullable();
    table.string('kind').notNullable();
    table.string('key').notNullable();
    table.string('remote_id').notNullable();
    table.primary(['connection', 'kind', 'key', 'remote_id']);
    table.index(['connection', 'kind', 'remote_id']);
  });
  await knex.schema.createTable('remote_index_read', (table) => {
    table.string('connection').notNullable();
    table.string('kind').notNullable();
    table.string('upto').notNullable();
    table.primary(['connection', 'kind']);
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['installation', 'remote_index_read', 'remote_index', 'spent_requests'])
    await knex.schema.dropTable(table);
  await knex.schema.alterTable('connections', (table) => {
    table.dropColumn('paused_at');
  });
  await knex.schema.alterTable('attempts', (table) => {
    table.dropIndex(['connection', 'action', 'at']);
    table.dropColumns('remote_id', 'undone_at');
  });
  await knex.raw('drop index sync_states_unknown');
  await knex.schema.alterTable('sync_states', (table) => {
    table.dropColumns('plan', 'asked_at', 'approved_at', 'held_at');
  });
}
