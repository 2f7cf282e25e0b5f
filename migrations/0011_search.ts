import type { Knex } from 'knex';

/** What a person is found by, and what lists of tenants are read along. */
export async function up(knex: Knex): Promise<void> {
  // Words of people's names, addresses and numbers: they go with the tenant. See src/store/search-words.ts.
  await knex.schema.createTable('tenant_words', (table) => {
    table.string('word').notNullable();
    table.string('tenant_id').notNullable();
    table.primary(['word', 'tenant_id']);
    table.index(['tenant_id', 'word']);
  });
  await knex.schema.alterTable('tenants', (table) => {
    // 1 once the words of its record are kept; those from before this migration are filled in by steps.
    table.integer('worded').notNullable().defaultTo(0);
  });
  await knex.raw('create index tenants_unworded on tenants (ordinal) where worded = 0');

  // Few need somebody or are under way: whoever does stands first in the list.
  await knex.raw(
    `create index sync_states_trouble on sync_states (state, tenant_id)
     where state in ('parked', 'retrying', 'creating', 'waiting')`,
  );
  await knex.raw('create index sync_states_people on sync_states (connection, tenant_id)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index sync_states_people');
  await knex.raw('drop index sync_states_trouble');
  await knex.raw('drop index tenants_unworded');
  await knex.schema.alterTable('tenants', (table) => {
    table.dropColumn('worded');
  });
  await knex.schema.dropTable('tenant_words');
}
