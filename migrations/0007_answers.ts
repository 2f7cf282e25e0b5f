import type { Knex } from 'knex';

/**
 * What a person says of a record that needs them: whose value stays, which record over there it is, that it may be made,
 * that they do not want to hear of it now; and which records over there it may be.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sync_states', (table) => {
    table.text('candidates');
    table.text('answers');
    table.string('named_at');
    table.string('quiet_until');
    table.text('quiet_trouble');
    table.text('quiet_why');
  });
  // Until now a tenant's record was let be made by name only.
  await knex('sync_states')
    .where({ kind: 'tenant' })
    .update({ named_at: knex.ref('approved_at') });
  // Few records are quiet, and how many is asked with every look at the state.
  await knex.raw(
    'create index sync_states_quiet on sync_states (connection, quiet_until) where quiet_until is not null',
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index sync_states_quiet');
  await knex.schema.alterTable('sync_states', (table) => {
    table.dropColumns('candidates', 'answers', 'named_at', 'quiet_until', 'quiet_trouble', 'quiet_why');
  });
}
