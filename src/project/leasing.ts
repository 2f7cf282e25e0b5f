/** The leasing register of one application: which of its writes counts, and since when. Pure. */
import { type Said, withoutDisproved } from './disproved.ts';
import type { Dossier } from './dossiers.ts';
import {
  DECISIONS,
  EFFECTS,
  isLiveLeasing,
  LEASING_BY_STATUS,
  type LeasingEffect,
  PREVAILS,
} from './effects.ts';
import { type FoldEvent, named, write } from './fold-event.ts';
import { LEASING_RANK, READ_CONFIRMS, REVERT_RANK } from './ordering.ts';
import { type Settled, settle, stampOf, type Write } from './register.ts';
import type { Leasing } from './tenant.ts';

export interface LeasingValue {
  leasing: Leasing;
  onHold: boolean;
  /** When Boom decided, where a fresh read says it. */
  decidedAt: string | null;
  /** Where it comes from, as far as that decides what it may confirm. */
  from: 'application_read' | 'activity_read' | 'delivery';
}

export interface LeasingRegister {
  settled: Settled<LeasingValue> | null;
  /** When Boom first approved, whatever it said later. */
  approvedAt: string | null;
}

function byStatus(status: string | null | undefined): Leasing | null {
  const word = status ?? '';
  return Object.hasOwn(LEASING_BY_STATUS, word) ? (LEASING_BY_STATUS[word] ?? null) : null;
}

/** Named twice, the application that the person is still in counts. */
function ownStatus(item: FoldEvent): Leasing | null {
  const own = named(item).flatMap((person) => byStatus(person.status) ?? []);
  const live = own.filter(isLiveLeasing);
  const [last] = (live.length > 0 ? live : own).sort((a, b) => LEASING_RANK[b] - LEASING_RANK[a]);
  return last ?? null;
}

function saidByRead(item: FoldEvent): Leasing | null {
  const status = item.event.application?.status ?? '';
  const own = ownStatus(item);
  if (!PREVAILS.has(status)) return own ?? byStatus(status);
  return own === 'canceled' ? own : byStatus(status);
}

function leasingOf(item: FoldEvent, effect: LeasingEffect): Leasing | null {
  if (effect.to !== 'status') return effect.to;
  if (item.event.name === 'application_read') return saidByRead(item);
  const said = byStatus(item.event.application?.status);
  // A revert that still carries the decision it takes back.
  if (effect.reverts && said !== null && DECISIONS.has(said)) return effect.otherwise ?? null;
  return said ?? effect.otherwise ?? null;
}

/** As if it were about this tenant, whoever it names. */
function leasingWrite(item: FoldEvent): Write<LeasingValue> | null {
  const { name } = item.event;
  const effect = EFFECTS[name].leasing;
  if (effect === undefined) return null;
  if (name === 'applicant_invite_followup' && !item.event.invitedLead) return null;
  const said = leasingOf(item, effect);
  if (said === null) return null;
  const onlyLead =
    item.event.invitedLead && named(item).some((p) => p.leadId !== null && p.applicantId === null);
  const leasing = effect.atLeast && onlyLead ? 'invited' : said;
  const value: LeasingValue = {
    leasing,
    onHold: item.event.application?.status === 'on_hold' && leasing === 'in_review',
    decidedAt: DECISIONS.has(leasing) ? (item.event.application?.decidedAt ?? null) : null,
    from: name === 'application_read' || name === 'activity_read' ? name : 'delivery',
  };
  const rank = effect.reverts ? REVERT_RANK : LEASING_RANK[leasing];
  return { ...write(item, value, rank), ...(effect.atLeast ? { atLeast: true } : {}) };
}

/**
 * What was decided or ended before a merge stays with the source, and so does whatever a read says of the source
 * after it.
 */
function follows(next: Write<LeasingValue>, mergedAt: string | null): boolean {
  const { leasing } = next.value;
  if (leasing === 'merged') return false;
  if (mergedAt === null || stampOf(next) >= mergedAt) return !next.read;
  return !DECISIONS.has(leasing) && isLiveLeasing(leasing);
}

/** What the events write, but for what Boom's API disproves. */
function believed(items: readonly FoldEvent[]): Write<LeasingValue>[] {
  const all = items.flatMap((item): Said[] => {
    const said = leasingWrite(item);
    return said === null ? [] : [{ item, write: said }];
  });
  return withoutDisproved(all).map(({ write: said }) => said);
}

function join(next: LeasingValue, known: LeasingValue): LeasingValue | null {
  if (next.leasing !== known.leasing) return null;
  return { ...next, decidedAt: next.decidedAt ?? known.decidedAt };
}

function confirms(said: LeasingValue, known: LeasingValue): boolean {
  if (said.from === 'delivery' || known.onHold) return false;
  return READ_CONFIRMS[said.from][said.leasing]?.includes(known.leasing) ?? false;
}

/** Where one person of an application stands by these events of it. */
export function settleLeasing(events: readonly FoldEvent[]): Settled<LeasingValue> | null {
  return settle(believed(events), { join, confirms });
}

export function foldLeasing(dossier: Pick<Dossier, 'own' | 'carried'>): LeasingRegister {
  const mergedAt = new Map(dossier.carried.map(({ item, mergedAt: at }) => [item.id, at]));
  const carried = believed(dossier.carried.map(({ item }) => item));
  const writes = [
    ...believed(dossier.own),
    ...carried.filter((next) => follows(next, mergedAt.get(next.eventId) ?? null)),
  ];
  const approvals = writes
    .filter(({ value }) => value.leasing.startsWith('approved'))
    .map((write) => write.value.decidedAt ?? stampOf(write))
    .sort();
  return { settled: settle(writes, { join, confirms }), approvedAt: approvals[0] ?? null };
}
