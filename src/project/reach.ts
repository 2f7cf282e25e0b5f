import { EFFECTS } from './effects.ts';
import { applicationKey, type Understood } from './tenant-files.ts';

/** Applications whose every member, and whoever was one, an event concerns. */
export function reach({ account, event }: Understood): string[] {
  const ids = new Set<string>();
  if (event.merge) for (const id of [event.merge.targetId, ...event.merge.mergedIds]) ids.add(id);
  const { leasing: effect, shown } = EFFECTS[event.name];
  const everyone = effect?.whom === 'members' || (effect !== undefined && event.people.length === 0);
  if ((everyone || shown) && event.application?.id) ids.add(event.application.id);
  return [...ids].map((id) => applicationKey(account, id));
}
