import type { Knex } from 'knex';

/** Who may look at the pages, and who looked at what. Of passwords, cookies, links and keys only hashes are kept. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('users', (table) => {
    table.increments('id');
    table.string('name').notNullable();
    // The name as it is compared.
    table.string('name_key').notNullable().unique();
    table.string('password_hash');
    table.string('role').notNullable();
    table.string('created_at').notNullable();
    table.string('disabled_at');
  });

  await knex.schema.createTable('sessions', (table) => {
    table.string('id').primary();
    table.integer('user_id').notNullable().references('users.id');
    table.string('csrf').notNullable();
    table.string('created_at').notNullable();
    table.string('seen_at').notNullable();
    table.string('expires_at').notNullable();
    table.text('flash');
    table.index(['user_id']);
  });

  await knex.schema.createTable('api_tokens', (table) => {
    table.increments('id');
    table.string('name').notNullable();
    table.string('hash').notNullable().unique();
    table.string('role').notNullable();
    table.string('created_at').notNullable();
    table.string('last_used_at');
    table.string('revoked_at');
  });

  await knex.schema.createTable('sign_in_links', (table) => {
    table.string('hash').primary();
    // Null: whoever opens it becomes the first user.
    table.integer('user_id').references('users.id');
    table.string('expires_at').notNullable();
    table.string('used_at');
  });

  await knex.schema.createTable('people_log', (table) => {
    table.increments('id');
    table.string('at').notNullable();
    table.string('who').notNullable();
    table.string('what').notNullable();
    table.string('tenant_id');
    table.bigInteger('event_id');
    table.string('detail');
    table.index(['tenant_id', 'id']);
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['people_log', 'sign_in_links', 'api_tokens', 'sessions', 'users'])
    await knex.schema.dropTable(table);
}
