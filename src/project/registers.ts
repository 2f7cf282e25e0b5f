/** Which registers of a record two projections of the same events tell differently. Pure. */
import { REGISTERS } from './ordering.ts';
import type { Tenant } from './tenant.ts';

/** What is no register, by the part of a record that it belongs to. */
const OTHERS: Readonly<Partial<Record<keyof Tenant, string>>> = {
  knownOnlyById: 'person',
  weaklyJoined: 'ids',
};

const nameOf = (field: keyof Tenant): string =>
  REGISTERS.find((register) => register.field === field)?.name ?? OTHERS[field] ?? field;

/** Their names, each once, sorted; what is no register of its own goes by the name of its field. */
export function changedRegisters(before: Tenant, after: Tenant): string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Tenant>;
  const changed = [...fields].filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return [...new Set(changed.map(nameOf))].sort();
}
