/** Which registers of a record two projections of the same events tell differently. Pure. */
import type { Tenant } from './tenant.ts';

const REGISTER: Readonly<Partial<Record<keyof Tenant, string>>> = {
  applications: 'leasing',
  enrollments: 'reporting',
  residencies: 'residency',
  identityVerification: 'identity verification',
  boomPush: "Boom's own push",
  knownOnlyById: 'person',
  weaklyJoined: 'ids',
};

/** Their names, each once, sorted; what is no register of its own goes by the name of its field. */
export function changedRegisters(before: Tenant, after: Tenant): string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Tenant>;
  const changed = [...fields].filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return [...new Set(changed.map((field) => REGISTER[field] ?? field))].sort();
}
