/** The list of Boom's messages, a page at a time. */
import { z } from 'zod';
import { EVENT_STATUSES, type EventSummary } from '../../../store/inbox.ts';
import type { At } from '../../contract.ts';
import { optional, whole } from '../../forms.ts';
import { nameOf } from '../../names.ts';

export const PAGE = 50;

export const eventsQuery = z.object({
  status: z.enum(EVENT_STATUSES).or(z.literal('')).default('').catch(''),
  tenant: optional.optional().describe('Only messages about this tenant'),
  before: whole
    .positive()
    .optional()
    .catch(undefined)
    .describe('The number of the last message of the page before'),
});

export const eventRow = z.object({
  id: z.number(),
  at: z.string(),
  /** Boom's name for it; null where the message has none. */
  event: z.string().nullable(),
  status: z.enum(EVENT_STATUSES),
  tenantId: z.string().nullable(),
  who: z.string().nullable(),
});
export type EventRow = z.output<typeof eventRow>;

export const eventsView = z.object({
  status: z.string(),
  tenant: z.string().nullable(),
  failed: z.number(),
  total: z.number(),
  events: z.array(eventRow),
  /** For the next page; null where this is the last. */
  before: z.number().nullable(),
  first: z.boolean(),
});
export type EventsView = z.output<typeof eventsView>;

export async function readEvents(
  { status, tenant = null, before }: z.output<typeof eventsQuery>,
  at: At,
): Promise<EventsView> {
  const filter = { ...(status === '' ? {} : { status }), ...(tenant === null ? {} : { tenantId: tenant }) };
  const page = { ...filter, limit: PAGE + 1, ...(before === undefined ? {} : { beforeId: before }) };
  const rows = await at.stores.inbox.list(page);
  const { events } = await at.status();
  const shown = rows.slice(0, PAGE);
  return {
    status,
    tenant,
    failed: events.failed,
    total: events.total,
    events: await rowsOf(shown, at),
    before: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
    first: before === undefined,
  };
}

export async function rowsOf(events: readonly EventSummary[], { stores, words }: At): Promise<EventRow[]> {
  const names = new Map<string, string>();
  for (const id of new Set(events.flatMap(({ tenantId }) => tenantId ?? []))) {
    const row = await stores.tenants.get(id);
    if (row !== null) names.set(id, nameOf(row.record.person, words));
  }
  return events.map(({ id, receivedAt, wireEvent, status, tenantId }) => ({
    id,
    at: receivedAt,
    event: wireEvent,
    status,
    tenantId,
    who: tenantId === null ? null : (names.get(tenantId) ?? null),
  }));
}
