/** `replay`: all events, those of one tenant, or those that failed. */
import { type CommandTools, type Done, finish, type Refused } from './command.ts';
import type { ReplayResult } from './replay.ts';

export interface ReplayAsked {
  tenantId: string | null;
  failed: boolean;
  dryRun: boolean;
}

export interface Replayed extends Done {
  replay: ReplayResult;
}

export async function replay(asked: ReplayAsked, tools: CommandTools): Promise<Replayed | Refused> {
  try {
    const done = await replayAsked(asked, tools);
    if (asked.dryRun)
      return { tenants: 0, events: 0, records: await tools.stores.sync.countByState(), replay: done };
    return { ...(await finish(tools, done.changed.length, done.events)), replay: done };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
    return { error: 'boomsync stopped before the replay was done, and everything is as it was' };
  }
}

async function replayAsked(
  { tenantId, failed, dryRun }: ReplayAsked,
  tools: CommandTools,
): Promise<ReplayResult> {
  if (failed) return await replayFailed(dryRun, tools);
  return tenantId === null ? await tools.replays.all(dryRun) : await tools.replays.tenant(tenantId, dryRun);
}

async function replayFailed(
  dryRun: boolean,
  { stores: { inbox }, settled }: CommandTools,
): Promise<ReplayResult> {
  const rows = await inbox.list({ status: 'failed', limit: Number.MAX_SAFE_INTEGER });
  const ids = rows.map((row) => row.id);
  if (!dryRun) {
    await inbox.requeue(ids);
    await settled();
  }
  const still = (await inbox.byIds(ids)).filter((row) => row.status === 'failed').length;
  return { dryRun, events: ids.length, failed: still, changed: [], added: [], gone: [] };
}
