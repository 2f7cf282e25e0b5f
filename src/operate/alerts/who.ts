/** The people that records are about, for a mail to the landlord alone. */
import type { Stores } from '../../store/stores.ts';
import type { SyncState } from '../../store/sync.ts';
import { alerts as words } from '../../words/en/alerts.ts';
import { tasksOf } from '../tasks.ts';
import { whoAndWhere } from '../tenant-words.ts';

/** A mail is read; what is more stands on the page. */
const MOST = 10;

/** `Jane Doe, unit Oak Street / 4B: …` for each record; what is to be done by hand as the task itself. */
export async function personalLines(
  states: readonly SyncState[],
  label: string,
  tenants: Stores['tenants'],
): Promise<string[]> {
  const lines: string[] = [];
  for (const state of states) {
    if (lines.length >= MOST) break;
    const tenant = (await tenants.get(state.tenantId))?.record;
    if (tenant === undefined) continue;
    const who = whoAndWhere(tenant, state.place);
    if (state.cause === 'by_hand' && state.plan !== null) lines.push(...tasksOf(state.plan, who, label));
    else lines.push(state.message === null ? words.needsYou(who) : `${who}: ${state.message}`);
  }
  const shown = lines.slice(0, MOST);
  if (lines.length > MOST || states.length > MOST) shown.push(words.moreOnPage);
  return shown;
}
