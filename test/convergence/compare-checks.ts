/** A person's identity verification and Boom's own push into a PMS, held against what the fake holds. */
import type { Tenant } from '../../src/project/tenant.ts';
import type { SimDelivery } from '../../src/simulate/life.ts';
import type { TruePerson } from '../../src/simulate/truth.ts';

function tenantOf({ applications }: TruePerson, tenants: readonly Tenant[]): Tenant | undefined {
  const ids = new Set(applications.map(({ applicantId }) => applicantId));
  return tenants.find((tenant) => tenant.ids.applicant.some((id) => ids.has(id)));
}

/** The log tells of every push. */
export function comparePush(person: TruePerson, tenants: readonly Tenant[]): string[] {
  const tenant = tenantOf(person, tenants);
  const wanted = person.pushes.length === 0 ? null : person.pushes.some(({ failed }) => failed);
  const ours = tenant?.boomPush?.failed ?? null;
  return ours === wanted ? [] : [`person ${person.personId} Boom's push failed: ${ours}, not ${wanted}`];
}

/** A lead is read again when a delivery speaks of its verification: where that one was lost nobody asks. */
export function compareVerification(
  person: TruePerson,
  tenants: readonly Tenant[],
  delivered: readonly SimDelivery[],
): string[] {
  const truth = person.identityVerification;
  const tenant = tenantOf(person, tenants);
  const told = delivered.some(
    ({ event, body }) =>
      event.startsWith('identity_verification_') &&
      body.lead_id === truth?.leadId &&
      body.updated_at === truth?.updatedAt,
  );
  if (truth === null || !told) return [];
  const ours = tenant?.identityVerification?.status;
  return ours === truth.status
    ? []
    : [`person ${person.personId} identity verification: ${ours}, not ${truth.status}`];
}
