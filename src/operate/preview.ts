/** `preview`: what boomsync would do over there now, found by a look that writes and keeps nothing. */
import type { Connection } from '../connect/connection.ts';
import { previewer } from '../reconcile/preview.ts';
import type { SyncState } from '../store/sync.ts';
import type { TenantRow } from '../store/tenants.ts';
import type { CommandTools, Refused } from './command.ts';
import { unknownConnection } from './pause.ts';

export type PreviewedRecord = Pick<
  SyncState,
  | 'tenantId'
  | 'connection'
  | 'kind'
  | 'place'
  | 'state'
  | 'cause'
  | 'message'
  | 'remedy'
  | 'remoteId'
  | 'plan'
  | 'approvedAt'
>;

export interface PreviewedConnection {
  name: string;
  /** What the PMS is called. */
  label: string;
  mode: Connection['mode'];
  /** Why the look ended before it had seen everybody; null: it saw everybody. */
  failure: { message: string; remedy: string } | null;
}

export interface Preview {
  connections: PreviewedConnection[];
  records: PreviewedRecord[];
  /** What all of it comes to, in records. */
  counts: PreviewCounts;
}

export interface PreviewCounts {
  /** To be added, and to be changed. */
  create: number;
  update: number;
  decisions: number;
  notes: number;
  /** They need a person, now or then. */
  needsYou: number;
  /** Nothing is to be done. */
  inLine: number;
}

export interface PreviewAsked {
  tenantId: string | null;
  connection: string | null;
}

export async function preview(
  { tenantId, connection }: PreviewAsked,
  tools: CommandTools,
): Promise<Preview | Refused> {
  const chosen = tools.connections().filter(({ name }) => connection === null || name === connection);
  if (connection !== null && chosen.length === 0) return unknownConnection(connection, tools);
  const rows = await tenantsOf(tenantId, tools);
  const looks = await Promise.all(chosen.map((one) => lookThrough(one, rows, tools)));
  const records = looks.flatMap((look) => look.records);
  return { connections: looks.map((look) => look.connection), records, counts: countsOf(records) };
}

async function tenantsOf(tenantId: string | null, { stores }: CommandTools): Promise<TenantRow[]> {
  if (tenantId === null) return await stores.tenants.list({});
  const row = await stores.tenants.get(tenantId);
  return row === null ? [] : [row];
}

async function lookThrough(
  connection: Connection,
  rows: readonly TenantRow[],
  { stores, reads, timezone, now }: CommandTools,
): Promise<{ connection: PreviewedConnection; records: PreviewedRecord[] }> {
  const { name, label, mode, concurrency } = connection;
  const seen: PreviewedRecord[][] = [];
  let failure: PreviewedConnection['failure'] = await pausedOf(connection, stores);
  const previewTenant = previewer(connection, {
    ...stores,
    timezone,
    now,
    awaitsRead: (tenant) => reads.awaitsRead(tenant),
  });
  let next = 0;
  const look = async () => {
    while (failure === null && next < rows.length) {
      const at = next;
      next += 1;
      const row = rows[at];
      if (row === undefined) return;
      const found = await previewTenant(row);
      if (found.failure === null) seen[at] = found.records.map(recordOf);
      else failure = { message: found.failure.message, remedy: found.failure.remedy };
    }
  };
  await Promise.all(Array.from({ length: concurrency }, look));
  return { connection: { name, label, mode, failure }, records: seen.flat() };
}

async function pausedOf(
  { name, label }: Connection,
  { connections }: CommandTools['stores'],
): Promise<PreviewedConnection['failure']> {
  const health = await connections.get(name);
  // After a restore this is how a person compares before resuming.
  if (!health?.pausedAt || health.pausedWhy === 'restored') return null;
  return {
    message: `You paused ${name}, so ${label} is not asked`,
    remedy: `Resume it with: boomsync connection resume ${name}`,
  };
}

function recordOf(state: SyncState): PreviewedRecord {
  const { tenantId, connection, kind, place, cause, message, remedy, remoteId, plan, approvedAt } = state;
  const found = { tenantId, connection, kind, place, cause, message, remedy, remoteId, plan, approvedAt };
  return { ...found, state: state.state };
}

/** Whether something would be written for it. */
export function isPlanned({ plan }: Pick<SyncState, 'plan'>): boolean {
  return plan !== null && (plan.record !== 'none' || plan.decision !== null || plan.notes.length > 0);
}

function countsOf(records: readonly PreviewedRecord[]): PreviewCounts {
  const count = (fits: (record: PreviewedRecord) => boolean) => records.filter(fits).length;
  return {
    create: count(({ plan }) => plan?.record === 'create'),
    update: count(({ plan }) => plan?.record === 'update'),
    decisions: count(({ plan }) => plan !== null && plan.decision !== null),
    notes: records.reduce((sum, { plan }) => sum + (plan?.notes.length ?? 0), 0),
    needsYou: count(({ state }) => state === 'parked'),
    inLine: count((record) => record.state !== 'parked' && !isPlanned(record)),
  };
}
