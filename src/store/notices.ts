/** People to whom a notice may be due, until a landlord says that it was seen to. */
import type { Knex } from 'knex';
import type { Leasing, Tenant } from '../project/tenant.ts';
import { readTenant } from './tenants.ts';

const NOTICED: readonly (Leasing | null)[] = ['declined', 'approved_with_conditions'];

/**
 * The time of the newest decision that stands and after which a notice may be due: Boom declined the person, or approved
 * them with conditions. Null where there is none. boomsync says so, and neither sends nor judges.
 */
export function noticeDueAt({ applications }: Pick<Tenant, 'applications'>): string | null {
  const times = applications
    .filter(({ leasing, left }) => !left && NOTICED.includes(leasing))
    .flatMap(({ decidedAt, since }) => decidedAt ?? since ?? []);
  return times.sort().at(-1) ?? null;
}

export interface Notice {
  record: Tenant;
  /** When Boom decided. UTC ISO 8601. */
  dueAt: string;
}

export interface NoticeStore {
  /** In the order in which the people came. */
  due(options: { limit: number }): Promise<Notice[]>;
  count(): Promise<number>;
  /** The landlord has seen to it: only a later decision is told again. Returns how many there were. */
  seen(tenantId: string): Promise<number>;
}

export function createNoticeStore(knex: Knex): NoticeStore {
  // As the index of these has it, so that SQLite knows that it is meant.
  const unseen = () =>
    knex('tenants')
      .whereNotNull('notice_due_at')
      .whereRaw('(notice_seen_at is null or notice_seen_at < notice_due_at)');
  return {
    async due({ limit }) {
      const rows: { revision: number; record: string; notice_due_at: string }[] = await unseen()
        .orderBy('ordinal')
        .limit(limit)
        .select('revision', 'record', 'notice_due_at');
      return rows.map((row) => ({ record: readTenant(row).record, dueAt: row.notice_due_at }));
    },
    async count() {
      const row = await unseen().count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
    async seen(tenantId) {
      return await unseen()
        .where({ id: tenantId })
        .update({ notice_seen_at: knex.ref('notice_due_at') });
    },
  };
}
