/** Why a record is not written, or not made: in a landlord's words. Pure. */
import type { Connection, MappingScope } from '../connect/connection.ts';
import type { Tenant, TenantApplication, TenantResidency } from '../project/tenant.ts';
import { canBeNamed } from './approvals.ts';
import type { ParkedCause } from './causes.ts';
import type { Verdict } from './verdict.ts';

/** Why nothing is written: `skip` needs nobody, `wait` settles with what Boom says next, `park` needs a person. */
export interface Obstacle {
  do: 'skip' | 'wait' | 'park';
  cause: string;
  message: string;
  remedy: string | null;
}

export function verdictOf({ do: what, ...why }: Obstacle): Verdict {
  const states = { skip: 'skipped', wait: 'waiting', park: 'parked' } as const;
  return { state: states[what], ...why };
}

/** Roles that make an applicant's record; Boom's basic deliveries name none. */
const APPLYING_ROLES: ReadonlySet<string | null> = new Set([null, 'applicant', 'co_signer']);

export const skip = (cause: string, message: string): Obstacle => ({
  do: 'skip',
  cause,
  message,
  remedy: null,
});
export const park = (cause: ParkedCause, message: string, remedy: string): Obstacle => ({
  do: 'park',
  cause,
  message,
  remedy,
});

const wait = (cause: string, message: string, remedy: string): Obstacle => ({
  do: 'wait',
  cause,
  message,
  remedy,
});

export function applicantObstacle(application: TenantApplication, connection: Connection): Obstacle | null {
  if (application.leasing === null)
    return skip('nothing_yet', 'Boom has not said yet where this application stands');
  if (application.left)
    return skip('left', 'Boom no longer has this person in that application, and says no outcome');
  if (connection.capabilities.applicants === 'everyone') return null;
  if (!APPLYING_ROLES.has(application.role)) {
    return skip('role', `The role in this application (${application.role}) makes no record`);
  }
  if (application.leasing === 'invited') {
    return skip('not_applied', 'Invited, and has not applied yet');
  }
  return null;
}

export function residentObstacle(tenant: Tenant, residency: TenantResidency): Obstacle | null {
  if (residency.role !== null && residency.role !== 'applicant') {
    return park(
      'not_a_resident',
      `Boom reports rent for somebody whose role in the application is ${residency.role}; that is no resident`,
      'Check the role in Boom. If the person lives there, have the role changed in the application.',
    );
  }
  if (residency.status !== 'resident' && residency.unit === null) {
    return skip('moved_out', 'Moved out of a unit that nobody named');
  }
  if (tenant.knownOnlyById) {
    return wait(
      'unknown_person',
      "Boom's rent reporting names this person only by its own id",
      'Nothing to do here: it is held, and settles with the first message from Boom that names the person.',
    );
  }
  if (residency.unit === null) {
    return wait(
      'unit_unknown',
      "Boom's rent reporting does not say for which unit",
      'It is held until Boom names the unit: an application of this person that Boom approved does.',
    );
  }
  return null;
}

/** Files of ours and receivers of messages hold what we tell them; nothing is made there that was not asked for. */
export function takesAll({ capabilities, create }: Connection): boolean {
  return capabilities.local || (capabilities.find === 'none' && create !== 'never');
}

export function notCreated(tenantId: string, connection: Connection): Obstacle | null {
  const { create, label, capabilities } = connection;
  if (create !== 'never' && capabilities.creates.includes('applicant')) return null;
  const orLet = canBeNamed(connection, 'applicant') ? orMake(tenantId, connection) : '';
  return park(
    'not_there',
    `Not in ${label} yet, and boomsync is not to create it`,
    `Create it in ${label}, then run "boomsync retry"${orLet}.`,
  );
}

/** A promotion from applicant to tenant finds, and makes a tenant only if each is let. */
export function tenantNotThere(tenantId: string, connection: Connection): Obstacle {
  const { label } = connection;
  const can = canBeNamed(connection, 'tenant');
  return park(
    'not_there',
    can
      ? `Not among the tenants of ${label} yet, and boomsync asks before it makes one`
      : `Not among the tenants of ${label} yet, and boomsync makes no tenant without a lease`,
    `Add the tenant in ${label}, then run "boomsync retry"${can ? orMake(tenantId, connection) : ''}.`,
  );
}

const orMake = (tenantId: string, { name }: Connection) =>
  `; or let boomsync make this one: boomsync approve ${name} ${tenantId}`;

export function unitObstacle(scope: MappingScope, connection: Connection): Obstacle | null {
  const { unitId } = connection.capabilities;
  if (unitId === 'unused' || scope.unitId !== null) return null;
  if (unitId === 'optional' && scope.unit === null) return null;
  const word = scope.unit?.title ?? scope.unit?.externalId ?? scope.unit?.id ?? scope.unit?.address;
  const title = [scope.unit?.property?.name, word].filter(Boolean).join(' / ');
  return park(
    'unmapped_unit',
    title
      ? `Boom says unit "${title}"; boomsync does not know which unit that is in ${connection.label}`
      : 'Boom names no unit',
    `Add the line "${title || 'Property / unit'}": its id in ${connection.label}, under "units:" in config/connections/${connection.name}.yaml; then start boomsync again.`,
  );
}

/** Where records hold no ids of units: whether the landlord has to say first which unit an address is. */
export function addressObstacle({ residency }: MappingScope, connection: Connection): Obstacle | null {
  if (connection.capabilities.unitId !== 'unused' || residency?.status !== 'unknown') return null;
  const address = residency.unit?.address;
  return park(
    'unmapped_unit',
    `Boom reports rent for "${address}", which is no unit that this person applied for`,
    `Add the line "${address}": "Property / unit", with your words for the unit, under "units:" in config/connections/${connection.name}.yaml; then start boomsync again.`,
  );
}
