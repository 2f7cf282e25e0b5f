/**
 * Whom a PMS has that may be this person: by its own lookup, or, where it has none, by an index that we keep from its
 * listing of what changed.
 */
import { createHash } from 'node:crypto';
import type { Connection, Facts } from '../connect/connection.ts';
import type { Kind, Remote } from '../connect/contract.ts';
import { PushError } from '../http/push-error.ts';
import type { RemoteIndexStore } from '../store/remote-index.ts';
import type { PassTools } from './pass-tools.ts';

/** Clocks differ, by hours where one has the wrong time zone, and a listing may lag behind what it lists. */
const OVERLAP_MS = 24 * 60 * 60_000;
/** More candidates are nobody in particular. */
const MOST_CANDIDATES = 100;
/** Records put at once. */
const BATCH = 200;

export function createFinder(
  connection: Connection,
  store: RemoteIndexStore,
  now: () => Date,
): PassTools['find'] {
  const { connector, capabilities, name, label } = connection;
  if (capabilities.find !== 'index') return (kind, person) => connector.find(kind, person);
  const refresh = sharing((kind: Kind) => bringUpToDate(connection, kind, store, now));
  return async (kind, person) => {
    await refresh(kind);
    const candidates: Remote[] = [];
    const ids = await store.find(name, kind, lookupKeys(name, person));
    if (ids.length > MOST_CANDIDATES) throw tooManyAlike(label);
    for (const id of ids) {
      const remote = await connector.read(kind, id);
      if (remote === null) await store.put(name, kind, [{ remoteId: id, keys: [] }]);
      else candidates.push(remote);
    }
    return connection.among(kind, candidates, person);
  };
}

/** A name is anybody's: it is looked for only where nothing better is known of the person. */
function lookupKeys(connection: string, person: Facts): string[] {
  const better = keysOf(connection, { ...person, firstName: null, lastName: null });
  return better.length > 0 ? better : keysOf(connection, person);
}

function tooManyAlike(label: string): PushError {
  return new PushError('ambiguous', `Too many records in ${label} are alike for this person`, {
    remedy: `Give each person in ${label} their own e-mail address and phone, then run "boomsync retry".`,
  });
}

/**
 * Who asks while a refresh is under way waits for the next one, and all that wait share it: one that began before may
 * have passed by what was made since.
 */
function sharing(work: (kind: Kind) => Promise<void>): (kind: Kind) => Promise<void> {
  const running = new Map<Kind, Promise<void>>();
  const next = new Map<Kind, Promise<void>>();
  const start = (kind: Kind) => {
    const started = work(kind).finally(() => running.delete(kind));
    running.set(kind, started);
    return started;
  };
  return (kind) => {
    const current = running.get(kind);
    if (current === undefined) return start(kind);
    const waiting =
      next.get(kind) ??
      current
        .catch(() => {})
        .then(() => {
          next.delete(kind);
          return start(kind);
        });
    next.set(kind, waiting);
    return waiting;
  };
}

async function bringUpToDate(
  { name, label, connector, factsOf }: Connection,
  kind: Kind,
  store: RemoteIndexStore,
  now: () => Date,
): Promise<void> {
  if (connector.changedSince === undefined)
    throw new PushError('forbidden', `${label} lists nothing that we could look people up in`, {
      remedy: 'Report it: its connector says `find: index` and has no list of what changed.',
    });
  const upto = await store.readUpTo(name, kind);
  // Taken before the reading: what changes meanwhile is read again.
  const begun = now().toISOString();
  // A time that has not come is of a clock that was set back since: nobody knows what it left out.
  const since = upto === null || upto > begun ? null : new Date(Date.parse(upto) - OVERLAP_MS);
  let batch: Remote[] = [];
  const put = async () => {
    const records = batch.map((remote) => ({
      remoteId: remote.id,
      keys: keysOf(name, factsOf(kind, remote)),
    }));
    batch = [];
    await store.put(name, kind, records);
  };
  for await (const remote of connector.changedSince(kind, since)) {
    batch.push(remote);
    if (batch.length >= BATCH) await put();
  }
  await put();
  await store.saveReadUpTo(name, kind, begun);
}

/** Hashes of what a person is looked up by; salted by the connection, so that no two tables can be compared. */
export function keysOf(connection: string, { email, phone, firstName, lastName, key }: Facts): string[] {
  const digits = phone?.replace(/\D/g, '') ?? '';
  const name = [firstName, lastName].filter(Boolean).join(' ');
  const words = [
    email && `email:${email.trim().toLowerCase()}`,
    digits.length >= 7 && `phone:${digits.slice(-10)}`,
    name && `name:${name.trim().replace(/\s+/g, ' ').toLowerCase()}`,
    key && `key:${key}`,
  ];
  return words
    .filter((word): word is string => typeof word === 'string' && word !== '')
    .map((word) => createHash('sha256').update(`${connection}\n${word}`).digest('hex'));
}
