/** A channel that was filled in and is not written yet: for whoever filled it in, for some minutes. */
import type { AlertsChange } from '../../../config/edit-alerts.ts';
import type { At } from '../../contract.ts';
import { KeptForWho } from '../../kept.ts';

/** Nobody fills in more at a time. */
const kept = new KeptForWho<AlertsChange>(15 * 60_000, 20);

type Asker = Pick<At, 'who' | 'now'>;

/** Returns the name by which it is asked for. */
export function keepPending(change: AlertsChange, { who, now }: Asker): string {
  return kept.keep(who, change, now());
}

export function pending(id: string, { who, now }: Asker): AlertsChange | null {
  return kept.get(who, id, now()) ?? null;
}

export function forgetPending(id: string): void {
  kept.forget(id);
}
