/**
 * What an expression may read: less than there is, so that nobody's own field map sends what must never leave. As a
 * shape it is taken from a sample, which the compiler holds to the scope's type.
 */
import type { TenantEnrollment } from '../project/tenant.ts';
import type { MappingScope } from './connection.ts';

/** `value` has no parts; `any` is not known to us (a PMS's answer). Lists are as their entries. */
export type Shape = 'value' | 'any' | { [part: string]: Shape };

const unit = {
  id: 'unit_1',
  externalId: 'ext_1',
  title: '4B',
  property: { id: 'property_1', externalId: 'ext_2', name: 'Oak Street' },
  address: '12 Oak Street, Chicago, IL 60601',
} as const;

const application = {
  id: 'application_1',
  place: 'p1',
  leasing: 'approved',
  onHold: false,
  role: 'applicant',
  unit,
  rent: { money: { cents: 145000, currency: 'USD' }, raw: '1450.00' },
  moveInOn: '2026-12-01',
  since: '2026-11-12T15:00:00.000Z',
  decidedAt: '2026-11-12T15:00:00.000Z',
  approvedAt: '2026-11-12T15:00:00.000Z',
  createdAt: '2026-11-01T15:00:00.000Z',
  updatedAt: '2026-11-12T15:00:00.000Z',
  mergedInto: 'application_0',
  others: 1,
  left: false,
  contradicted: true,
  weak: false,
} as const satisfies MappingScope['application'];

const residency = {
  place: 'p1',
  unit,
  status: 'resident',
  enrollmentId: 'enrollment_1',
  role: 'applicant',
  since: '2026-12-01T00:00:00.000Z',
} as const satisfies MappingScope['residency'];

const enrollment: NonNullable<MappingScope['enrollment']> = {
  id: 'enrollment_1',
  reporting: 'approved',
  since: '2026-12-01T00:00:00.000Z',
  reasons: ['moved'],
  verifications: { identity: 'verified', lease: 'verified', landlord: 'verified' },
  openIssues: [{ slug: 'lease_missing', title: 'Lease', description: 'Text' }],
  furnishments: [{ bureau: 'equifax', month: '2026-12', status: 'accepted' }],
  weak: false,
  payments: [{ month: '2026-12', cents: 145000, currency: 'USD', source: 'bank' }],
  unconfirmed: [{ what: 'payment', month: '2026-11', kind: 'lease' }],
};

const person = { firstName: 'Ana', lastName: 'Sample', email: 'ana@example.com', phone: '+13125550123' };

export const SAMPLE_SCOPE: MappingScope = {
  tenant: {
    id: 'tenant_1',
    account: 'main',
    person,
    ids: {
      applicant: ['applicant_1'],
      lead: ['lead_1'],
      customer: ['customer_1'],
      enrollment: ['enrollment_1'],
      external: ['ext_3'],
    },
    knownOnlyById: false,
    weaklyJoined: false,
    stage: 'approved',
    applications: [application],
    enrollments: [enrollment],
    residencies: [residency],
    identityVerification: { status: 'verified', finishedAt: '2026-11-02T15:00:00.000Z' },
    boomPush: { status: 'failed', error: 'Text', failed: true, at: '2026-11-12T15:00:00.000Z' },
    timeline: [{ eventId: 1, at: '2026-11-12T15:00:00.000Z', event: 'application_approved' }],
  },
  person,
  application,
  residency,
  enrollment,
  unit,
  unitId: '10231',
  key: 'bs-0123456789abcdef',
};

/** All that Boom may leave out, left out. */
export const EMPTY_SCOPE: MappingScope = {
  tenant: {
    ...SAMPLE_SCOPE.tenant,
    person: { firstName: null, lastName: null, email: null, phone: null },
    ids: { applicant: [], lead: [], customer: [], enrollment: [], external: [] },
    stage: null,
    applications: [],
    enrollments: [],
    residencies: [],
    identityVerification: null,
    boomPush: null,
    timeline: [],
  },
  person: { firstName: null, lastName: null, email: null, phone: null },
  application: null,
  residency: null,
  enrollment: null,
  unit: null,
  unitId: null,
  key: 'bs-0123456789abcdef',
};

/** Why somebody left rent reporting, what they paid, who was checked and how: shown to the landlord, sent to nobody. */
export function readable(scope: MappingScope): object {
  const known = readableScopes.get(scope);
  if (known !== undefined) return known;
  const { identityVerification: _, boomPush: __, timeline: ___, ...tenant } = scope.tenant;
  const narrow = {
    ...scope,
    tenant: { ...tenant, enrollments: tenant.enrollments.map(readableEnrollment) },
    enrollment: scope.enrollment === null ? null : readableEnrollment(scope.enrollment),
  };
  readableScopes.set(scope, narrow);
  return narrow;
}

/** One copy for the many expressions of a field map. */
const readableScopes = new WeakMap<MappingScope, object>();

function readableEnrollment({ id, reporting, since, furnishments, weak }: TenantEnrollment) {
  return {
    id,
    reporting,
    since,
    furnishments: furnishments.map(({ bureau, month }) => ({ bureau, month })),
    weak,
  };
}

export function shapeOf(sample: unknown): Shape {
  if (Array.isArray(sample)) return shapeOf(sample[0]);
  if (typeof sample !== 'object' || sample === null) return 'value';
  return Object.fromEntries(Object.entries(sample).map(([part, value]) => [part, shapeOf(value)]));
}

/** The landlord writes `unit.property = "Oak Street"` and means the name. */
export function meantByName(shape: Shape): shape is { name: Shape } {
  return typeof shape === 'object' && 'name' in shape && 'externalId' in shape;
}
