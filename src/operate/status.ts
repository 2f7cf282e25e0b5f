/** Is everything all right? One verdict from the store, for the terminal now and for the pages later. */
import type { Connection } from '../connect/connection.ts';
import type { ConnectionStore } from '../store/connections.ts';
import type { EventStatus, Inbox } from '../store/inbox.ts';
import { SYNC_STATES, type SyncStateName, type SyncStore } from '../store/sync.ts';
import type { TenantStore } from '../store/tenants.ts';

/** The words of a verdict: see docs/operations.md. */
export type Verdict = 'in_line' | 'catching_up' | 'needs_you' | 'stopped' | 'not_set_up';

export interface ConnectionStatus {
  name: string;
  label: string;
  mode: 'preview' | 'live';
  /** `broken`: it was refused or cannot be reached; what waits is held. */
  health: 'working' | 'broken';
  message: string | null;
  remedy: string | null;
  since: string | null;
  records: Record<SyncStateName, number>;
  /** Tenants that wait for a pass. */
  due: number;
}

export interface Status {
  verdict: Verdict;
  sentence: string;
  /** The one thing to do; null when there is nothing. */
  next: string | null;
  server: { running: boolean; address: string | null };
  /** `waitingForBoom`: records that settle with what Boom says next. */
  tenants: { total: number; inLine: number; waitingForBoom: number };
  events: { total: number; lastAt: string | null } & Record<EventStatus, number>;
  connections: ConnectionStatus[];
}

export interface StatusSources {
  tenants: TenantStore;
  sync: SyncStore;
  inbox: Inbox;
  connectionHealth: ConnectionStore;
  connections: readonly Pick<Connection, 'name' | 'label' | 'mode' | 'revision'>[];
  server: { running: boolean; address: string | null };
  now: () => Date;
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

function verdictOf(
  status: Omit<Status, 'verdict' | 'sentence' | 'next'>,
): Pick<Status, 'verdict' | 'sentence' | 'next'> {
  const sum = (state: SyncStateName) => status.connections.reduce((n, c) => n + c.records[state], 0);
  const { total, inLine } = status.tenants;
  const held = status.connections.reduce((n, c) => n + c.due, 0);
  if (!status.server.running) {
    return {
      verdict: 'stopped',
      sentence: 'boomsync is not running: nothing that Boom sends now is received.',
      next: 'npm start',
    };
  }
  const broken = status.connections.find((c) => c.health === 'broken');
  if (broken) {
    return {
      verdict: 'stopped',
      sentence: `${(broken.message ?? `${broken.label} does not answer`).replace(/\.$/, '')}. ${plural(held, 'tenant waits', 'tenants wait')} and will be sent when it works again. Nothing is lost.`,
      next: broken.remedy,
    };
  }
  const needs = sum('parked') + status.events.failed + status.events.quarantined;
  if (needs > 0) {
    return {
      verdict: 'needs_you',
      sentence: `${plural(needs, 'thing needs', 'things need')} you. ${inLine} of ${plural(total, 'tenant', 'tenants')} in line. Nothing has been lost.`,
      next: 'npx boomsync errors',
    };
  }
  const moving = sum('retrying') + sum('creating') + status.events.received + held;
  if (moving > 0) {
    return {
      verdict: 'catching_up',
      sentence: `Catching up: ${plural(moving, 'update is', 'updates are')} under way. ${inLine} of ${plural(total, 'tenant', 'tenants')} in line.`,
      next: null,
    };
  }
  if (status.events.total === 0) {
    return {
      verdict: 'not_set_up',
      sentence: 'Nothing has arrived from Boom yet.',
      next: 'Give Boom the address and the key that npm start prints, or try it: npx boomsync send application_approved',
    };
  }
  if (status.tenants.waitingForBoom > 0) {
    return {
      verdict: 'catching_up',
      sentence: `${inLine} of ${plural(total, 'tenant', 'tenants')} in line. For the others we wait until Boom says who they are, or where they live. Nothing needs you.`,
      next: null,
    };
  }
  const preview = status.connections.filter((c) => c.mode === 'preview');
  if (preview.length > 0 && sum('waiting') > 0) {
    const names = preview.map((c) => c.label).join(' and ');
    return {
      verdict: 'in_line',
      sentence: `Preview: nothing is written to ${names} yet. ${plural(sum('waiting'), 'record', 'records')} would be changed or added.`,
      next: 'npx boomsync tenants',
    };
  }
  return {
    verdict: 'in_line',
    sentence: total === 1 ? 'The one tenant is in line.' : `All ${total} tenants are in line.`,
    next: null,
  };
}

export async function readStatus(sources: StatusSources): Promise<Status> {
  const { tenants, sync, inbox, connectionHealth, connections, server, now } = sources;
  const counts = await sync.countByState();
  const health = new Map((await connectionHealth.all()).map((h) => [h.name, h]));
  const byStatus = await inbox.countByStatus();
  const [last] = await inbox.list({ limit: 1 });
  const total = await tenants.count();
  const list: ConnectionStatus[] = [];
  for (const { name, label, mode, revision } of connections) {
    const records = Object.fromEntries(
      SYNC_STATES.map((state) => [
        state,
        counts.find((c) => c.connection === name && c.state === state)?.count ?? 0,
      ]),
    ) as Record<SyncStateName, number>;
    const own = health.get(name);
    list.push({
      name,
      label,
      mode,
      health: own?.state ?? 'working',
      message: own?.message ?? null,
      remedy: own?.remedy ?? null,
      since: own?.since ?? null,
      records,
      due: await sync.countDue(name, revision, now().toISOString()),
    });
  }
  const names = connections.map((c) => c.name);
  const inLine = total - (await sync.tenantsNotInLine(names));
  const status = {
    server,
    tenants: { total, inLine, waitingForBoom: await sync.countWaitingForBoom(names) },
    events: {
      total: Object.values(byStatus).reduce((sum, n) => sum + n, 0),
      lastAt: last?.receivedAt ?? null,
      ...byStatus,
    },
    connections: list,
  };
  return { ...verdictOf(status), ...status };
}
