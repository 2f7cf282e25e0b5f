/** Our own id of a record, for a PMS that has a slot for one: says nothing of the person. */
import { createHash } from 'node:crypto';

/** `installation`: another one gives the same tenant ids to other people. */
export function recordKey(installation: string, tenantId: string, place: string): string {
  const hash = createHash('sha256').update([installation, tenantId, place].join('\n')).digest('hex');
  return `bs-${hash.slice(0, 16)}`;
}
