import type { Knex } from 'knex';

/** Since when a record needs a person, how often it was found so, and when it last ceased to. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sync_states', (table) => {
    table.string('needs_since');
    table.integer('needs_seen');
    table.string('needs_ended_at');
  });
  // What needs a person, by cause: the page counts them and shows some of each.
  await knex.raw(
    `create index sync_states_needs on sync_states (state, connection, cause, tenant_id, kind, place, quiet_until)
     where state = 'parked'`,
  );
  await knex.raw(
    `create index sync_states_aside on sync_states (state, quiet_until, tenant_id, connection)
     where state = 'parked' and quiet_until is not null`,
  );
  await knex.raw(
    'create index sync_states_needs_ended on sync_states (needs_ended_at) where needs_ended_at is not null',
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index sync_states_needs_ended');
  await knex.raw('drop index sync_states_aside');
  await knex.raw('drop index sync_states_needs');
  await knex.schema.alterTable('sync_states', (table) => {
    table.dropColumns('needs_since', 'needs_seen', 'needs_ended_at');
  });
}
