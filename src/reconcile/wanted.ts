/**
 * Which records a tenant should have in a connection, and what keeps us from writing one. Pure: read from the
 * registers of that application or unit, never from `stage`.
 */
import type { Connection, MappingScope } from '../connect/connection.ts';
import type { Kind, Note } from '../connect/contract.ts';
import { named } from '../connect/units.ts';
import { isLiveLeasing } from '../project/effects.ts';
import { leadingApplication } from '../project/stage.ts';
import type { Leasing, Tenant, TenantApplication, TenantResidency } from '../project/tenant.ts';
import { decisionNote, movedOutNote, reportingNote } from './notes.ts';
import { recordKey } from './record-key.ts';
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

export interface WantedRecord {
  kind: Kind;
  place: string;
  scope: MappingScope;
  obstacle: Obstacle | null;
  /** Why the record is brought up to date if it is there, and not made if it is not; null: it is made. */
  ifAbsent: Obstacle | null;
  /** A person may let it be made in spite of `ifAbsent`. */
  onApproval: boolean;
  /** What needs a person even where the record is there and up to date. */
  unsettled: Obstacle | null;
  /** The decision to show; null where there is none. */
  decision: { leasing: Leasing; note: Note | null } | null;
  /** Only a join by name, email and phone says that this outcome is this person's. */
  weak: boolean;
  notes: Note[];
}

/** Roles that make an applicant's record; Boom's basic deliveries name none. */
const APPLYING_ROLES: ReadonlySet<string | null> = new Set([null, 'applicant', 'co_signer']);

