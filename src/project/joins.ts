/** How the events of one tenant hang together, for whoever wants to confirm or undo a join. Pure. */
import { clustersOf } from './clusters.ts';
import type { FoldEvent } from './fold-event.ts';
import { type Mention, mentionsIn, type Reference, strandsOf } from './sides.ts';

export interface Strand {
  mentions: Mention[];
  /** What it speaks of. */
  about: 'screening' | 'rent reporting';
  /** Nothing but name, e-mail and phone joins it to the person's first application. */
  weak: boolean;
}

/** The tenant's events in groups, each held together by strong keys. */
export function strandsIn(events: readonly FoldEvent[]): Strand[] {
  const clusters = clustersOf(events);
  const byId = new Map(events.map((item) => [item.id, item]));
  return strandsOf(mentionsIn(events)).map((mentions) => {
    const [first] = mentions as [Mention, ...Mention[]];
    const item = byId.get(first.eventId);
    const cluster = item ? clusters.of(item) : null;
    const screening = mentions.some((one) => one.event.people[one.position]?.customerId === null);
    const weak = clusters.anchor !== null && cluster !== clusters.anchor;
    return { mentions, about: screening ? 'screening' : 'rent reporting', weak };
  });
}

const oneOf = ({ mentions }: Strand): Reference[] => mentions.slice(0, 1);

/** Everybody who is one person once the weak joins are confirmed; the first one is the sure side. */
export function toConfirm(strands: readonly Strand[]): Reference[] {
  return [...strands].sort((a, b) => Number(a.weak) - Number(b.weak)).flatMap(oneOf);
}

/**
 * The sure side first, then whom undoing sets apart from it: the rent reporting, and where that is certain, what else
 * is said of applications.
 */
export function toUndo(strands: readonly Strand[]): Reference[] {
  const weak = strands.filter((strand) => strand.weak);
  const reporting = weak.filter((strand) => strand.about === 'rent reporting');
  const sure = strands.filter((strand) => !strand.weak).slice(0, 1);
  return [...sure, ...(reporting.length > 0 ? reporting : weak)].flatMap(oneOf);
}
