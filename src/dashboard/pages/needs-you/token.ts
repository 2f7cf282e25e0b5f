/** A record as a form names it, with what was seen of it: what a person answers is what they looked at. */
import { createHash } from 'node:crypto';
import { KINDS, type Kind } from '../../../connect/contract.ts';
import type { RecordName, SyncState } from '../../../store/sync.ts';

type Seen = RecordName & Pick<SyncState, 'state' | 'cause' | 'plan' | 'candidates'>;

/** `t1/oak/applicant/p1/9f86d081ab`. */
export function tokenOf(state: Seen): string {
  return [state.tenantId, state.connection, state.kind, state.place, seenOf(state)]
    .map(encodeURIComponent)
    .join('/');
}

/** Another one once the record needs something else. */
export function seenOf({ state, cause, plan, candidates }: Seen): string {
  const shown = JSON.stringify([state, cause, plan, candidates]);
  return createHash('sha256').update(shown).digest('hex').slice(0, 12);
}

/** `seen` is empty where it was left out, as a script may. Null where it is no such name. */
export function readToken(token: string): { record: RecordName; seen: string } | null {
  const [tenantId, connection, kind, place, seen = ''] = token.split('/').map(decoded);
  if (!tenantId || !connection || !place || !KINDS.includes(kind as Kind)) return null;
  return { record: { tenantId, connection, kind: kind as Kind, place }, seen };
}

/** Empty where it is no text that we wrote. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** An id within the page, for an alert to lead to. */
export function anchorOf({ tenantId, connection, kind, place }: RecordName): string {
  return `record-${[tenantId, connection, kind, place].join('-').replace(/[^\w-]/g, '_')}`;
}

export function itemPath({ tenantId, connection, kind, place }: RecordName): string {
  return `/needs-you/record?${new URLSearchParams({ tenantId, connection, kind, place })}`;
}

export function groupPath(connection: string, cause: string, after: string | null = null): string {
  return `/needs-you/alike?${new URLSearchParams({ connection, cause, ...(after ? { after } : {}) })}`;
}
