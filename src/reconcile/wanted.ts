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
import { canBeNamed } from './approvals.ts';
import { decisionNote, movedOutNote, reportingNote } from './notes.ts';
import {
  addressObstacle,
  applicantObstacle,
  notCreated,
  type Obstacle,
  park,
  residentObstacle,
  skip,
  takesAll,
  tenantNotThere,
  unitObstacle,
} from './obstacles.ts';
import { recordKey } from './record-key.ts';

export interface WantedRecord {
  kind: Kind;
  place: string;
  scope: MappingScope;
  obstacle: Obstacle | null;
  /** Why none is looked for where we know of none: which of a person's records it would be, only the unit tells. */
  unfindable: Obstacle | null;
  /** Why the record is brought up to date if it is there, and not made if it is not; null: it is made. */
  ifAbsent: Obstacle | null;
  /** A person who names it may let it be made in spite of `ifAbsent`. */
  onApproval: boolean;
  /** What needs a person even where the record is there and up to date. */
  unsettled: Obstacle | null;
  /** The decision to show; null where there is none. */
  decision: { leasing: Leasing; note: Note | null } | null;
  /** Only a join by name, email and phone says that this outcome is this person's. */
  weak: boolean;
  notes: Note[];
}

/** What is the same for everybody here. */
export interface Here {
  timezone: string;
  installation: string;
}

function scopeFor(
  tenant: Tenant,
  connection: Connection,
  application: TenantApplication | null,
  residency: TenantResidency | null,
  installation: string,
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
    key: recordKey(installation, tenant.id, (application ?? residency)?.place ?? tenant.id),
  };
}

function wantedApplicant(
  tenant: Tenant,
  connection: Connection,
  application: TenantApplication,
  { timezone, installation }: Here,
): WantedRecord {
  const residency = tenant.residencies.find((r) => r.place === application.place) ?? null;
  const scope = scopeFor(tenant, connection, application, residency, installation);
  const ended = application.leasing !== null && !isLiveLeasing(application.leasing);
  const absent = ended
    ? skip('ended', `Ended before there was a record in ${connection.label}`)
    : scope.residency !== null && scope.residency.status !== 'unknown'
      ? skip('resident', 'Lives, or lived, there already: no applicant is made of a resident')
      : notCreated(tenant.id, connection);
  const reporting =
    scope.enrollment && !scope.enrollment.weak ? reportingNote(scope.enrollment, timezone) : null;
  const unmapped = unitObstacle(scope, connection);
  return {
    kind: 'applicant',
    place: application.place,
    scope,
    obstacle: applicantObstacle(application, connection) ?? (absent ? null : unmapped),
    unfindable: absent && unmapped && (absent.do === 'skip' ? absent : unmapped),
    ifAbsent: takesAll(connection) && !connection.capabilities.byHand ? null : absent,
    onApproval: absent?.cause === 'not_there' && canBeNamed(connection, 'applicant'),
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
  { timezone, installation }: Here,
): WantedRecord {
  const application = leadingApplication(tenant.applications.filter((a) => a.place === residency.place));
  const scope = scopeFor(tenant, connection, application, residency, installation);
  const reporting = scope.enrollment ? reportingNote(scope.enrollment, timezone) : null;
  const movedOut =
    residency.status === 'moved_out' && residency.since !== null && connection.onEnd.moved_out === 'annotate'
      ? movedOutNote(residency.since, timezone)
      : null;
  const unsettled = addressObstacle(scope, connection);
  const mayBeMade = canBeNamed(connection, 'tenant');
  return {
    kind: 'tenant',
    place: residency.place,
    scope,
    obstacle: residentObstacle(tenant, residency) ?? unitObstacle(scope, connection),
    unfindable: null,
    ifAbsent:
      unsettled ??
      (residency.status === 'moved_out'
        ? skip('moved_out', `Moved out before there was a record in ${connection.label}`)
        : takesAll(connection)
          ? null
          : tenantNotThere(tenant.id, connection)),
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
  here: Here,
): Promise<WantedRecord[]> {
  const records: WantedRecord[] = [];
  const { kinds } = connection.capabilities;
  if (kinds.includes('applicant')) {
    for (const place of new Set(tenant.applications.map((a) => a.place))) {
      const leading = leadingApplication(tenant.applications.filter((a) => a.place === place));
      if (leading) records.push(wantedApplicant(tenant, connection, leading, here));
    }
  }
  if (kinds.includes('tenant')) {
    for (const residency of tenant.residencies) {
      records.push(wantedTenant(tenant, connection, residency, here));
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
