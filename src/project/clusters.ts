/**
 * Which of a tenant's events are held together by strong keys. A tenant with one cluster is certain; between two
 * clusters stands only a contact key, and what one says of the other is weak. Clusters that the landlord has called
 * one person are one.
 */
import { byStamp, type FoldEvent, named, stampOfEvent } from './fold-event.ts';
import { keysOf } from './identity.ts';
import { certainJoins, mentionsIn } from './sides.ts';

export interface Clusters {
  of(event: FoldEvent): string | null;
  /** Clusters in which an event of BoomScreen spoke of an application or a lead. */
  screening: ReadonlySet<string>;
  /** The first of them: what another one says of an application is this person's only by a contact key. */
  anchor: string | null;
}

/** What an event calls the person, which no order of arrival changes. */
function callOf({ event, positions }: FoldEvent): string {
  const keys = positions.map((position) => keysOf(event, position));
  return (
    keys.flatMap((own) => own.strong)[0] ?? keys.flatMap((own) => own.unit ?? own.contact ?? [])[0] ?? ''
  );
}

export function clustersOf(unordered: readonly FoldEvent[]): Clusters {
  const events = byStamp(unordered);
  const parent = new Map<string, string>();
  const root = (node: string): string => {
    let top = node;
    for (let up = parent.get(top); up !== undefined && up !== top; up = parent.get(top)) top = up;
    parent.set(node, top);
    return top;
  };
  const unite = (a: string, b: string) => parent.set(root(a), root(b));
  const nodeOf = new Map<number, string>();
  for (const [{ eventId }, keys] of certainJoins(mentionsIn(events))) {
    const node = `event:${eventId}`;
    nodeOf.set(eventId, node);
    for (const key of keys) unite(key, node);
  }
  for (const { event } of events) {
    if (event.name !== 'tenants_same') continue;
    const [first, ...others] = (event.correction?.people ?? []).flatMap(
      ({ eventId }) => nodeOf.get(eventId) ?? [],
    );
    if (first === undefined) continue;
    for (const node of others) unite(node, first);
  }
  const screening = new Set<string>();
  let anchor: { cluster: string; at: string } | null = null;
  for (const item of events) {
    const node = nodeOf.get(item.id);
    if (node === undefined) continue;
    const cluster = root(node);
    if (!named(item).some((p) => p.customerId === null)) continue;
    screening.add(cluster);
    const at = `${stampOfEvent(item)} ${callOf(item)}`;
    if (anchor === null || at < anchor.at) anchor = { cluster, at };
  }
  return {
    of: (event) => {
      const node = nodeOf.get(event.id);
      return node === undefined ? null : root(node);
    },
    screening,
    anchor: anchor?.cluster ?? null,
  };
}
