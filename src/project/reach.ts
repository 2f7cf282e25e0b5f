import { EFFECTS, SHOWN_TO_OTHERS } from './effects.ts';
import { applicationKey, type Understood } from './tenant-files.ts';

/** Applications whose every member an event concerns. */
export function reach({ account, event }: Understood): string[] {
  const ids = new Set<string>();
  if (event.merge) for (const id of [event.merge.targetId, ...event.merge.mergedIds]) ids.add(id);
  const effect = EFFECTS[event.name].leasing;
  const everyone = effect?.whom === 'members' || (effect !== undefined && event.people.length === 0);
  const shown = everyone || SHOWN_TO_OTHERS.has(event.name);
  if (shown && event.application?.id) ids.add(event.application.id);
  return [...ids].map((id) => applicationKey(account, id));
}
