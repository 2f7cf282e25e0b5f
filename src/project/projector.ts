/**
 * One batch of the inbox into tenants: normalise, find out whom each event is about, refold everyone concerned from
 * all of their events, save. It reads what it needs first and writes once, so that receiving never waits for it.
 */
import { correct } from './corrections.ts';
import { storedKeys } from './identity.ts';
import { IdentityBook } from './identity-book.ts';
import { knownFrom } from './known.ts';
import {
  nothingProjected,
  type PendingEvent,
  type Projected,
  type ProjectedEvent,
  type ProjectionStore,
} from './projection-store.ts';
import { reach } from './reach.ts';
import { refold } from './refold.ts';
import { applicationKey, TenantFiles, type Understood } from './tenant-files.ts';
import { type Read, understand } from './understand.ts';
import { type WantedBy, wantedBy, wantedByOutcome } from './wanted-reads.ts';

/** Whether an account's API can be asked. */
export type ReadsFrom = (account: string) => boolean;

/** A correction goes through by itself, because it needs to see as saved what came before it. */
function untilCorrection(pending: PendingEvent[]): PendingEvent[] {
  const at = pending.findIndex((row) => row.source === 'correction');
  return at === -1 ? pending : pending.slice(0, Math.max(at, 1));
}

async function openBook(store: ProjectionStore, tenantIds: readonly string[]): Promise<IdentityBook> {
  const book = new IdentityBook();
  const apart: string[] = [];
  for (const [id, held] of await store.known([...new Set(tenantIds)])) {
    const known = 'known' in held ? held.known : knownFrom(held.record);
    book.meet(id, known);
    apart.push(...known.apart);
  }
  const others = [...new Set(apart)].filter((id) => !tenantIds.includes(id));
  for (const [id, held] of others.length > 0 ? await store.known(others) : []) {
    if ('known' in held) book.meet(id, held.known);
  }
  return book;
}

async function bookFor(store: ProjectionStore, events: readonly Understood[]): Promise<IdentityBook> {
  const keys = new Set<string>();
  for (const { account, event } of events) {
    for (const position of event.people.keys()) {
      const { strong, unit, contact } = storedKeys(account, event, position);
      for (const key of strong) keys.add(key);
      if (unit !== null) keys.add(unit);
      if (contact !== null) keys.add(contact);
    }
  }
  const rows = await store.identities([...keys]);
  const book = await openBook(
    store,
    rows.map((row) => row.tenantId),
  );
  for (const row of rows) book.know(row.key, row.tenantId);
  return book;
}

/** Finds out whom each person that the events name is, in the inbox's order. */
function resolveAll(events: readonly Understood[], book: IdentityBook, projected: Projected): void {
  for (const item of events) {
    const application = item.event.application?.id;
    const others: string[] = [];
    for (const [position, { forgotten }] of item.event.people.entries()) {
      if (forgotten) continue;
      const found = book.resolve(item.account, item.event, item.id, position, others);
      others.push(found.tenantId);
      for (const key of found.keys) projected.identities.push({ key, tenantId: found.tenantId });
      for (const other of found.absorbed) projected.absorbed.push({ tenantId: other, into: found.tenantId });
      projected.subjects.push({
        eventId: item.id,
        position,
        tenantId: found.tenantId,
        application: application ? applicationKey(item.account, application) : null,
      });
    }
    for (const reached of reach(item)) {
      projected.applicationEvents.push({ application: reached, eventId: item.id });
    }
  }
  for (const subject of projected.subjects) subject.tenantId = book.survivorOf(subject.tenantId);
  for (const row of projected.identities) row.tenantId = book.survivorOf(row.tenantId);
}

/** Everyone whom the correction refers to, and whom it is then about. */
async function correctOne(
  store: ProjectionStore,
  item: Understood,
  projected: Projected,
  outcomes: Map<number, ProjectedEvent>,
): Promise<IdentityBook> {
  const people = item.event.correction?.people ?? [];
  const rows = await store.subjectsOf([...new Set(people.map(({ eventId }) => eventId))]);
  const book = await openBook(
    store,
    rows.map((row) => row.tenantId),
  );
  const failed = await correct(store, book, item, projected);
  const outcome = outcomes.get(item.id);
  if (failed !== null && outcome) outcomes.set(item.id, { ...outcome, status: 'failed', detail: failed });
  return book;
}

function outcomesToRead(events: readonly Understood[], { subjects, tenants }: Projected): WantedBy[] {
  const records = new Map(tenants.map(({ record }) => [record.id, record]));
  const about = new Map(events.map((item) => [item.id, item]));
  return subjects.flatMap(({ eventId, tenantId }) => {
    const [item, record] = [about.get(eventId), records.get(tenantId)];
    return item === undefined || record === undefined ? [] : wantedByOutcome(item, record);
  });
}

/** Projects up to `limit` waiting events; returns how many there were, which tenants changed, and whether bodies were dropped. */
export async function projectBatch(
  store: ProjectionStore,
  read: Read,
  options: { limit: number; now: () => Date; readsFrom?: ReadsFrom },
): Promise<{ events: number; changed: string[]; stripped: boolean }> {
  const pending = untilCorrection(await store.pending(options.limit));
  if (pending.length === 0) return { events: 0, changed: [], stripped: false };
  const { understood, outcomes } = understand(pending, read);
  const projected = nothingProjected();
  const [first] = understood;
  let book: IdentityBook;
  if (first?.event.correction) {
    book = await correctOne(store, first, projected, outcomes);
  } else {
    book = await bookFor(store, understood);
    resolveAll(understood, book, projected);
  }
  const files = new TenantFiles(store, understood, projected, book);
  const changed = await refold(store, files, understood, projected, outcomes);
  projected.known = book.changed();
  const readable = understood.filter(({ account }) => options.readsFrom?.(account) === true);
  projected.wanted = [...wantedBy(readable), ...outcomesToRead(readable, projected)];

  const about = new Map<number, string>();
  for (const { eventId, tenantId } of projected.subjects) {
    if (outcomes.has(eventId) && !about.has(eventId)) about.set(eventId, tenantId);
  }
  for (const outcome of outcomes.values()) {
    projected.events.push({ ...outcome, tenantId: about.get(outcome.id) ?? files.firstMember(outcome.id) });
  }
  await store.save(projected, options.now().toISOString());
  const stripped = projected.events.some(({ withoutBody }) => withoutBody);
  return { events: pending.length, changed, stripped };
}
