/** Retention as a command, and how it last went. */
import type { Config } from '../../config/config.ts';
import { faultName } from '../../fault-name.ts';
import type { Stores } from '../../store/stores.ts';
import { type Pruned, prune } from './prune.ts';

export interface RetentionResult extends Pruned {
  dryRun: boolean;
}

export interface RetentionTools {
  stores: Pick<Stores, 'forget' | 'legalHolds' | 'retention' | 'upkeep'>;
  config: Pick<Config, 'retention'>;
  now: () => Date;
  signal: AbortSignal;
}

export async function retention(
  { dryRun }: { dryRun: boolean },
  { stores, config, now, signal }: RetentionTools,
): Promise<RetentionResult> {
  const done = (pruned: Pruned) => ({ ...pruned, dryRun });
  const held = await stores.legalHolds.tenants();
  const tools = { store: stores.retention, keep: config.retention, now, signal, dryRun, held };
  if (dryRun) return done(await prune(tools));
  try {
    const pruned = await prune(tools);
    const { decisionsMs } = config.retention;
    if (decisionsMs !== null)
      await stores.forget.clearLedgers(new Date(now().getTime() - decisionsMs).toISOString());
    if (!signal.aborted) await stores.upkeep.done('retention', now().toISOString(), pruned);
    return done(pruned);
  } catch (error) {
    await stores.upkeep.failed('retention', now().toISOString(), faultName(error).fault).catch(() => {});
    throw error;
  }
}

export interface RetentionState {
  on: boolean;
  /** UTC ISO 8601. */
  lastAt: string | null;
  /** What it came to then. */
  last: Pruned | null;
  failedAt: string | null;
}

/** For the dashboard. */
export async function retentionState({
  stores,
  config,
}: {
  stores: Pick<Stores, 'upkeep'>;
  config: Pick<Config, 'retention'>;
}): Promise<RetentionState> {
  const upkeep = await stores.upkeep.get('retention');
  return {
    on: config.retention.schedule !== null,
    lastAt: upkeep?.doneAt ?? null,
    last: (upkeep?.report as Pruned | null | undefined) ?? null,
    failedAt: upkeep?.failedAt ?? null,
  };
}