const skip = (cause: string, message: string): Obstacle => ({ do: 'skip', cause, message, remedy: null });
const park = (cause: string, message: string, remedy: string): Obstacle => ({
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

function applicantObstacle(application: TenantApplication, connection: Connection): Obstacle | null {
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

function residentObstacle(tenant: Tenant, residency: TenantResidency): Obstacle | null {
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
function takesAll({ capabilities, create }: Connection): boolean {
  return capabilities.local || (capabilities.find === 'none' && create !== 'never');
}

function notCreated({ create, label, capabilities }: Connection): Obstacle | null {
  if (create !== 'never' && capabilities.creates.includes('applicant')) return null;
  return park(
    'not_there',
    `Not in ${label} yet, and boomsync is not to create it`,
    `Create it in ${label}, then run "boomsync retry".`,
  );
}

/** A promotion from applicant to tenant finds, and makes a tenant only if each is let. */
function tenantNotThere(tenantId: string, mayBeMade: boolean, { label, name }: Connection): Obstacle {
  if (!mayBeMade)
    return park(
      'not_there',
      `Not among the tenants of ${label} yet, and boomsync makes no tenant without a lease`,
      `Add the tenant in ${label}, then run "boomsync retry".`,
    );
  return park(
    'not_there',
    `Not among the tenants of ${label} yet, and boomsync asks before it makes one`,
    `Add the tenant in ${label} and run "boomsync retry", or let boomsync make it: boomsync approve ${name} ${tenantId}`,
  );
}

function unitObstacle(scope: MappingScope, connection: Connection): Obstacle | null {
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
function addressObstacle({ residency }: MappingScope, connection: Connection): Obstacle | null {
  if (connection.capabilities.unitId !== 'unused' || residency?.status !== 'unknown') return null;
  const address = residency.unit?.address;
  return park(
    'unmapped_unit',
    `Boom reports rent for "${address}", which is no unit that this person applied for`,
    `Add the line "${address}": "Property / unit", with your words for the unit, under "units:" in config/connections/${connection.name}.yaml; then start boomsync again.`,
  );
}

function scopeFor(
  tenant: Tenant,
  connection: Connection,
  application: TenantApplication | null,
  residency: TenantResidency | null,
): MappingScope {
  const told = application?.unit ?? residency?.unit ?? null;
  const unitId = connection.unitIdOf(told);
  const isNamed = told !== null && unitId !== null && connection.capabilities.unitId === 'unused';
  return {
    tenant,
    person: tenant.person,
    application,
    // The landlord has said which unit it is.
    residency:
      residency?.status === 'unknown' && unitId !== null ? { ...residency, status: 'resident' } : residency,
    enrollment: tenant.enrollments.find((e) => e.id !== null && e.id === residency?.enrollmentId) ?? null,
    unit: isNamed ? named(told, unitId) : told,
    unitId,
    key: recordKey(tenant.id, (application ?? residency)?.place ?? tenant.id),
  };
}

function wantedApplicant(
  tenant: Tenant,
  connection: Connection,
  application: TenantApplication,
  timezone: string,
): WantedRecord {
  const residency = tenant.residencies.find((r) => r.place === application.place) ?? null;
  const scope = scopeFor(tenant, connection, application, residency);
  const ended = application.leasing !== null && !isLiveLeasing(application.leasing);
  const absent = ended
    ? skip('ended', `Ended before there was a record in ${connection.label}`)
    : scope.residency !== null && scope.residency.status !== 'unknown'
      ? skip('resident', 'Lives, or lived, there already: no applicant is made of a resident')
      : notCreated(connection);
  const reporting =
    scope.enrollment && !scope.enrollment.weak ? reportingNote(scope.enrollment, timezone) : null;
  return {
    kind: 'applicant',
    place: application.place,
    scope,
    obstacle: applicantObstacle(application, connection) ?? (absent ? null : unitObstacle(scope, connection)),
    ifAbsent: takesAll(connection) ? null : absent,
    onApproval: false,
    unsettled: null,
    decision:
      application.leasing === null || application.left
        ? null
        : { leasing: application.leasing, note: decisionNote(application, timezone) },
    weak: application.weak,
    notes: reporting ? [reporting] : [],
  };
}

function wantedTenant(
  tenant: Tenant,
  connection: Connection,
  residency: TenantResidency,
  timezone: string,
): WantedRecord {
  const application = leadingApplication(tenant.applications.filter((a) => a.place === residency.place));
  const scope = scopeFor(tenant, connection, application, residency);
  const reporting = scope.enrollment ? reportingNote(scope.enrollment, timezone) : null;
  const movedOut =
    residency.status === 'moved_out' && residency.since !== null && connection.onEnd.moved_out === 'annotate'
      ? movedOutNote(residency.since, timezone)
      : null;
  const unsettled = addressObstacle(scope, connection);
  const mayBeMade = connection.create === 'tenant' && connection.capabilities.creates.includes('tenant');
  return {
    kind: 'tenant',
    place: residency.place,
    scope,
    obstacle: residentObstacle(tenant, residency) ?? unitObstacle(scope, connection),
    ifAbsent:
      unsettled ??
      (residency.status === 'moved_out'
        ? skip('moved_out', `Moved out before there was a record in ${connection.label}`)
        : takesAll(connection)
          ? null
          : tenantNotThere(tenant.id, mayBeMade, connection)),
    onApproval: mayBeMade && unsettled === null && residency.status !== 'moved_out',
    // A list that shows a resident already must not go on saying so.
    unsettled,
    decision: null,
    weak: scope.enrollment?.weak ?? false,
    notes: [reporting, movedOut].filter((note) => note !== null),
  };
}

/** Every record that `tenant` should have in `connection`, obstacles said; the connection's `takes` is asked last. */
export async function wantedRecords(
  tenant: Tenant,
  connection: Connection,
  timezone: string,
): Promise<WantedRecord[]> {
  const records: WantedRecord[] = [];
  const { kinds } = connection.capabilities;
  if (kinds.includes('applicant')) {
    for (const place of new Set(tenant.applications.map((a) => a.place))) {
      const leading = leadingApplication(tenant.applications.filter((a) => a.place === place));
      if (leading) records.push(wantedApplicant(tenant, connection, leading, timezone));
    }
  }
  if (kinds.includes('tenant')) {
    for (const residency of tenant.residencies) {
      records.push(wantedTenant(tenant, connection, residency, timezone));
    }
  }
  for (const record of records) {
    try {
      if (!(await connection.takes(record.scope))) {
        const why = skip('not_taken', 'This connection does not take this tenant');
        // Whose unit has become unknown may have been taken before.
        if (record.unsettled !== null && record.obstacle === null) record.ifAbsent = why;
        else record.obstacle = why;
      }
    } catch {
      record.obstacle = park(
        'takes_failed',
        'The expression under "takes:" cannot be worked out for this tenant',
        `Mend it in config/connections/${connection.name}.yaml, then start boomsync again.`,
      );
    }
  }
  return records;
}
