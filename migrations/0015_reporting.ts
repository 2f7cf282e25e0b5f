import type { Knex } from 'knex';

const PAGE = 500;

/** Where each person stands in rent reporting, so that the page about it need not read everybody. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('tenants', (table) => {
    table.string('reporting');
  });
  // Those of before; the projection writes it from now on.
  for (let after = -1; ; ) {
    const rows: { id: string; ordinal: number | string; record: string }[] = await knex('tenants')
      .where('ordinal', '>', after)
      .orderBy('ordinal')
      .limit(PAGE)
      .select('id', 'ordinal', 'record');
    const last = rows.at(-1);
    if (last === undefined) break;
    after = Number(last.ordinal);
    for (const { id, record } of rows) {
      const reporting = takesPart(record);
      if (reporting !== null) await knex('tenants').where({ id }).update({ reporting });
    }
  }
  await knex.raw('create index tenants_reporting on tenants (ordinal) where reporting is not null');
}

interface Said {
  enrollments: { reporting: string | null; since: string | null }[];
  residencies: { status: string }[];
}

function takesPart(record: string): string | null {
  const { enrollments, residencies } = JSON.parse(record) as Said;
  const newest = enrollments.sort((a, b) => (a.since ?? '').localeCompare(b.since ?? '')).at(-1);
  if (newest !== undefined) return newest.reporting ?? 'registered';
  return residencies.some(({ status }) => status === 'resident') ? 'apart' : null;
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index tenants_reporting');
  await knex.schema.alterTable('tenants', (table) => {
    table.dropColumn('reporting');
  });
}
