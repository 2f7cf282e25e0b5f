/** Sorts a person's screening events into applications, because many of Boom's deliveries name none. Pure. */
import type { UnitRef } from '../boom/event.ts';
import { byStamp, type FoldEvent, isOfAnother, stampOfEvent as stampOf } from './fold-event.ts';
import { leftAt } from './members.ts';
import type { Merges } from './merges.ts';
import { joinUnits, sameUnit } from './units.ts';

/** The events of one application, in no order. */
export interface Dossier {
  id: string | null;
  /** As its own events name it. */
  unit: UnitRef | null;
  /** Since when the person is no longer in it; see members.ts. */
  leftAt: string | null;
  own: FoldEvent[];
  /** Events of applications that were merged into it, and when theirs was. */
  carried: { item: FoldEvent; mergedAt: string | null }[];
}

function add(dossier: Dossier, item: FoldEvent): void {
  dossier.own.push(item);
  dossier.unit = joinUnits(dossier.unit, item.event.application?.unit ?? null);
}

const began = (dossier: Dossier): string => dossier.own.map(stampOf).sort()[0] ?? '';

/**
 * The one that had begun last by then, else the first to begin after: what comes to be known later does not take an
 * older delivery away from where it belonged.
 */
function spanning(at: string, candidates: readonly Dossier[]): Dossier | undefined {
  const inOrder = [...candidates].sort((a, b) => (began(a) < began(b) ? -1 : 1));
  return inOrder.filter((dossier) => began(dossier) <= at).at(-1) ?? inOrder[0];
}

/** The application that a delivery without an id is about: for the same unit, or the one of its time. */
function ownerOf(item: FoldEvent, candidates: readonly Dossier[]): Dossier | undefined {
  const unit = item.event.application?.unit ?? null;
  const created = item.event.application?.createdAt ?? null;
  if (unit === null) return spanning(stampOf(item), candidates);
  const fitting = candidates.filter((d) => d.unit !== null && sameUnit(d.unit, unit));
  const sameBirth = fitting.filter(
    (d) => created !== null && d.own.some((e) => e.event.application?.createdAt === created),
  );
  return spanning(stampOf(item), sameBirth.length > 0 ? sameBirth : fitting);
}

/** Before a merge a delivery may be about the source, and about the target only if the person was in it already. */
function eligible(dossier: Dossier, item: FoldEvent, merges: Merges): boolean {
  const id = dossier.id as string;
  const mergedAt = merges.mergedAt(id);
  if (mergedAt !== null && stampOf(item) >= mergedAt) return false;
  if (dossier.leftAt !== null && stampOf(item) >= dossier.leftAt) return false;
  const joined = merges
    .sourcesOf(id)
    .map((source) => merges.mergedAt(source) ?? '')
    .sort()[0];
  if (joined === undefined || stampOf(item) >= joined) return true;
  return dossier.own.some((other) => stampOf(other) < joined);
}

/**
 * What deliveries without an id say of an application whose unit nobody has named. Of two that were under way by then
 * neither is taken.
 */
function twinOf(dossier: Dossier, nameless: readonly Dossier[]): Dossier | undefined {
  const at = began(dossier);
  const before = nameless.filter((other) => began(other) <= at);
  if (before.length > 0) return before.length === 1 ? before[0] : undefined;
  return spanning(at, nameless);
}

/** One that the person is not in: the application that was merged into it is one that they had left by then. */
function isOthersOnly({ id, own }: Dossier, byId: ReadonlyMap<string, Dossier>, merges: Merges): boolean {
  const isNamed = (items: readonly FoldEvent[]) => items.some((item) => item.positions.length > 0);
  if (isNamed(own)) return false;
  const sources = merges.sourcesOf(merges.targetOf(id as string)).flatMap((source) => byId.get(source) ?? []);
  const stayed = sources.some((source) => source.leftAt === null && isNamed(source.own));
  return !stayed && sources.some((source) => source.leftAt !== null);
}

/** By id where there is one, else by the unit, else into the only one there is. */
export function dossiersOf(events: readonly FoldEvent[], merges: Merges): Dossier[] {
  const speaking = byStamp(events.filter((item) => item.event.application !== null && !isOfAnother(item)));
  const byId = new Map<string, Dossier>();
  const open = (id: string): Dossier => {
    const known = byId.get(id);
    if (known) return known;
    const dossier: Dossier = { id, unit: null, leftAt: leftAt(id, events, merges), own: [], carried: [] };
    byId.set(id, dossier);
    return dossier;
  };
  for (const item of speaking) {
    const id = item.event.application?.id;
    if (id) add(open(id), item);
  }
  for (const dossier of [...byId.values()])
    if (isOthersOnly(dossier, byId, merges)) byId.delete(dossier.id as string);
  const named = [...byId.values()];
  const nameless: Dossier[] = [];
  for (const item of speaking) {
    if (item.event.application?.id) continue;
    const candidates = named.filter((dossier) => eligible(dossier, item, merges));
    const owner = ownerOf(item, candidates) ?? ownerOf(item, nameless);
    if (owner) add(owner, item);
    else
      nameless.push({
        id: null,
        unit: item.event.application?.unit ?? null,
        leftAt: null,
        own: [item],
        carried: [],
      });
  }
  for (const dossier of named.filter(({ unit }) => unit === null)) {
    const twin = twinOf(dossier, nameless);
    if (twin === undefined) continue;
    for (const item of twin.own) add(dossier, item);
    nameless.splice(nameless.indexOf(twin), 1);
  }
  for (const dossier of named) {
    const target = merges.targetOf(dossier.id as string);
    if (target === dossier.id || dossier.leftAt !== null) continue;
    const mergedAt = merges.mergedAt(dossier.id as string);
    open(target).carried.push(...dossier.own.map((item) => ({ item, mergedAt })));
  }
  return [...byId.values(), ...nameless];
}
