/** What a landlord is told of the times in which Boom could not reach us. */
import type { Resync, ResyncStore } from '../store/resyncs.ts';
import type { Unconfirmed, UptimeStore } from '../store/uptime.ts';

export interface GapReport {
  id: number;
  /** UTC ISO 8601. */
  from: string;
  to: string;
  /** `unread` without API keys, or not yet · `read_back` Boom's API told what it can · `settled` nothing is open. */
  state: 'unread' | 'reading' | 'read_back' | 'settled';
  /** What was new or had changed in Boom, and tenants that changed by it. */
  recovered: { changes: number; tenants: number };
  /** Tenants of whom something is unconfirmed since. */
  unconfirmed: { leasing: number; reporting: number };
}

const count = (rows: readonly Unconfirmed[], what: Unconfirmed['what']) =>
  rows.filter((row) => row.what === what).length;

export async function readGaps(
  { uptime, resyncs }: { uptime: UptimeStore; resyncs: ResyncStore },
  filter: { open?: boolean } = {},
): Promise<GapReport[]> {
  const reports: GapReport[] = [];
  for (const gap of await uptime.gaps(filter)) {
    const runs = await resyncs.ofGap(gap.id);
    const rows = await uptime.unconfirmed({ gapId: gap.id });
    const sum = (pick: (run: Resync) => number) => runs.reduce((total, run) => total + pick(run), 0);
    const { id, from, to, settledAt } = gap;
    reports.push({
      id,
      from,
      to,
      state:
        settledAt !== null
          ? 'settled'
          : runs.length === 0
            ? 'unread'
            : runs.some((run) => run.finishedAt === null)
              ? 'reading'
              : 'read_back',
      recovered: { changes: sum((run) => run.changed), tenants: sum((run) => run.tenants) },
      unconfirmed: { leasing: count(rows, 'leasing'), reporting: count(rows, 'reporting') },
    });
  }
  return reports;
}
