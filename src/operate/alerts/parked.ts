/** What a landlord is told of records that need them, by why they do. Names nobody. */
import type { NeedGroup, NeedsStore } from '../../store/needs.ts';
import type { SyncState } from '../../store/sync.ts';
import { alerts as words } from '../../words/en/alerts.ts';
import type { Cause } from './causes.ts';

/** All alike, and some of them to be named. */
export interface ParkedGroup extends NeedGroup {
  /** Of what is to be done by hand as many as can each be told of; else the first few. */
  states: readonly SyncState[];
}

/** A message names ten; one more tells that there are more. */
const NAMED = 11;
/** Tasks that are each told of once; of a longer list only how long it is. */
export const TASKS = 200;

/** What needs a person now, of these connections. However many there are, little of it is read. */
export async function parkedGroups(
  needs: Pick<NeedsStore, 'groups' | 'page'>,
  connections: readonly string[],
  now: string,
): Promise<ParkedGroup[]> {
  const groups: ParkedGroup[] = [];
  for (const group of await needs.groups(now)) {
    if (!connections.includes(group.connection)) continue;
    const limit = group.cause === 'by_hand' ? TASKS : NAMED;
    const page = await needs.page(group, { now, limit });
    groups.push({ ...group, states: page.map(({ state }) => state) });
  }
  return groups;
}

/** The anchor of such a group on the page, and the cause's key. */
export function parkedKey(connection: string, cause: string): string {
  return `parked-${connection}-${cause}`;
}

export function parkedCause(
  { cause, connection, count }: NeedGroup,
  label: string,
): Pick<Cause, 'kind' | 'key' | 'title' | 'lines' | 'remedy'> {
  const named = { kind: 'parked', key: parkedKey(connection, cause) } as const;
  switch (cause) {
    case 'by_hand':
      return { ...named, title: words.byHand(count, label), lines: [], remedy: words.byHandDo };
    case 'over_quota':
      return {
        ...named,
        title: words.overQuota(label),
        lines: [words.overQuotaHeld(count)],
        remedy: words.overQuotaDo(connection),
      };
    default:
      return {
        ...named,
        title: words.parked(count, label, whyOf(cause)),
        lines: [words.parkedHeld],
        remedy: words.parkedDo,
      };
  }
}

/** A cause of another version of boomsync has no words. */
function whyOf(cause: string): string {
  return Object.hasOwn(words.why, cause) ? words.why[cause as keyof typeof words.why] : words.otherwise;
}
