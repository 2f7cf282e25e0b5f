/** The leasing register of one application: which of its writes counts, and since when. Pure. */
import type { Dossier } from './dossiers.ts';
import {
  DECISIONS,
  EFFECTS,
  ENDED,
  LEASING_BY_STATUS,
  LEASING_RANK,
  type LeasingEffect,
  REVERT_RANK,
} from './effects.ts';
import { type FoldEvent, named, write } from './fold-event.ts';
import type { Merges } from './merges.ts';
import { settle, stampOf, type Write } from './register.ts';
import type { Leasing } from './tenant.ts';

export interface LeasingValue {
  leasing: Leasing;
  onHold: boolean;
}

export interface LeasingRegister {
  counts: Write<LeasingValue> | null;
  /** When what counts was first said, of an unbroken run of the same. */
  since: string | null;
  /** When Boom first approved, whatever it said later. */
  approvedAt: string | null;
}

function leasingOf(item: FoldEvent, effect: LeasingEffect): Leasing | null {
  if (effect.to !== 'status') return effect.to;
  const status = item.event.application?.status ?? '';
  const said = Object.hasOwn(LEASING_BY_STATUS, status) ? LEASING_BY_STATUS[status] : undefined;
  // A revert that still carries the decision it takes back.
  if (effect.reverts && said !== undefined && DECISIONS.has(said)) return effect.otherwise ?? null;
  return said ?? effect.otherwise ?? null;
}

function leasingWrite(item: FoldEvent): Write<LeasingValue> | null {
  const effect = EFFECTS[item.event.name].leasing;
  if (effect === undefined) return null;
  if (item.positions.length === 0 && effect.whom === 'person' && item.event.people.length > 0) return null;
  if (item.event.name === 'applicant_invite_followup' && !item.event.invitedLead) return null;
  const said = leasingOf(item, effect);
  if (said === null) return null;
  const onlyLead =
    item.event.invitedLead && named(item).some((p) => p.leadId !== null && p.applicantId === null);
  const leasing = effect.atLeast && onlyLead ? 'invited' : said;
  const onHold = item.event.application?.status === 'on_hold' && leasing === 'in_review';
  const rank = effect.reverts ? REVERT_RANK : LEASING_RANK[leasing];
  return { ...write(item, { leasing, onHold }, rank), ...(effect.atLeast ? { atLeast: true } : {}) };
}

/** What was decided or ended before a merge stays with the source. */
function follows(item: FoldEvent, next: Write<LeasingValue>, dossier: Dossier, merges: Merges): boolean {
  const source = item.event.application?.id;
  const mergedAt =
    source && source !== dossier.id
      ? merges.mergedAt(source)
      : dossier.id === null
        ? null
        : (merges.sourcesOf(dossier.id).map((id) => merges.mergedAt(id))[0] ?? null);
  if (mergedAt === null || stampOf(next) >= mergedAt) return true;
  return !DECISIONS.has(next.value.leasing) && !ENDED.has(next.value.leasing);
}

export function foldLeasing(dossier: Dossier, merges: Merges): LeasingRegister {
  const carried = new Set(dossier.carried);
  const writes = [...dossier.own, ...dossier.carried]
    .sort((a, b) => a.id - b.id)
    .flatMap((item) => {
      const next = leasingWrite(item);
      if (next === null || (carried.has(item) && !follows(item, next, dossier, merges))) return [];
      return [next];
    });
  const counts = settle(writes);
  const inTime = writes
    .filter((w) => !w.atLeast)
    .sort((a, b) => (stampOf(a) < stampOf(b) ? -1 : stampOf(a) > stampOf(b) ? 1 : a.rank - b.rank));
  const approved = inTime.find((w) => w.value.leasing.startsWith('approved'));
  return {
    counts,
    since: counts ? beganAt(counts, inTime) : null,
    approvedAt: approved ? stampOf(approved) : null,
  };
}

/** The first of the unbroken run of the same value: a correction of the rent is no new decision. */
function beganAt(counts: Write<LeasingValue>, inTime: readonly Write<LeasingValue>[]): string {
  let first = counts;
  for (let index = inTime.indexOf(counts) - 1; index >= 0; index -= 1) {
    const before = inTime[index];
    if (before?.value.leasing !== counts.value.leasing) break;
    first = before;
  }
  return stampOf(first);
}
