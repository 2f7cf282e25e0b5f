/** Who lives where, as far as Boom knows of it: by their enrollments. */
import type { Tenant } from '../../src/project/tenant.ts';
import type { Truth } from '../../src/simulate/truth.ts';

/** Unenrolling is not moving out, and no read tells a move-out: these may be residents still. */
const MAY_LIVE = new Set(['approved', 'finished', 'closed', 'opted_out']);

export function compareResidencies({ people }: Truth, tenants: readonly Tenant[]): string[] {
  const enrollments = people.flatMap((person) => person.enrollments);
  const statusOf = new Map<string | null, string>(enrollments.map(({ id, status }) => [id, status]));
  const residents = tenants.flatMap(({ id: tenantId, residencies }) =>
    residencies.filter(({ status }) => status === 'resident').map((r) => ({ tenantId, ...r })),
  );
  const ghosts = residents.filter(({ enrollmentId }) => !MAY_LIVE.has(statusOf.get(enrollmentId) ?? ''));
  const missing = enrollments.filter(
    ({ id, status, unit }) =>
      status === 'approved' &&
      !residents.some((r) => r.enrollmentId === id && (r.unit?.title ?? unit.title) === unit.title),
  );
  return [
    ...ghosts.map(
      (r) => `${r.tenantId} is resident, and ${r.enrollmentId} is ${statusOf.get(r.enrollmentId)}`,
    ),
    ...missing.map(({ id, unit }) => `nobody lives in ${unit.title} by enrollment ${id}`),
  ];
}
