/** Who lives where: derived from enrollments, because only they say so. Pure. */
import { EFFECTS, RESIDENCY_RANK } from './effects.ts';
import { eventsByEnrollment } from './enrollments.ts';
import { type FoldEvent, write } from './fold-event.ts';
import { settle, stampOf, type Write } from './register.ts';
import type { TenantApplication, TenantResidency } from './tenant.ts';

type Known = 'resident' | 'moved_out';

/**
 * The application that an enrollment is the consequence of: BoomReport names no unit, so it is the only one that had
 * been approved by then, whatever became of it later. Where that is not plain the unit stays unknown.
 */
function applicationFor(
  enrolledAt: string,
  applications: readonly TenantApplication[],
): TenantApplication | null {
  const approved = applications.filter((a) => a.approvedAt !== null && a.approvedAt <= enrolledAt);
  const places = new Set(approved.map((a) => a.place));
  return places.size === 1 ? (approved.at(-1) ?? null) : null;
}

export function foldResidencies(
  events: readonly FoldEvent[],
  applications: readonly TenantApplication[],
): TenantResidency[] {
  const byPlace = new Map<string, { writes: Write<Known>[]; residency: TenantResidency }>();
  for (const [enrollmentId, own] of eventsByEnrollment(events)) {
    const writes = own.flatMap((item): Write<Known>[] => {
      const to = EFFECTS[item.event.name].residency;
      return to === undefined ? [] : [write(item, to, RESIDENCY_RANK[to])];
    });
    const first = writes[0];
    if (first === undefined) continue;
    const approvedAt = writes.find((w) => w.value === 'resident') ?? first;
    const application = applicationFor(stampOf(approvedAt), applications);
    const place = application?.place ?? `p${Math.min(...own.map((item) => item.id))}`;
    const known = byPlace.get(place);
    const all = [...(known?.writes ?? []), ...writes].sort((a, b) => a.eventId - b.eventId);
    const counts = settle(all) as Write<Known>;
    byPlace.set(place, {
      writes: all,
      residency: {
        place,
        unit: application?.unit ?? null,
        status: counts.value,
        enrollmentId,
        role: application?.role ?? null,
        since: stampOf(counts),
      },
    });
  }
  return [...byPlace.values()].map(({ residency }) => residency);
}
