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

  // Few need somebody or are under way: whoever does stands first in the list. A condition that holds for every record
  // keeps an index to the question that is asked along it: the planner would take it for others that are slower by it.
  const troubled = `state in ('parked', 'retrying', 'creating', 'waiting')`;
  const index = (name: string, columns: string, where: string) =>
    knex.raw(`create index ${name} on sync_states (${columns}) where ${where}`);
  await index('sync_states_trouble', 'state, tenant_id', `${troubled} and kind <> ''`);
  await index('sync_states_trouble_there', 'connection, state, tenant_id', troubled);
  await index('sync_states_people', 'connection, tenant_id', `kind <> ''`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index sync_states_people');
  await knex.raw('drop index sync_states_trouble_there');
  await knex.raw('drop index sync_states_trouble');
  await knex.raw('drop index tenants_unworded');
  await knex.schema.alterTable('tenants', (table) => {
    table.dropColumn('worded');
  });
  await knex.schema.dropTable('tenant_words');
}
