import type { Knex } from 'knex';

const PAGE = 500;

/** Whom only name, e-mail and phone join, kinds of messages that nobody knows, and what is counted on every page. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('tenants', (table) => {
    // 1 or null, so that an index holds those alone.
    table.integer('weakly_joined');
  });
  // Those of before; the projection writes it from now on.
  for (let after = -1; ; ) {
    const rows: { id: string; ordinal: number | string; weak: number }[] = await knex('tenants')
      .where('ordinal', '>', after)
      .orderBy('ordinal')
      .limit(PAGE)
      .select(
        'id',
        'ordinal',
        knex.raw(`case when record like '%"weaklyJoined":true%' then 1 else 0 end as weak`),
      );
    const last = rows.at(-1);
    if (last === undefined) break;
    after = Number(last.ordinal);
    const weak = rows.filter((row) => row.weak === 1).map(({ id }) => id);
    if (weak.length > 0) await knex('tenants').whereIn('id', weak).update({ weakly_joined: 1 });
  }
  await knex.raw(
    'create index tenants_weakly_joined on tenants (weakly_joined, ordinal, id) where weakly_joined = 1',
  );
  // Of those that are still told of, with all that is asked of them: to count them no row need be read.
  await knex.raw('drop index tenants_notice_due');
  await knex.raw(
    `create index tenants_notice_due on tenants (ordinal, notice_due_at, notice_seen_at)
     where notice_due_at is not null and (notice_seen_at is null or notice_seen_at < notice_due_at)`,
  );
  await knex.raw('drop index tenants_push_failed');
  await knex.raw(
    `create index tenants_push_failed on tenants (ordinal, push_failed_at, push_seen_at)
     where push_failed_at is not null and (push_seen_at is null or push_seen_at < push_failed_at)`,
  );
  await knex.raw('drop index tenants_reporting');
  await knex.raw(
    'create index tenants_reporting on tenants (ordinal, reporting) where reporting is not null',
  );
  await knex.schema.createTable('dismissed_kinds', (table) => {
    table.string('wire_event').primary();
    table.string('dismissed_at').notNullable();
  });
  await knex.raw(
    `create index inbox_unknown on inbox (status, wire_event, detail)
     where status = 'ignored' and wire_event is not null and detail <> 'Put aside by you'`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index inbox_unknown');
  await knex.schema.dropTable('dismissed_kinds');
  await knex.raw('drop index tenants_reporting');
  await knex.raw('create index tenants_reporting on tenants (ordinal) where reporting is not null');
  await knex.raw('drop index tenants_push_failed');
  await knex.raw('create index tenants_push_failed on tenants (ordinal) where push_failed_at is not null');
  await knex.raw('drop index tenants_notice_due');
  await knex.raw('create index tenants_notice_due on tenants (ordinal) where notice_due_at is not null');
  await knex.raw('drop index tenants_weakly_joined');
  await knex.schema.alterTable('tenants', (table) => {
    table.dropColumn('weakly_joined');
  });
}
