/**
 * Which of a tenant's events are held together by strong keys. A tenant with one cluster is certain; between two
 * clusters stands only a contact key, and what one says of the other is weak. Clusters that the landlord has called
 * one person are one.
 */
import { byStamp, type FoldEvent, named, stampOfEvent } from './fold-event.ts';
import { keysOf } from './identity.ts';

export interface Clusters {
  of(event: FoldEvent): string | null;
  /** Clusters in which an event of BoomScreen spoke of an application or a lead. */
  screening: ReadonlySet<string>;
  /** The first of them: what another one says of an application is this person's only by a contact key. */
  anchor: string | null;
  count: number;
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
  const nodeOf = new Map<number, string>();
  /** What an event calls the person, which no order of arrival changes. */
  const callOf = new Map<number, string>();
  /** Who brought a unit key first: deliveries without ids belong to that one. */
  const unitOwner = new Map<string, { node: string; hasIds: boolean }>();
  for (const item of events) {
    if (item.positions.length === 0) continue;
    const keys = item.positions.map((position) => keysOf(item.event, position));
    const strong = keys.flatMap((own) => own.strong);
    const hasIds = strong.length > 0;
    const nodes = hasIds ? strong : [`event:${item.id}`];
    const first = nodes[0] as string;
    for (const node of nodes) {
      if (!parent.has(node)) parent.set(node, node);
      parent.set(root(node), root(first));
    }
    for (const unit of keys.flatMap((own) => own.unit ?? [])) {
      const owner = unitOwner.get(unit);
      if (owner && (!hasIds || !owner.hasIds)) parent.set(root(first), root(owner.node));
      if (owner) owner.hasIds ||= hasIds;
      else unitOwner.set(unit, { node: first, hasIds });
    }
    nodeOf.set(item.id, first);
    callOf.set(item.id, strong[0] ?? keys.flatMap((own) => own.unit ?? own.contact ?? [])[0] ?? '');
  }
  for (const { event } of events) {
    if (event.name !== 'tenants_same') continue;
    const [first, ...others] = (event.correction?.people ?? []).flatMap(
      ({ eventId }) => nodeOf.get(eventId) ?? [],
    );
    if (first === undefined) continue;
    for (const node of others) parent.set(root(node), root(first));
  }
  const screening = new Set<string>();
  let anchor: { cluster: string; at: string } | null = null;
  const all = new Set<string>();
  for (const item of events) {
    const node = nodeOf.get(item.id);
    if (node === undefined) continue;
    const cluster = root(node);
    all.add(cluster);
    if (!named(item).some((p) => p.customerId === null)) continue;
    screening.add(cluster);
    const at = `${stampOfEvent(item)} ${callOf.get(item.id)}`;
    if (anchor === null || at < anchor.at) anchor = { cluster, at };
  }
  return {
    of: (event) => {
      const node = nodeOf.get(event.id);
      return node === undefined ? null : root(node);
    },
    screening,
    anchor: anchor?.cluster ?? null,
    count: all.size,
  };
}
