import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('tenants', (table) => {
    // What tells a tenant apart from others, beside the record that the fold makes: see src/project/known.ts.
    table.text('known');
    // When Boom's own push of this person into a PMS failed, and which of those failures the landlord has seen to.
    table.string('push_failed_at');
    table.string('push_seen_at');
  });
  await knex.raw('create index tenants_push_failed on tenants (ordinal) where push_failed_at is not null');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index tenants_push_failed');
  await knex.schema.alterTable('tenants', (table) => {
    table.dropColumn('known');
    table.dropColumn('push_failed_at');
    table.dropColumn('push_seen_at');
  });
}
