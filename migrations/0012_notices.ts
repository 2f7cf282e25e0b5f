import type { Knex } from 'knex';

const PAGE = 500;
const ABOUT = ['declined', 'approved_with_conditions'];

/** A decision after which a notice may be due to the person, and which of those decisions the landlord has seen to. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('tenants', (table) => {
    table.string('notice_due_at');
    table.string('notice_seen_at');
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
      const at = dueAt(record);
      if (at !== null) await knex('tenants').where({ id }).update({ notice_due_at: at });
    }
  }
  await knex.raw('create index tenants_notice_due on tenants (ordinal) where notice_due_at is not null');
}

interface Application {
  leasing: string | null;
  left?: boolean;
  decidedAt: string | null;
  since: string | null;
}

function dueAt(record: string): string | null {
  const { applications } = JSON.parse(record) as { applications: Application[] };
  const times = applications
    .filter(({ leasing, left }) => !left && leasing !== null && ABOUT.includes(leasing))
    .map(({ decidedAt, since }) => decidedAt ?? since ?? '');
  return times.sort().at(-1) || null;
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index tenants_notice_due');
  await knex.schema.alterTable('tenants', (table) => {
    table.dropColumns('notice_due_at', 'notice_seen_at');
  });
}
