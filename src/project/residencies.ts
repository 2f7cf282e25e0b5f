/** Who lives where: derived from enrollments, because only they say so. Pure. */
import type { UnitRef } from '../boom/event.ts';
import { likeness } from './addresses.ts';
import { EFFECTS, RESIDENCY_BY_STATUS } from './effects.ts';
import { eventsByEnrollment } from './enrollments.ts';
import { type FoldEvent, write } from './fold-event.ts';
import { RESIDENCY_RANK } from './ordering.ts';
import { type Settled, settle, stampOf, type Write } from './register.ts';
import type { Residency, TenantApplication, TenantResidency } from './tenant.ts';

type Told = Exclude<Residency, 'unknown'>;

function residencyWrite(item: FoldEvent): Write<Told> | null {
  const to = EFFECTS[item.event.name].residency;
  if (to === undefined) return null;
  if (to !== 'status') return write(item, to, RESIDENCY_RANK[to]);
  const status = item.event.enrollment?.status ?? '';
  if (!Object.hasOwn(RESIDENCY_BY_STATUS, status)) return null;
  // Boom's API knows of no move-out: what it says makes a resident only of somebody of whom nothing was said.
  return { ...write(item, 'resident', RESIDENCY_RANK.resident), atLeast: true };
}

/** The only application that had been approved by then, whatever became of it later. */
function approvedBy(at: string, applications: readonly TenantApplication[]): TenantApplication | null {
  const approved = applications.filter((a) => a.approvedAt !== null && a.approvedAt <= at);
  const places = new Set(approved.map((a) => a.place));
  return places.size === 1 ? (approved.at(-1) ?? null) : null;
}

/** Those whose unit has this address, the approved ones first; null where that is not one place. */
function atAddress(address: string, applications: readonly TenantApplication[]): TenantApplication | null {
  const there = applications.filter((a) => likeness(address, a.unit) === 'same');
  const approved = there.filter((a) => a.approvedAt !== null);
  const found = approved.length > 0 ? approved : there;
  return new Set(found.map((a) => a.place)).size === 1 ? (found.at(-1) ?? null) : null;
}

interface Home {
  application: TenantApplication | null;
  unit: UnitRef | null;
  /** Boom has an address, and it is that of no unit that the person applied for. */
  unmatched: boolean;
}

/**
 * Where an enrollment says that the person lives: what Boom has as its address, else the application that it is the
 * consequence of. Where that is not plain the unit stays unknown; an address that is none of the person's units
 * stands for the unit, so that it is shown and the landlord can say which one it is.
 */
function homeOf(
  events: readonly FoldEvent[],
  enrolledAt: string,
  applications: readonly TenantApplication[],
): Home {
  const address = settle(
    events.flatMap((item) => {
      const line = item.event.enrollment?.address;
      return line ? [write(item, line, 0)] : [];
    }),
  )?.value;
  const approved = approvedBy(enrolledAt, applications);
  if (address === undefined) return { application: approved, unit: approved?.unit ?? null, unmatched: false };
  const fits = approved !== null && likeness(address, approved.unit) !== 'different';
  const application = atAddress(address, applications) ?? (fits ? approved : null);
  if (application?.unit) return { application, unit: application.unit, unmatched: false };
  const unit = { id: null, externalId: null, title: null, property: null, address };
  return { application, unit, unmatched: true };
}

interface Stay {
  enrollmentId: string | null;
  settled: Settled<Told>;
  home: Home;
  place: string;
}

function stayOf(
  enrollmentId: string | null,
  events: readonly FoldEvent[],
  applications: readonly TenantApplication[],
): Stay | null {
  const writes = events.flatMap((item) => residencyWrite(item) ?? []);
  const settled = settle(writes);
  if (settled === null) return null;
  const [enrolledAt] = writes
    .filter((one) => one.value === 'resident')
    .map(stampOf)
    .sort();
  const home = homeOf(events, enrolledAt ?? settled.since, applications);
  const place = home.application?.place ?? `p${Math.min(...events.map((item) => item.id))}`;
  return { enrollmentId, settled, home, place };
}

/** As one of several in the same unit: it stands for when it began, and a read among them is a word like any other. */
function writeOf(stay: Stay): Write<Stay> {
  const { counts, since } = stay.settled;
  const { rank, eventId, arrival } = counts;
  return counts.time === null
    ? { value: stay, rank, eventId, time: null, arrival: since }
    : { value: stay, rank, eventId, time: since, arrival };
}

export function foldResidencies(
  events: readonly FoldEvent[],
  applications: readonly TenantApplication[],
): TenantResidency[] {
  const byPlace = new Map<string, Stay[]>();
  for (const [enrollmentId, own] of eventsByEnrollment(events)) {
    const stay = stayOf(enrollmentId, own, applications);
    if (stay) byPlace.set(stay.place, [...(byPlace.get(stay.place) ?? []), stay]);
  }
  return [...byPlace].map(([place, stays]) => {
    const last = settle(stays.map((stay) => writeOf(stay)));
    const { enrollmentId, settled, home } = (last as Settled<Stay>).value;
    return {
      place,
      unit: home.unit,
      // That Boom said of somebody to have moved out stays so, whichever unit it was.
      status: home.unmatched && settled.value === 'resident' ? 'unknown' : settled.value,
      enrollmentId,
      role: home.application?.role ?? null,
      since: settled.since,
    };
  });
}
