/**
 * A landlord's correction of an identity. It refers to people by the events that named them, whoever holds those events
 * now, so that it means the same in every replay.
 */
import { storedKeys, tenantIdFor } from './identity.ts';
import type { IdentityBook } from './identity-book.ts';
import { type Known, learn, nothingKnown } from './known.ts';
import type { Projected, ProjectionStore, Subject } from './projection-store.ts';
import { isSame, leaving, type Mention, type Reference } from './sides.ts';
import type { Understood } from './tenant-files.ts';

/** Adds to `projected` what it does; returns why it cannot be carried out, or null. */
export async function correct(
  store: ProjectionStore,
  book: IdentityBook,
  item: Understood,
  projected: Projected,
): Promise<string | null> {
  const people = item.event.correction?.people ?? [];
  const found = await subjectsAt(store, people);
  const unknown = people.find((_, index) => found[index] === undefined);
  if (unknown) {
    return `It names person ${unknown.position + 1} of event ${unknown.eventId}, who is nobody on record`;
  }
  const subjects = found as Subject[];
  const ids = [...new Set(subjects.map((subject) => subject.tenantId))];
  const tenants = await store.tenants(ids);
  const foreign = ids.find((id) => tenants.get(id)?.record.account !== item.account);
  if (foreign !== undefined) return `It names ${foreign}, who belongs to another of Boom's accounts`;

  if (item.event.name === 'tenants_same') {
    const { tenantId, absorbed } = book.join(ids);
    for (const other of absorbed) projected.absorbed.push({ tenantId: other, into: tenantId });
  } else {
    const [first, ...others] = subjects as [Subject, ...Subject[]];
    if (others.some((other) => isSame(other, first)))
      return 'It says that somebody is another person than themselves';
    const away = others.filter((other) => other.tenantId === first.tenantId);
    if (away.length > 0) await split(store, book, item, { first, others: away }, projected);
    for (const { tenantId } of others) {
      if (tenantId !== first.tenantId) book.keepApart(first.tenantId, tenantId);
    }
  }
  const holder = (subject: Subject) =>
    projected.subjects.find((moved) => isSame(moved, subject))?.tenantId ?? book.survivorOf(subject.tenantId);
  const own = subjects.map((subject, index) => ({
    eventId: item.id,
    position: -1 - index,
    tenantId: holder(subject),
    application: null,
  }));
  projected.subjects.push(...own);
  return null;
}

async function subjectsAt(
  store: ProjectionStore,
  people: readonly Reference[],
): Promise<(Subject | undefined)[]> {
  const rows = await store.subjectsOf([...new Set(people.map(({ eventId }) => eventId))]);
  return people.map((one) => rows.find((row) => row.position >= 0 && isSame(row, one)));
}

/** Gives `others` a tenant of their own. Keys that both sides have stay, as do records over there. */
async function split(
  store: ProjectionStore,
  book: IdentityBook,
  { id, account }: Understood,
  { first, others }: { first: Subject; others: Subject[] },
  projected: Projected,
): Promise<void> {
  const from = first.tenantId;
  const rows = await store.subjects([from]);
  const events = await store.normalised([...new Set(rows.map((row) => row.eventId))]);
  const mentions = rows
    .flatMap((row): Mention[] => {
      const event = events.get(row.eventId)?.event;
      return event?.people[row.position] ? [{ eventId: row.eventId, position: row.position, event }] : [];
    })
    .sort((a, b) => a.eventId - b.eventId || a.position - b.position);
  const gone = leaving(mentions, first, others);
  const stay = mentions.filter((mention) => !gone.includes(mention));

  const to = await freeId(store, from, gone, id);
  const references = referencesIn(rows, events);
  for (const row of rows) {
    const about = row.position >= 0 ? row : references.get(`${row.eventId}/${row.position}`);
    if (about && gone.some((mention) => isSame(mention, about)))
      projected.subjects.push({ ...row, tenantId: to });
  }
  projected.about = gone.flatMap(({ eventId, position }) =>
    position === 0 ? [{ eventId, tenantId: to }] : [],
  );

  const [kept, left] = [keysIn(account, stay), keysIn(account, gone)];
  const former = (mention: Mention) => `tenant:${tenantIdFor(mention.eventId, mention.position)}`;
  const keys = [...left.own].filter((key) => !kept.own.has(key));
  const contacts = [...left.contact].filter((key) => !kept.contact.has(key));
  projected.moved = { from, to, keys: [...keys, ...contacts, ...gone.map(former)] };
  // What both are reached by is nobody's alone: whoever comes with it is neither's.
  for (const key of left.contact) if (kept.contact.has(key)) projected.identities.push({ key, tenantId: to });

  book.keepApart(from, to);
  book.relearn(from, knownOf(stay));
  book.relearn(to, knownOf(gone));
}

/** People whom earlier corrections name, by the correction's own rows. */
function referencesIn(
  rows: readonly Subject[],
  events: Awaited<ReturnType<ProjectionStore['normalised']>>,
): Map<string, Reference> {
  const references = new Map<string, Reference>();
  for (const { eventId, position } of rows) {
    const person = events.get(eventId)?.event.correction?.people[-1 - position];
    if (position < 0 && person) references.set(`${eventId}/${position}`, person);
  }
  return references;
}

/** The earliest of its events that names no other tenant yet, else the correction itself. */
async function freeId(
  store: ProjectionStore,
  from: string,
  gone: readonly Mention[],
  correctionId: number,
): Promise<string> {
  const candidates = gone.map(({ eventId, position }) => tenantIdFor(eventId, position));
  const taken = await store.tenants(candidates);
  return candidates.find((id) => id !== from && !taken.has(id)) ?? tenantIdFor(correctionId, 0);
}

function keysIn(account: string, mentions: readonly Mention[]): { own: Set<string>; contact: Set<string> } {
  const own = new Set<string>();
  const contacts = new Set<string>();
  for (const { event, position } of mentions) {
    const { strong, unit, contact } = storedKeys(account, event, position);
    for (const key of strong) own.add(key);
    if (unit !== null) own.add(unit);
    if (contact !== null) contacts.add(contact);
  }
  return { own, contact: contacts };
}

function knownOf(mentions: readonly Mention[]): Known {
  const known = nothingKnown();
  for (const { event, position } of mentions) {
    const person = event.people[position];
    if (person) learn(known, person, storedKeys('', event, position).strong.length > 0);
  }
  return known;
}
