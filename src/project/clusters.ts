/**
 * Which of a tenant's events are held together by strong keys. A tenant with one cluster is certain; between two
 * clusters stands only a contact key, and what one says of the other is weak.
 */
import { type FoldEvent, named } from './fold-event.ts';
import { keysOf } from './identity.ts';

export interface Clusters {
  of(event: FoldEvent): string | null;
  /** Clusters in which an event of BoomScreen spoke of an application or a lead. */
  screening: ReadonlySet<string>;
  /** Clusters with an id of Boom's or the landlord's. */
  certain: ReadonlySet<string>;
  count: number;
}

export function clustersOf(events: readonly FoldEvent[]): Clusters {
  const parent = new Map<string, string>();
  const root = (node: string): string => {
    let top = node;
    for (let up = parent.get(top); up !== undefined && up !== top; up = parent.get(top)) top = up;
    parent.set(node, top);
    return top;
  };
  const nodeOf = new Map<number, string>();
  const hasKeys = new Set<number>();
  for (const item of events) {
    if (item.positions.length === 0) continue;
    const strong = item.positions.flatMap((position) => keysOf(item.event, position).strong);
    const nodes = strong.length > 0 ? strong : [`event:${item.id}`];
    if (strong.length > 0) hasKeys.add(item.id);
    const first = nodes[0] as string;
    for (const node of nodes) {
      if (!parent.has(node)) parent.set(node, node);
      parent.set(root(node), root(first));
    }
    nodeOf.set(item.id, first);
  }
  const screening = new Set<string>();
  const certain = new Set<string>();
  const all = new Set<string>();
  for (const item of events) {
    const node = nodeOf.get(item.id);
    if (node === undefined) continue;
    const cluster = root(node);
    all.add(cluster);
    if (hasKeys.has(item.id)) certain.add(cluster);
    if (named(item).some((p) => p.customerId === null)) screening.add(cluster);
  }
  return {
    of: (event) => {
      const node = nodeOf.get(event.id);
      return node === undefined ? null : root(node);
    },
    screening,
    certain,
    count: all.size,
  };
}
