/** The applications of a person, each with its leasing register. Pure. */
import type { UnitRef } from '../boom/event.ts';
import type { Clusters } from './clusters.ts';
import type { Dossier } from './dossiers.ts';
import { DECISIONS } from './effects.ts';
import { bySaid, type FoldEvent, named, stampOfEvent } from './fold-event.ts';
import { foldLeasing } from './leasing.ts';
import { reaches } from './members.ts';
import type { Merges } from './merges.ts';
import { isContradicted, othersIn } from './others.ts';
import type { TenantApplication } from './tenant.ts';
import { joinUnits, sameUnit } from './units.ts';

/** Named after the first event that spoke of it: its own, or the merge that brought the person into it. */
function placeOf(dossier: Dossier, merges: Merges): string {
  const into = dossier.id === null ? [] : merges.eventsInto(dossier.id);
  return `p${Math.min(...[...dossier.own, ...into].map((item) => item.id))}`;
}

function foldOne(dossier: Dossier, merges: Merges, clusters: Clusters): TenantApplication {
  const { id, leftAt } = dossier;
  const own = dossier.own.filter((item) => reaches(item, leftAt));
  const carried = dossier.carried.filter(({ item }) => reaches(item, leftAt));
  const left = leftAt !== null;
  const mergedInto = id !== null && !left && merges.targetOf(id) !== id ? merges.targetOf(id) : null;
  const { settled, approvedAt } = foldLeasing({ own, carried });
  const decided = settled !== null && DECISIONS.has(settled.value.leasing);
  const everything = [...own, ...carried.map(({ item }) => item)];
  const source = everything.find((item) => item.id === settled?.counts.eventId);
  const cluster = source ? clusters.of(source) : null;
  const ordered = bySaid(own);
  const latest = <T>(from: readonly FoldEvent[], pick: (item: FoldEvent) => T | null): T | null =>
    from.reduce<T | null>((value, item) => pick(item) ?? value, null);
  const times = everything.map(stampOfEvent).sort();
  const created = ordered.map((item) => item.event.application?.createdAt).filter((time) => time != null);
  const merged = mergedInto !== null;
  return {
    id,
    place: placeOf(dossier, merges),
    leasing: merged ? 'merged' : (settled?.value.leasing ?? null),
    onHold: !merged && (settled?.value.onHold ?? false),
    role: latest(bySaid(everything), (item) => named(item).find((p) => p.role !== null)?.role ?? null),
    unit: ordered.reduce<UnitRef | null>(
      (unit, item) => joinUnits(unit, item.event.application?.unit ?? null),
      null,
    ),
    rent: latest(ordered, (item) => item.event.application?.rent ?? null),
    moveInOn: latest(ordered, (item) => item.event.application?.moveInOn ?? null),
    since: merged && id !== null ? merges.mergedAt(id) : (settled?.since ?? null),
    decidedAt: !merged && decided ? (settled.value.decidedAt ?? settled.since) : null,
    approvedAt,
    createdAt: created.sort()[0] ?? null,
    updatedAt: times.at(-1) ?? null,
    mergedInto,
    left,
    others: othersIn(own),
    contradicted: false,
    weak: cluster !== null && clusters.screening.has(cluster) && cluster !== clusters.anchor,
  };
}

/** Every application of the person, oldest first; those for the same unit share its place. `events`: all of the person's. */
export function foldApplications(
  events: readonly FoldEvent[],
  dossiers: readonly Dossier[],
  merges: Merges,
  clusters: Clusters,
): TenantApplication[] {
  const applications = dossiers.map((dossier) => foldOne(dossier, merges, clusters));
  applications.sort((a, b) => Number(a.place.slice(1)) - Number(b.place.slice(1)));
  for (const [index, application] of applications.entries()) {
    application.contradicted = isContradicted(application, events);
    const { unit, id } = application;
    // Until its unit is known, an application that took the person over stands where the person stood.
    const sources = unit === null && id !== null ? merges.sourcesOf(id) : [];
    const elder = applications
      .slice(0, index)
      .find((other) =>
        unit !== null
          ? other.unit !== null && sameUnit(other.unit, unit)
          : other.id !== null && sources.includes(other.id),
      );
    if (elder) application.place = elder.place;
  }
  return applications;
}
