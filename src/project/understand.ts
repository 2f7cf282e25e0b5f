/** What waits in the inbox, read: events to project, and what became of those that cannot be. */
import type { BoomEvent, EventSource } from '../boom/event.ts';
import { SOMEBODY_FORGOTTEN } from './forgotten.ts';
import type { PendingEvent, ProjectedEvent } from './projection-store.ts';
import type { Understood } from './tenant-files.ts';

const A_DAY_MS = 24 * 60 * 60_000;

export const OUR_FAULT = 'boomsync itself failed over it; nothing is lost, and "boomsync retry" tries again';

/** How a body becomes an event, for the account it came to and by where it came from. Throws nothing. */
export type Read = (
  body: unknown,
  account: string,
  source: EventSource,
) => ({ ok: true; event: BoomEvent } | { ok: false; ignored: boolean; reason: string }) & BodyFate;

/** The body names somebody who was forgotten, and is not kept. */
export interface BodyFate {
  withoutBody?: true;
}

export function understand(
  pending: readonly PendingEvent[],
  read: Read,
): { understood: Understood[]; outcomes: Map<number, ProjectedEvent> } {
  const understood: Understood[] = [];
  const outcomes = new Map<number, ProjectedEvent>();
  for (const row of pending) {
    const base = { id: row.id, tenantId: null, normalised: null };
    if (row.body === null) {
      const event = row.normalised === null ? null : parsed(row.normalised);
      if (event) {
        understood.push({ ...row, event });
        outcomes.set(row.id, { ...base, status: 'projected', detail: leftOut(event) });
      } else {
        const detail = row.normalised === null ? 'Its body is no longer kept' : OUR_FAULT;
        outcomes.set(row.id, { ...base, status: 'failed', detail });
      }
      continue;
    }
    const result = readSafely(read, row);
    if (result.ok) {
      ignoreFutureTime(result.event, row.receivedAt);
      understood.push({ ...row, event: result.event });
      outcomes.set(row.id, {
        ...base,
        status: 'projected',
        detail: leftOut(result.event),
        normalised: JSON.stringify(result.event),
        ...bodyFate(result),
      });
    } else {
      const status = result.ignored ? 'ignored' : 'failed';
      outcomes.set(row.id, { ...base, status, detail: result.reason, ...bodyFate(result) });
    }
  }
  return { understood, outcomes };
}

const bodyFate = ({ withoutBody }: BodyFate): BodyFate => (withoutBody ? { withoutBody } : {});

const namesForgotten = ({ people }: BoomEvent) => people.some(({ forgotten }) => forgotten);

function leftOut(event: BoomEvent): string | null {
  if (namesForgotten(event)) return SOMEBODY_FORGOTTEN;
  const { notUnderstood } = event;
  return notUnderstood.length > 0 ? `Not understood and left out: ${notUnderstood.join(', ')}` : null;
}

/** A time that is not yet come would outlast everything that Boom says until then: it counts as absent. */
function ignoreFutureTime(event: BoomEvent, receivedAt: string): void {
  if (event.updatedAt === null || Date.parse(event.updatedAt) <= Date.parse(receivedAt) + A_DAY_MS) return;
  event.updatedAt = null;
  event.notUnderstood.push('a time in the future');
}

/** A delivery that we fail over blocks nobody else; it can be projected again once we are mended. */
function readSafely(read: Read, { body, account, source }: PendingEvent): ReturnType<Read> {
  try {
    return read(JSON.parse(body ?? 'null'), account, source);
  } catch {
    return { ok: false, ignored: false, reason: OUR_FAULT };
  }
}

function parsed(normalised: string): BoomEvent | null {
  try {
    return JSON.parse(normalised) as BoomEvent;
  } catch {
    return null;
  }
}
