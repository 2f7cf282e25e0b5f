/** A tenant and what became of it in each connection, as the commands give it out. */
import { leadingApplication, leadingResidency } from '../project/stage.ts';
import type { Tenant } from '../project/tenant.ts';
import { dueOf } from '../project/unconfirmed.ts';
import type { SyncState } from '../store/sync.ts';

/** Records of the past: what Boom said since has not been written yet. */
const BEHIND = {
  kind: 'not_yet',
  message: 'What Boom said since is not written yet',
  remedy: 'See why with: boomsync status',
};

/** `behind` names the connections that have not had their turn since the record last changed. */
export function tenantView(
  tenant: Tenant,
  states: SyncState[],
  now: Date,
  behind: ReadonlySet<string> = new Set(),
) {
  const { person, residencies, applications } = tenant;
  const residency = leadingResidency(residencies);
  const unit = residency?.unit ?? leadingApplication(applications)?.unit ?? residencies.at(-1)?.unit ?? null;
  return {
    id: tenant.id,
    stage: tenant.stage,
    person,
    unit,
    applications,
    enrollments: tenant.enrollments.map((one) => ({ ...one, unconfirmed: dueOf(one, now) })),
    residency: residency?.status ?? 'unknown',
    residencies,
    knownOnlyById: tenant.knownOnlyById,
    weaklyJoined: tenant.weaklyJoined,
    ids: tenant.ids,
    identityVerification: tenant.identityVerification,
    boomPush: tenant.boomPush,
    timeline: tenant.timeline,
    connections: states.map((state) => ({
      name: state.connection,
      kind: state.kind,
      place: state.place,
      status: state.state === 'synced' && behind.has(state.connection) ? 'waiting' : state.state,
      remoteId: state.remoteId,
      // Of what Boom said since nobody has looked yet.
      plan: behind.has(state.connection) ? null : state.plan,
      approvedAt: state.approvedAt,
      heldAt: state.heldAt,
      error:
        state.state === 'synced' && behind.has(state.connection)
          ? BEHIND
          : state.cause === null
            ? null
            : { kind: state.cause, message: state.message, remedy: state.remedy },
    })),
  };
}
export type TenantView = ReturnType<typeof tenantView>;
