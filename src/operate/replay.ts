/** Projects the inbox once more, as this version reads it: all of it, or the events of one tenant. */
import type { ProjectionStore } from '../project/projection-store.ts';
import { refresh } from '../project/refresh.ts';
import { changedRegisters } from '../project/registers.ts';
import type { Read } from '../project/understand.ts';
import type { Inbox } from '../store/inbox.ts';
import type { ReplayStore } from '../store/replay.ts';
import type { Differences } from '../store/replay-compare.ts';
import { Projecting } from './projecting.ts';

export interface ReplayResult {
  dryRun: boolean;
  /** Events that were gone through. */
  events: number;
  /** Of those: events that cannot be used. */
  failed: number;
  changed: { tenantId: string; registers: string[] }[];
  added: string[];
  /** Tenants that are another one now, or, with null, nobody any more. */
  gone: { tenantId: string; into: string | null }[];
}

export interface Replays {
  all(dryRun: boolean): Promise<ReplayResult>;
  tenant(tenantId: string, dryRun: boolean): Promise<ReplayResult>;
  /** Ends one that is under way, which leaves everything as it was. */
  stop(): void;
}

interface Tools {
  stores: { projection: ProjectionStore; inbox: Inbox; replay: ReplayStore };
  read: () => Promise<Read>;
  projecting: Pick<Projecting, 'alone'>;
  now: () => Date;
  onProgress: ReplayOptions['onProgress'];
  onFault: ReplayOptions['onFault'];
}

/** Nothing else is projected while one runs; receiving goes on. */
export function createReplays({ stores, projecting, ...tools }: Tools): Replays {
  const stopping = new AbortController();
  const options = (dryRun: boolean) => ({ ...tools, dryRun, signal: stopping.signal });
  return {
    all: (dryRun) => projecting.alone(() => replayAll(stores.replay, options(dryRun))),
    tenant: (id, dryRun) => projecting.alone(() => replayTenant(id, stores, options(dryRun))),
    stop: () => stopping.abort(),
  };
}

export interface ReplayOptions {
  dryRun: boolean;
  read: () => Promise<Read>;
  now: () => Date;
  /** How many events of how many were gone through. */
  onProgress: (done: number, total: number) => void;
  onFault: (error: unknown) => void;
  /** Ends it, leaving everything as it was. */
  signal: AbortSignal;
}

/** The old records stay in use until the new ones take their place at once. Nobody else may project meanwhile. */
export async function replayAll(replay: ReplayStore, options: ReplayOptions): Promise<ReplayResult> {
  const { dryRun, read, now, onProgress, onFault, signal } = options;
  const scratch = await replay.begin();
  try {
    const projecting = new Projecting({
      store: scratch.projection,
      read,
      onProjected: () => signal.throwIfAborted(),
      onChanged: () => {},
      onFault,
      now,
    });
    let events = 0;
    for (let fed = await scratch.feed(); fed > 0; fed = await scratch.feed()) {
      await projecting.drain();
      events += fed;
      onProgress(events, scratch.total);
    }
    signal.throwIfAborted();
    const differences = await scratch.compare(changedRegisters);
    signal.throwIfAborted();
    if (!dryRun) await scratch.swap(differences, now().toISOString());
    return { dryRun, events, failed: await scratch.failed(), ...summary(differences) };
  } finally {
    await scratch.discard();
  }
}

function summary({ changed, added, gone }: Differences): Pick<ReplayResult, 'changed' | 'added' | 'gone'> {
  return {
    changed: changed.map(({ id, registers }) => ({ tenantId: id, registers })),
    added,
    gone: gone.map(({ id, into }) => ({ tenantId: id, into })),
  };
}

/** Reads the tenant's own events anew; whom they are about stays as it is. Nobody else may project meanwhile. */
export async function replayTenant(
  tenantId: string,
  { projection, inbox }: { projection: ProjectionStore; inbox: Inbox },
  { dryRun, read, now }: Pick<ReplayOptions, 'dryRun' | 'read' | 'now'>,
): Promise<ReplayResult> {
  const subjects = await projection.subjects([tenantId]);
  const ids = subjects.filter(({ position }) => position >= 0).map(({ eventId }) => eventId);
  const rows = (await inbox.byIds(ids)).filter((row) => row.status === 'projected');
  const { events, changed } = await refresh(projection, await read(), rows, { dryRun, now });
  return { dryRun, events, failed: rows.length - events, changed, added: [], gone: [] };
}
