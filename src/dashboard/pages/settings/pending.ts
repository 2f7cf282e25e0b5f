/** A channel that was filled in and is not written yet: in memory alone, for whoever filled it in, for some minutes. */
import { randomBytes } from 'node:crypto';
import type { AlertsChange } from '../../../config/edit-alerts.ts';
import type { At } from '../../contract.ts';

const KEPT_MS = 15 * 60_000;
/** Nobody fills in more at a time. */
const MOST = 20;

interface Kept {
  who: string;
  change: AlertsChange;
  until: number;
}

type Asker = Pick<At, 'who' | 'now'>;

const kept = new Map<string, Kept>();
const nameOf = ({ who }: Asker) => who.session?.id ?? `script ${who.name}`;

/** Returns the name by which it is asked for. */
export function keepPending(change: AlertsChange, at: Asker): string {
  const now = at.now().getTime();
  const id = randomBytes(16).toString('hex');
  kept.set(id, { who: nameOf(at), change, until: now + KEPT_MS });
  for (const [old, { until }] of kept) if (until < now || kept.size > MOST) kept.delete(old);
  return id;
}

export function pending(id: string, at: Asker): AlertsChange | null {
  const found = kept.get(id);
  return found !== undefined && found.who === nameOf(at) && found.until >= at.now().getTime()
    ? found.change
    : null;
}

export function forgetPending(id: string): void {
  kept.delete(id);
}
