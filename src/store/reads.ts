/** What of Boom's has been read, and what is still to be: the queue of fresh reads, with one row an object. */
import type { Knex } from 'knex';
import type { ReadName } from '../boom/events.ts';
import type { WantedBy } from '../project/wanted-reads.ts';
import { eachChunk, inChunks } from './chunks.ts';
import type { Delivery } from './inbox.ts';
import { appending } from './inbox-append.ts';
import { chunks, placeholders } from './sql.ts';
import { type Steps, writeAtOnce } from './sqlite-client.ts';

/** One object as Boom's API showed it. */
export interface FreshRead {
  /** `application:77`, as `src/project/wanted-reads.ts` names it. */
  object: string;
  name: ReadName;
  /** SHA-256 of what was read without the time of the read, in hex. */
  hash: string;
  /** JSON of the event for the inbox. */
  body: string;
}

/**
 * Which reads become events: `changed` those that differ from the one before · `spoken_of` the same, but what was
 * never read and never spoken of is only remembered · `all` also what was only remembered so far.
 */
export type Tell = 'changed' | 'spoken_of' | 'all';

export interface DueRead {
  object: string;
  attempts: number;
}

export interface ReadStore {
  /** Objects that a delivery spoke of since they were last read, the longest waiting first. */
  due(account: string, now: string, limit: number): Promise<DueRead[]>;
  countWanted(account: string): Promise<number>;
  /** The earliest next attempt; null when none is planned. */
  nextAttempt(account: string): Promise<string | null>;
  /** Since when one of these objects has been wanted, the longest; null when all have been read. UTC ISO 8601. */
  wantedSince(account: string, objects: string[]): Promise<string | null>;
  /** Whether what was read of one of these is in the inbox and in no tenant's record yet. */
  unprojected(account: string, objects: string[]): Promise<boolean>;
  /** The newest event in the inbox: what is read from now on is newer than it. */
  highWater(): Promise<number>;
  /** How many of these `record` would keep as events. */
  countNews(account: string, reads: readonly FreshRead[], tell: Tell): Promise<number>;
  /**
   * Keeps what was read as events, each only where it differs from the read before or where a delivery has spoken of
   * the object since; and marks all of `done` as read up to the event `upto`. Returns how many events it made.
   */
  record(
    account: string,
    reads: readonly FreshRead[],
    done: readonly Done[],
    how?: Recorded,
  ): Promise<number>;
  /** When the first event came; null for an empty inbox. */
  firstEventAt(account: string): Promise<string | null>;
  /** Tenants that the events of a resync are about, and whose record changed since it was begun. */
  tenantsChangedBy(resync: { id: number; account: string; startedAt: string }): Promise<number>;
  /** Not read: tried again at `nextAttemptAt`, or given up where that is null. */
  failed(account: string, object: string, nextAttemptAt: string | null): Promise<void>;
}

/** `resyncId`: null for what a delivery wanted. */
interface Recorded {
  tell: Tell;
  resyncId: number | null;
}

const AS_WANTED: Recorded = { tell: 'changed', resyncId: null };

export interface Done {
  object: string;
  /** The newest event in the inbox when reading began. */
  upto: number;
  /** UTC ISO 8601. */
  at: string;
}

interface Row {
  object: string;
  hash: string | null;
  event_id: number;
  wanted_by: number;
}

