/** A tenant without what depends on when its deliveries came: ids of ours, places, and times of arrival. */
import type { Tenant } from '../../src/project/tenant.ts';

export function essenceOf(tenant: Tenant): string {
  const { person, ids, knownOnlyById, applications, enrollments, residencies, identityVerification } = tenant;
  return JSON.stringify({
    person,
    ids,
    knownOnlyById,
    applications: sorted(
      applications.map(({ id, leasing, onHold, role, unit, rent, moveInOn, mergedInto, left, weak }) => ({
        id,
        leasing,
        onHold,
        role,
        unit,
        rent,
        moveInOn,
        mergedInto,
        left,
        weak,
      })),
    ),
    enrollments: sorted(
      enrollments.map(({ since: _, openIssues, furnishments, payments, ...rest }) => ({
        ...rest,
        openIssues: sorted(openIssues),
        furnishments: sorted(furnishments),
        payments: sorted(payments),
      })),
    ),
    residencies: sorted(
      residencies.map(({ unit, status, enrollmentId, role }) => ({ unit, status, enrollmentId, role })),
    ),
    identityVerification,
    boomPush: tenant.boomPush && { status: tenant.boomPush.status, error: tenant.boomPush.error },
    timeline: tenant.timeline.map(({ event }) => event).sort(),
  });
}

function sorted<T>(items: readonly T[]): T[] {
  const text = (item: T) => JSON.stringify(item);
  return [...items].sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}
