/** Who lives where, as far as Boom knows of it: by their enrollments. */
import type { Tenant, TenantResidency } from '../../src/project/tenant.ts';
import type { Truth } from '../../src/simulate/truth.ts';

/** Unenrolling is not moving out, and no read tells a move-out: these may be residents still. */
const MAY_LIVE = new Set(['approved', 'finished', 'closed', 'opted_out']);

type OurResidency = TenantResidency & { tenant: Tenant };

export function compareResidencies({ people }: Truth, tenants: readonly Tenant[]): string[] {
  const enrollments = people.flatMap((person) => person.enrollments);
  const statusOf = new Map<string | null, string>(enrollments.map(({ id, status }) => [id, status]));
  const living = tenants.flatMap((tenant) =>
    tenant.residencies
      .filter(({ status }) => status !== 'moved_out')
      .map((residency): OurResidency => ({ tenant, ...residency })),
  );
  const ghosts = living.filter(({ enrollmentId }) => !MAY_LIVE.has(statusOf.get(enrollmentId) ?? ''));
  return [
    ...ghosts.map(
      (r) => `${r.tenant.id} is ${r.status}, and ${r.enrollmentId} is ${statusOf.get(r.enrollmentId)}`,
    ),
    ...enrollments.flatMap(({ id, status, unit }) => {
      if (status !== 'approved') return [];
      const ours = living.find((r) => r.enrollmentId === id);
      return isRight(ours, unit.title) ? [] : `${id} makes ${ours?.status ?? 'nobody'} in ${unit.title}`;
    }),
  ];
}

/** Known in the unit where the same record has an application for it; elsewhere the address alone is known. */
function isRight(ours: OurResidency | undefined, title: string): boolean {
  if (ours === undefined) return false;
  const { tenant, status, unit } = ours;
  const applied = tenant.applications.some((application) => application.unit?.title === title);
  if (applied) return status === 'resident' && unit?.title === title;
  return status === 'unknown' && unit?.title === null && unit.address?.includes(title) === true;
}
