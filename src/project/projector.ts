/**
 * One batch of the inbox into tenants: normalise, find out whom each event is about, refold everyone concerned from
 * all of their events, save. It reads what it needs first and writes once, so that receiving never waits for it.
 */
import type { BoomEvent, EventSource } from '../boom/event.ts';
import { EFFECTS } from './effects.ts';
import { fold } from './fold.ts';
import type { FoldEvent } from './fold-event.ts';
import { IdentityBook, keysOf } from './identity.ts';
import type {
  PendingEvent,
  Projected,
  ProjectedEvent,
  ProjectionStore,
  Subject,
} from './projection-store.ts';
import type { Tenant } from './tenant.ts';
import { applicationKey, TenantFiles, type Understood } from './tenant-files.ts';

const A_DAY_MS = 24 * 60 * 60_000;

export const OUR_FAULT = 'boomsync itself failed over it; nothing is lost, and "boomsync retry" tries again';

/** How a body becomes an event, for the account it came to and by where it came from. Throws nothing. */
export type Read = (
  body: unknown,
  account: string,
  source: EventSource,
) => { ok: true; event: BoomEvent } | { ok: false; ignored: boolean; reason: string };

/** Applications whose every member an event concerns. */
function reach({ account, event }: Understood): string[] {
  const ids = new Set<string>();
  if (event.merge) for (const id of [event.merge.targetId, ...event.merge.mergedIds]) ids.add(id);
  const effect = EFFECTS[event.name].leasing;
  const everyone = effect?.whom === 'members' || (effect !== undefined && event.people.length === 0);
  if (everyone && event.application?.id) ids.add(event.application.id);
  return [...ids].map((id) => applicationKey(account, id));
}

function understand(
  pending: PendingEvent[],
  read: Read,
): { understood: Understood[]; outcomes: Map<number, ProjectedEvent> } {
  const understood: Understood[] = [];
  const outcomes = new Map<number, ProjectedEvent>();
  for (const row of pending) {
    const base = { id: row.id, tenantId: null, normalised: null };
    if (row.body === null) {
      if (row.normalised === null) {
        outcomes.set(row.id, { ...base, status: 'failed', detail: 'Its body is no longer kept' });
        continue;
      }
      const event = parsed(row.normalised);
      if (event) understood.push({ ...row, event });
      else outcomes.set(row.id, { ...base, status: 'failed', detail: OUR_FAULT });
      continue;
    }
    const result = readSafely(read, row);
    if (result.ok) {
      ignoreFutureTime(result.event, row.receivedAt);
      understood.push({ ...row, event: result.event });
      const odd = result.event.notUnderstood;
      outcomes.set(row.id, {
        ...base,
        status: 'projected',
        detail: odd.length > 0 ? `Not understood and left out: ${odd.join(', ')}` : null,
        normalised: JSON.stringify(result.event),
      });
    } else {
      outcomes.set(row.id, { ...base, status: result.ignored ? 'ignored' : 'failed', detail: result.reason });
    }
  }
  for (const { id } of understood) {
    if (!outcomes.has(id)) {
      outcomes.set(id, { id, tenantId: null, normalised: null, status: 'projected', detail: null });
    }
  }
  return { understood, outcomes };
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

function foldSafely(identity: { id: string; account: string }, events: FoldEvent[]): Tenant | null {
  try {
    return fold(identity, events);
  } catch {
    return null;
  }
}

async function openBook(store: ProjectionStore, events: Understood[]): Promise<IdentityBook> {
  const keys = new Set<string>();
  for (const { account, event } of events) {
    for (const position of event.people.keys()) {
      const own = keysOf(event, position);
      for (const key of own.strong) keys.add(`${account}/${key}`);
      if (own.unit !== null) keys.add(`${account}/${own.unit}`);
      if (own.contact !== null) keys.add(`${account}/${own.contact}`);
    }
  }
  const book = new IdentityBook();
  const rows = await store.identities([...keys]);
  for (const row of rows) book.know(row.key, row.tenantId);
  for (const [id, { record }] of await store.tenants([...new Set(rows.map((row) => row.tenantId))])) {
    const { applicant, lead, customer, external } = record.ids;
    book.meet({
      id,
      person: record.person,
      customers: new Set(customer),
      applicants: new Set(applicant),
      hasIds:
        [applicant, lead, customer, external].some((ids) => ids.length > 0) ||
        record.applications.some((a) => a.id !== null),
    });
  }
  return book;
}

/** Projects up to `limit` waiting events; returns how many there were and which tenants changed. */
export async function projectBatch(
  store: ProjectionStore,
  read: Read,
  options: { limit: number; now: () => Date },
): Promise<{ events: number; changed: string[] }> {
  const pending = await store.pending(options.limit);
  if (pending.length === 0) return { events: 0, changed: [] };
  const { understood, outcomes } = understand(pending, read);
  const book = await openBook(store, understood);

  const subjects: Subject[] = [];
  const projected: Projected = {
    events: [],
    subjects,
    identities: [],
    applicationEvents: [],
    absorbed: [],
    tenants: [],
  };
  for (const item of understood) {
    for (const position of item.event.people.keys()) {
      const found = book.resolve(item.account, item.event, item.id, position);
      for (const key of found.keys) projected.identities.push({ key, tenantId: found.tenantId });
      for (const other of found.absorbed) projected.absorbed.push({ tenantId: other, into: found.tenantId });
      const application = item.event.application?.id;
      subjects.push({
        eventId: item.id,
        position,
        tenantId: found.tenantId,
        application: application ? applicationKey(item.account, application) : null,
      });
    }
    for (const application of reach(item))
      projected.applicationEvents.push({ application, eventId: item.id });
  }
  for (const subject of subjects) subject.tenantId = book.survivorOf(subject.tenantId);
  for (const row of projected.identities) row.tenantId = book.survivorOf(row.tenantId);

  const files = new TenantFiles(store, understood, projected, book);
  const tenantIds = await files.concerned();
  await files.load(tenantIds);
  const before = await store.tenants(tenantIds);
  const accounts = new Map(understood.map((item) => [item.id, item.account]));
  const changed: string[] = [];
  for (const id of tenantIds) {
    const events = files.of(id);
    const account = before.get(id)?.record.account ?? accounts.get(events.at(-1)?.id ?? 0);
    if (account === undefined || events.length === 0) continue;
    const old = before.get(id);
    const record = foldSafely({ id, account }, events);
    if (record === null) {
      for (const { id: eventId } of events) {
        const outcome = outcomes.get(eventId);
        if (outcome) outcomes.set(eventId, { ...outcome, status: 'failed', detail: OUR_FAULT });
      }
      continue;
    }
    if (old && JSON.stringify(old.record) === JSON.stringify(record)) continue;
    projected.tenants.push({ revision: (old?.revision ?? 0) + 1, record });
    changed.push(id);
  }

  const about = new Map<number, string>();
  for (const subject of subjects) {
    if (!about.has(subject.eventId)) about.set(subject.eventId, subject.tenantId);
  }
  for (const outcome of outcomes.values()) {
    const tenantId = about.get(outcome.id) ?? files.firstMember(outcome.id);
    projected.events.push({ ...outcome, tenantId });
  }
  await store.save(projected, options.now().toISOString());
  return { events: pending.length, changed };
}
