/** The leasing registers: one for each application of the person. Pure. */
import type { UnitRef } from '../boom/event.ts';
import type { Clusters } from './clusters.ts';
import {
  DECISIONS,
  EFFECTS,
  ENDED,
  LEASING_BY_STATUS,
  LEASING_RANK,
  type LeasingEffect,
  REVERT_RANK,
} from './effects.ts';
import { byStamp, type FoldEvent, named, write } from './fold-event.ts';
import { settle, stampOf, type Write } from './register.ts';
import type { Leasing, TenantApplication } from './tenant.ts';
import { joinUnits, sameUnit } from './units.ts';

/** Events about one application, before it is folded. */
interface Dossier {
  id: string | null;
  unit: UnitRef | null;
  events: FoldEvent[];
}

interface Merges {
  /** Where an application's people are now. */
  targetOf(id: string): string;
  /** When it was merged: the payload's time, else arrival; null for one that was not. */
  mergedAt(id: string): string | null;
}

function mergesIn(events: readonly FoldEvent[]): Merges {
  const target = new Map<string, { to: string; at: string }>();
  for (const item of byStamp(events)) {
    const merge = item.event.merge;
    if (!merge) continue;
    for (const id of merge.mergedIds) {
      if (id !== merge.targetId)
        target.set(id, { to: merge.targetId, at: item.event.updatedAt ?? item.arrival });
    }
  }
  return {
    targetOf: (id) => {
      const seen = new Set([id]);
      let at = id;
      for (let next = target.get(at); next && !seen.has(next.to); next = target.get(at)) {
        at = next.to;
        seen.add(at);
      }
      return at;
    },
    mergedAt: (id) => target.get(id)?.at ?? null,
  };
}

/** The application that a delivery without an id is about: for the same unit, or the only one there is. */
function ownerOf(item: FoldEvent, candidates: readonly Dossier[]): Dossier | undefined {
  const unit = item.event.application?.unit ?? null;
  const created = item.event.application?.createdAt ?? null;
  if (unit === null) return candidates.length === 1 ? candidates[0] : undefined;
  const fitting = candidates.filter((d) => d.unit !== null && sameUnit(d.unit, unit));
  const sameBirth = fitting.filter(
    (d) => created !== null && d.events.some((e) => e.event.application?.createdAt === created),
  );
  return sameBirth.at(-1) ?? fitting.at(-1);
}

/** Sorts the events into applications: by id where there is one, else by the unit, else into the only one there is. */
function dossiersOf(events: readonly FoldEvent[], merges: Merges): Dossier[] {
  const byId = new Map<string, Dossier>();
  const speaking = events.filter(({ event }) => event.application !== null);
  for (const item of speaking) {
    const own = item.event.application?.id;
    if (!own) continue;
    for (const id of new Set([own, merges.targetOf(own)])) {
      const dossier = byId.get(id) ?? { id, unit: null, events: [] };
      dossier.unit = joinUnits(dossier.unit, item.event.application?.unit ?? null);
      dossier.events.push(item);
      byId.set(id, dossier);
    }
  }
  const live = [...byId.values()].filter((d) => merges.mergedAt(d.id as string) === null);
  const nameless: Dossier[] = [];
  for (const item of speaking) {
    if (item.event.application?.id) continue;
    const unit = item.event.application?.unit ?? null;
    const home = ownerOf(item, live) ?? ownerOf(item, nameless);
    if (home) {
      home.events.push(item);
      home.unit = joinUnits(home.unit, unit);
    } else {
      nameless.push({ id: null, unit, events: [item] });
    }
  }
  // One application that only deliveries without an id speak of, and one whose unit nobody has named: the same.
  const unplaced = live.filter((d) => d.unit === null);
  const [only, id] = [nameless[0], unplaced[0]];
  if (only && id && nameless.length === 1 && unplaced.length === 1) {
    id.events.push(...only.events);
    id.unit = only.unit;
    nameless.pop();
  }
  const dossiers = [...byId.values(), ...nameless];
  for (const dossier of dossiers) dossier.events.sort((a, b) => a.id - b.id);
  return dossiers;
}

interface LeasingValue {
  leasing: Leasing;
  onHold: boolean;
  decided: boolean;
}

