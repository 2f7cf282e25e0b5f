/** What a landlord is told of the times in which Boom could not reach us. */
import type { AccountConfig } from '../config/config.ts';
import type { Resync, ResyncStore } from '../store/resyncs.ts';
import type { Gap, Unconfirmed, UptimeStore } from '../store/uptime.ts';

export interface GapReport {
  id: number;
  /** UTC ISO 8601. */
  from: string;
  to: string;
  /**
   * `unread`: an account has no API keys to ask by · `reading`: being read back, or about to be · `read_back`: Boom's API
   * told what it can · `settled`: nothing is open.
   */
  state: 'unread' | 'reading' | 'read_back' | 'settled';
  /** Accounts without API keys: what was sent for them is not known. */
  unread: string[];
  /** What was new or had changed in Boom, and tenants that changed by it. */
  recovered: { changes: number; tenants: number };
  /** Tenants of whom something is unconfirmed since. */
  unconfirmed: { leasing: number; reporting: number };
}

type Account = Pick<AccountConfig, 'name' | 'api'>;

const count = (rows: readonly Unconfirmed[], what: Unconfirmed['what']) =>
  rows.filter((row) => row.what === what).length;

export async function readGaps(
  { uptime, resyncs }: { uptime: UptimeStore; resyncs: ResyncStore },
  accounts: readonly Account[],
  filter: { open?: boolean } = {},
): Promise<GapReport[]> {
  const reports: GapReport[] = [];
  for (const gap of await uptime.gaps(filter)) {
    const runs = await resyncs.ofGap(gap.id);
    const rows = await uptime.unconfirmed({ gapId: gap.id });
    const sum = (pick: (run: Resync) => number) => runs.reduce((total, run) => total + pick(run), 0);
    reports.push({
      id: gap.id,
      from: gap.from,
      to: gap.to,
      state: stateOf(gap, runs, accounts),
      unread: accounts.filter(({ api }) => api === null).map(({ name }) => name),
      recovered: { changes: sum((run) => run.changed), tenants: sum((run) => run.tenants) },
      unconfirmed: { leasing: count(rows, 'leasing'), reporting: count(rows, 'reporting') },
    });
  }
  return reports;
}

function stateOf(gap: Gap, runs: readonly Resync[], accounts: readonly Account[]): GapReport['state'] {
  if (gap.settledAt !== null) return 'settled';
  const finished = new Set(runs.filter((run) => run.finishedAt !== null).map((run) => run.account));
  const asked = accounts.filter(({ api }) => api !== null);
  if (asked.some(({ name }) => !finished.has(name))) return 'reading';
  return asked.length < accounts.length ? 'unread' : 'read_back';
}
