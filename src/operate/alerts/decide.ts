/** What is said now, from what was said before and how things are. Pure. */
import type { OpenAlert } from '../../store/alerts.ts';
import type { Cause } from './causes.ts';

export interface Decision {
  /** Told at once. */
  opened: Cause[];
  /** Open already, and there are tasks of which was not told: these, by hash. */
  more: { cause: Cause; items: string[] }[];
  /** All that is still open, where it is time to say so once more; else empty. */
  reminded: Cause[];
  ended: OpenAlert[];
  /** As they are to be kept from now on; those that did not change are left out. */
  kept: OpenAlert[];
}

const REMIND_MS = 24 * 60 * 60_000;

/** `at`: UTC ISO 8601. A reminder is of everything that is still open, so that there is at most one a day. */
export function decide(before: readonly OpenAlert[], now: readonly Cause[], at: string): Decision {
  const decision: Decision = { opened: [], more: [], reminded: [], ended: [], kept: [] };
  const still: { alert: OpenAlert; cause: Cause }[] = [];
  for (const cause of now) {
    const alert = before.find((one) => one.cause === cause.key);
    if (alert !== undefined) {
      still.push({ alert, cause });
      continue;
    }
    decision.opened.push(cause);
    decision.kept.push(alertOf(cause, at, at));
  }
  const due = still.some(({ alert }) => Date.parse(at) - Date.parse(alert.saidAt) >= REMIND_MS);
  for (const { alert, cause } of still) {
    const items = cause.items.filter((item) => !alert.items.includes(item));
    if (items.length > 0) decision.more.push({ cause, items });
    if (due) decision.reminded.push(cause);
    const kept = alertOf(cause, alert.openedAt, due ? at : alert.saidAt);
    if (!same(kept, alert)) decision.kept.push(kept);
  }
  decision.ended = before.filter(({ cause }) => !now.some(({ key }) => key === cause));
  return decision;
}

function alertOf({ key, title, items }: Cause, openedAt: string, saidAt: string): OpenAlert {
  return { cause: key, title, openedAt, saidAt, items: [...items].sort() };
}

function same(one: OpenAlert, other: OpenAlert): boolean {
  return one.title === other.title && one.saidAt === other.saidAt && one.items.join() === other.items.join();
}