function leasingWrite(item: FoldEvent, effect: LeasingEffect): Write<LeasingValue> | null {
  if (item.positions.length === 0 && effect.whom === 'person' && item.event.people.length > 0) return null;
  if (item.event.name === 'applicant_invite_followup' && !item.event.invitedLead) return null;
  const status = item.event.application?.status ?? '';
  let leasing: Leasing | null;
  if (effect.to === 'status') {
    leasing =
      (Object.hasOwn(LEASING_BY_STATUS, status) && LEASING_BY_STATUS[status]) || effect.otherwise || null;
    if (effect.reverts && leasing !== null && DECISIONS.has(leasing)) leasing = effect.otherwise ?? null;
  } else {
    leasing = effect.to;
  }
  if (leasing === null) return null;
  const onlyLead =
    item.event.invitedLead && named(item).some((p) => p.leadId !== null && p.applicantId === null);
  if (effect.atLeast && onlyLead) leasing = 'invited';
  const value = {
    leasing,
    onHold: status === 'on_hold' && leasing === 'in_review',
    decided: DECISIONS.has(leasing),
  };
  const rank = effect.reverts ? REVERT_RANK : LEASING_RANK[leasing];
  return { ...write(item, value, rank), ...(effect.atLeast ? { atLeast: true } : {}) };
}

/** Named after the first event of its own; an application that took over another's people, after theirs. */
function placeOf(dossier: Dossier): string {
  const own = dossier.events.filter(({ event }) => (event.application?.id ?? null) === dossier.id);
  return `p${Math.min(...(own.length > 0 ? own : dossier.events).map((item) => item.id))}`;
}

function foldOne(dossier: Dossier, merges: Merges, clusters: Clusters): TenantApplication {
  const id = dossier.id;
  const mergedInto = id !== null && merges.targetOf(id) !== id ? merges.targetOf(id) : null;
  const writes: Write<LeasingValue>[] = [];
  const from = new Map<number, FoldEvent>();
  for (const item of dossier.events) {
    const effect = EFFECTS[item.event.name].leasing;
    const next = effect ? leasingWrite(item, effect) : null;
    if (next === null) continue;
    const source = item.event.application?.id ?? null;
    const mergedAt = source !== null && source !== id ? merges.mergedAt(source) : null;
    const before = mergedAt !== null && stampOf(next) < mergedAt;
    if (before && (next.value.decided || ENDED.has(next.value.leasing))) continue;
    writes.push(next);
    from.set(item.id, item);
  }
  const counts = settle(writes);
  const source = counts ? from.get(counts.eventId) : undefined;
  const cluster = source ? clusters.of(source) : null;
  const ordered = byStamp(dossier.events);
  const latest = <T>(pick: (item: FoldEvent) => T | null): T | null =>
    ordered.reduce<T | null>((value, item) => pick(item) ?? value, null);
  const times = ordered.map((item) => item.event.updatedAt).filter((time) => time !== null);
  const created = ordered.map((item) => item.event.application?.createdAt).filter((time) => time != null);
  const merged = mergedInto !== null;
  return {
    id,
    place: placeOf(dossier),
    leasing: merged ? 'merged' : (counts?.value.leasing ?? null),
    onHold: !merged && (counts?.value.onHold ?? false),
    role: latest((item) => named(item).find((p) => p.role !== null)?.role ?? null),
    unit: ordered.reduce<UnitRef | null>(
      (unit, item) => joinUnits(unit, item.event.application?.unit ?? null),
      null,
    ),
    rent: latest((item) => item.event.application?.rent ?? null),
    moveInOn: latest((item) => item.event.application?.moveInOn ?? null),
    decidedAt: !merged && counts?.value.decided ? stampOf(counts) : null,
    createdAt: created.sort()[0] ?? null,
    updatedAt: times.at(-1) ?? ordered.at(-1)?.arrival ?? null,
    mergedInto,
    weak: clusters.count > 1 && cluster !== null && !clusters.certain.has(cluster),
  };
}

/** Every application of the person, oldest first; applications for the same unit share its place. */
export function foldApplications(events: readonly FoldEvent[], clusters: Clusters): TenantApplication[] {
  const merges = mergesIn(events);
  const applications = dossiersOf(events, merges).map((dossier) => foldOne(dossier, merges, clusters));
  applications.sort((a, b) => Number(a.place.slice(1)) - Number(b.place.slice(1)));
  for (const [index, application] of applications.entries()) {
    const unit = application.unit;
    const elder =
      unit && applications.slice(0, index).find((other) => other.unit && sameUnit(other.unit, unit));
    if (elder) application.place = elder.place;
  }
  return applications;
}
