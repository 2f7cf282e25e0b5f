/** Our own id of a record, for a PMS that has a slot for one: says nothing of the person. */
import { createHash } from 'node:crypto';

export function recordKey(tenantId: string, place: string): string {
  const hash = createHash('sha256').update([tenantId, place].join('\n')).digest('hex');
  return `bs-${hash.slice(0, 16)}`;
}
