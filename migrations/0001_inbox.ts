import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('inbox', (table) => {
    table.increments('id');
    table.text('account').notNullable();
    table.text('source').notNullable();
    table.text('request_id');
    table.text('wire_event');
    table.text('body_hash').notNullable();
    table.text('body');
    table.text('normalised');
    table.text('status').notNullable();
    table.text('detail');
    table.text('tenant_id');
    table.text('received_at').notNullable();
    table.text('projected_at');
    // Serves the deliveries that are still to be projected as well, in order.
    table.index(['status', 'id'], 'inbox_status');
  });
  // Partial, so that a delivery costs only the index that it needs: most carry a request id, and none has a
  // tenant yet. NULLs never equal one another in a unique index, so the ten-minute rule has one of its own.
  await knex.raw(
    'create unique index inbox_request on inbox (account, request_id, body_hash) where request_id is not null',
  );
  await knex.raw(
    'create index inbox_unnumbered on inbox (account, body_hash, received_at) where request_id is null',
  );
  await knex.raw('create index inbox_tenant on inbox (tenant_id, id) where tenant_id is not null');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('inbox');
}