export function createReadStore(knex: Knex): ReadStore {
  const wanted = (account: string) => knex('reads').where({ account }).whereRaw('wanted_by > read_upto');
  return {
    async due(account, now, limit) {
      return await wanted(account)
        .where((time) => time.whereNull('next_attempt_at').orWhere('next_attempt_at', '<=', now))
        .orderBy('wanted_by')
        .limit(limit)
        .select('object', 'attempts');
    },
    async countWanted(account) {
      const row = await wanted(account).count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
    async nextAttempt(account) {
      const row = await wanted(account).min({ at: 'next_attempt_at' }).first();
      return (row?.at as string | null | undefined) ?? null;
    },
    async wantedSince(account, objects) {
      const rows: { at: string }[] = await inChunks(objects, (some) =>
        wanted(account).whereIn('object', some).select({ at: 'wanted_at' }),
      );
      return rows.map(({ at }) => at).sort()[0] ?? null;
    },
    async unprojected(account, objects) {
      const rows: unknown[] = await inChunks(objects, (some) =>
        knex('reads')
          .join('inbox', 'inbox.id', 'reads.event_id')
          .where({ 'reads.account': account, 'inbox.status': 'received' })
          .whereIn('reads.object', some)
          .select('reads.event_id')
          .limit(1),
      );
      return rows.length > 0;
    },
    async highWater() {
      const row = await knex('inbox').max({ id: 'id' }).first();
      return Number(row?.id ?? 0);
    },
    async firstEventAt(account) {
      const row = await knex('inbox').where({ account }).orderBy('id').first('received_at');
      return row?.received_at ?? null;
    },
    async tenantsChangedBy({ id, account, startedAt }) {
      const events = () => knex('reads').where({ account, resync_id: id }).select('event_id');
      const applications = knex('application_events').whereIn('event_id', events()).select('application');
      const concerned = knex('subjects')
        .whereIn('event_id', events())
        .orWhereIn('application', applications)
        .select('tenant_id');
      const row = await knex('tenants')
        .whereIn('id', concerned)
        .where('updated_at', '>=', startedAt)
        .count({ n: '*' })
        .first();
      return Number(row?.n ?? 0);
    },
    async countNews(account, reads, tell) {
      let count = 0;
      for (const some of chunks(reads))
        count += (await writeAtOnce(knex, () => newsOf(account, some, tell))).length;
      return count;
    },
    async record(account, reads, done, how = AS_WANTED) {
      let events = 0;
      for (const some of chunks(reads)) {
        const marks = done.filter(({ object }) => some.some((read) => read.object === object));
        events += await writeAtOnce(knex, () => recording(account, some, marks, how));
      }
      const others = done.filter(({ object }) => !reads.some((read) => read.object === object));
      for (const some of chunks(others)) await writeAtOnce(knex, () => recording(account, [], some, how));
      return events;
    },
    async failed(account, object, nextAttemptAt) {
      await knex('reads')
        .where({ account, object })
        .update({
          attempts: knex.raw('attempts + 1'),
          next_attempt_at: nextAttemptAt,
          ...(nextAttemptAt === null ? { read_upto: knex.ref('wanted_by'), wanted_at: null } : {}),
        });
    },
  };
}

/** The reads that become events. */
function* newsOf(account: string, reads: readonly FreshRead[], tell: Tell): Steps<FreshRead[]> {
  const objects = reads.map((read) => read.object);
  const rows = (yield {
    sql: `select object, hash, event_id, wanted_by from reads where account = ? and object in ${placeholders(objects)}`,
    bindings: [account, ...objects],
  }) as Row[];
  const known = new Map(rows.map((row) => [row.object, row]));
  const identified = tell === 'spoken_of' ? yield* identifiedAmong(account, objects) : new Set<string>();
  return reads.filter(({ object, hash }) => {
    const row = known.get(object);
    // The same again counts where a delivery has said something else meanwhile.
    if (row === undefined) return tell !== 'spoken_of' || identified.has(object);
    if (tell === 'all' && Number(row.event_id) === 0) return true;
    return row.hash !== hash || Number(row.wanted_by) > Number(row.event_id);
  });
}

/** Returns how many events it made. */
function* recording(
  account: string,
  reads: readonly FreshRead[],
  done: readonly Done[],
  { tell, resyncId }: Recorded,
): Steps<number> {
  const fresh = yield* newsOf(account, reads, tell);
  const at = new Map(done.map((one) => [one.object, one]));
  const appended = yield* appending(
    fresh.map(
      ({ name, hash, body, object }): Delivery => ({
        account,
        source: 'read',
        requestId: null,
        wireEvent: name,
        bodyHash: hash,
        body,
        receivedAt: at.get(object)?.at ?? new Date().toISOString(),
      }),
    ),
  );
  const events = new Map(fresh.map(({ object }, index) => [object, appended[index]?.id ?? 0]));
  const hashes = new Map(reads.map(({ object, hash }) => [object, hash]));
  for (const { object, upto } of done) {
    yield {
      sql: `insert into reads (account, object, hash, event_id, resync_id, read_upto) values (?, ?, ?, ?, ?, ?)
            on conflict (account, object) do update set hash = coalesce(excluded.hash, reads.hash),
              event_id = case when excluded.event_id > 0 then excluded.event_id else reads.event_id end,
              resync_id = case when excluded.event_id > 0 then excluded.resync_id else reads.resync_id end,
              read_upto = case when excluded.read_upto > reads.read_upto then excluded.read_upto else reads.read_upto end,
              wanted_at = case when reads.wanted_by > excluded.read_upto and reads.wanted_by > reads.read_upto
                then (select received_at from inbox where id = reads.wanted_by) end,
              attempts = 0, next_attempt_at = null`,
      bindings: [account, object, hashes.get(object) ?? null, events.get(object) ?? 0, resyncId, upto],
    };
  }
  return events.size;
}

/** Of whom a delivery spoke before there were keys to read by: the identities' keys are named as the objects are. */
function* identifiedAmong(account: string, objects: readonly string[]): Steps<Set<string>> {
  const keyOf = (object: string) => `${account}/${object.replace(/^issues:/, 'customer:')}`;
  const keys = objects.map(keyOf);
  const rows = (yield {
    sql: `select key from identities where key in ${placeholders(keys)}`,
    bindings: keys,
  }) as { key: string }[];
  const held = new Set(rows.map(({ key }) => key));
  return new Set(objects.filter((object) => held.has(keyOf(object))));
}

/** Within the transaction that projects the events which want it. */
export async function saveWanted(trx: Knex.Transaction, wanted: readonly WantedBy[]): Promise<void> {
  for (const anew of [true, false]) {
    const some = wanted.filter((one) => one.anew === anew);
    await eachChunk(unique(some), (rows) =>
      trx.raw(
        `insert into reads (account, object, wanted_by, wanted_at)
         values ${rows.map(() => '(?, ?, ?, (select received_at from inbox where id = ?))').join(', ')}
         on conflict (account, object) do update set wanted_by = excluded.wanted_by, attempts = 0, next_attempt_at = null,
           wanted_at = case when reads.wanted_by > reads.read_upto then reads.wanted_at else excluded.wanted_at end
         where excluded.wanted_by > reads.wanted_by ${anew ? '' : 'and reads.event_id = 0'}`,
        rows.flatMap(({ account, object, eventId }) => [account, object, eventId, eventId]),
      ),
    );
  }
}

/** One statement may touch a row once: the newest event that wants it. */
function unique(wanted: readonly WantedBy[]): WantedBy[] {
  const byObject = new Map<string, WantedBy>();
  for (const one of wanted) {
    const key = `${one.account}/${one.object}`;
    if ((byObject.get(key)?.eventId ?? 0) < one.eventId) byObject.set(key, one);
  }
  return [...byObject.values()];
}
