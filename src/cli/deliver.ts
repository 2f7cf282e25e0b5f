/** Posts a delivery to the running server as Boom would, and finds out what became of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import type { Connection } from '../connect/connection.ts';
import type { Stores } from '../store/stores.ts';
import type { SyncState } from '../store/sync.ts';
import { Failure } from './failure.ts';
import { addressOf, runningServer } from './home.ts';

const LOOK_EVERY_MS = 40;

export interface Delivered {
  event: string;
  /** What the webhook answered. */
  answer: 'stored' | 'duplicate';
  id: number;
}

export interface Became {
  /** `projected`, `ignored`, `failed` or `quarantined`; `received` when it took too long. */
  status: string;
  detail: string | null;
  tenantId: string | null;
  connections: {
    name: string;
    kind: string;
    status: string;
    remoteId: string | null;
    message: string | null;
  }[];
}

/** Where to send, or a failure that says how to start. */
export function target(config: Config): { url: string; key: string } {
  const server = runningServer(config);
  if (server === null) {
    throw new Failure('not_running', 'boomsync is not running', 'Start it in another terminal: npm start');
  }
  const [account] = config.accounts;
  const path = config.accounts.length === 1 ? '/webhooks/boom' : `/webhooks/boom/${account?.name}`;
  return { url: `${addressOf(server)}${path}`, key: account?.webhookKeys[0] ?? '' };
}

export async function deliver(
  to: { url: string; key: string },
  body: Record<string, unknown>,
): Promise<Delivered> {
  let response: Response;
  try {
    response = await fetch(to.url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
      headers: { 'content-type': 'application/json', 'x-api-key': to.key },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Failure(
      'unreachable',
      `boomsync does not answer at ${to.url}`,
      'Look whether npm start still runs.',
    );
  }
  const answer = (await response.json().catch(() => null)) as {
    status: 'stored' | 'duplicate';
    id: number;
    error?: { message: string; remedy: string };
  } | null;
  if (response.status !== 202 || answer === null) {
    throw new Failure(
      'refused',
      `boomsync refused it: ${answer?.error?.message ?? `status ${response.status}`}`,
      answer?.error?.remedy ?? 'Look into its log.',
    );
  }
  return { event: String(body.event), answer: answer.status, id: answer.id };
}

const MOVING: readonly string[] = ['waiting', 'creating', 'retrying'];

/** Waits until it is projected and every connection has had its turn with that tenant. */
export async function followUp(
  id: number,
  stores: Stores,
  connections: readonly Connection[],
  patienceMs = 15_000,
): Promise<Became> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const [event] = await stores.inbox.byIds([id]);
    const done = event !== undefined && event.status !== 'received';
    const tenantId = event?.tenantId ?? null;
    const row = tenantId === null ? null : await stores.tenants.get(tenantId);
    const behind = row === null ? 0 : await stores.sync.behind(row.record.id, row.revision, connections);
    if ((done && behind === 0) || Date.now() > until) {
      const states: SyncState[] = row === null ? [] : await stores.sync.states([row.record.id]);
      return {
        status: event?.status ?? 'received',
        detail: event?.detail ?? null,
        tenantId: row?.record.id ?? tenantId,
        connections: states.map((s) => ({
          name: s.connection,
          kind: s.kind,
          status: behind > 0 && s.state === 'synced' ? 'waiting' : s.state,
          remoteId: s.remoteId,
          message: behind > 0 && s.state === 'synced' ? 'not yet written, see boomsync status' : s.message,
        })),
      };
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** One line: what became of it. */
export function becameText({ status, detail, tenantId, connections }: Became): string {
  if (status === 'ignored' || status === 'failed') return `${status}: ${detail ?? ''}`;
  if (status === 'quarantined') return `kept aside: ${detail ?? ''}`;
  if (tenantId === null) return 'kept; about nobody we know yet';
  const written = connections.map((c) =>
    c.status === 'synced'
      ? `${c.kind} in ${c.name}`
      : MOVING.includes(c.status) || c.status === 'parked'
        ? `${c.name} ${c.kind}: ${c.message ?? c.status}`
        : null,
  );
  const where = [...new Set(written.filter((text) => text !== null))].join('; ');
  return `about ${tenantId}${where ? `, ${where}` : ', nothing to write'}`;
}
