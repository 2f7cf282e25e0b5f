import type { Knex } from 'knex';

/** So that records which a person holds back are counted without going through all of them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create index sync_states_held on sync_states (connection) where held_at is not null');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index sync_states_held');
}
