import type { Knex } from 'knex';

/** Who was forgotten, as a ledger without names, and of whom nothing may be removed. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('forgotten', (table) => {
    table.string('id').primary();
    table.string('tenant_id').notNullable();
    table.string('account').notNullable();
    table.string('at').notNullable();
    // asked · retention
    table.string('why').notNullable();
    // Which key the hashes were made with, and the hashes of Boom's ids: see src/store/tombstone-files.ts.
    table.string('key_mark').notNullable();
    table.text('hashes').notNullable();
    // Ids, outcomes and times; null once those are no longer kept either.
    table.text('ledger');
    table.index(['at']);
  });

  await knex.schema.createTable('legal_holds', (table) => {
    table.increments('id');
    table.string('tenant_id').notNullable();
    table.string('reason');
    table.string('who').notNullable();
    table.string('held_at').notNullable();
    table.string('released_at');
    table.string('release_reason');
    table.string('released_by');
  });
  await knex.raw('create unique index legal_holds_now on legal_holds (tenant_id) where released_at is null');
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['legal_holds', 'forgotten']) await knex.schema.dropTable(table);
}
