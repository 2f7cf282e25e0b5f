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
  /** When the last delivery came that wants one of these objects read; null when all have been. */
  wantedSince(account: string, objects: string[]): Promise<string | null>;
  /** The newest event in the inbox: what is read from now on is newer than it. */
  highWater(): Promise<number>;
  /** Which of these objects were read before. */
  known(account: string, objects: string[]): Promise<Map<string, { hash: string | null }>>;
  /**
   * Keeps what was read as events, each only where it differs from the read before or where a delivery has spoken of
   * the object since; and marks all of `done` as read up to the event `upto`. Returns the ids of the new events.
   */
  record(account: string, reads: readonly FreshRead[], done: readonly Done[], tell?: Tell): Promise<number[]>;
  /** When the first event came; null for an empty inbox. */
  firstEventAt(account: string): Promise<string | null>;
  /** Tenants whose record changed since then. UTC ISO 8601. */
  tenantsChangedSince(account: string, at: string): Promise<number>;
  /** Not read: tried again at `nextAttemptAt`, or given up where that is null. */
  failed(
    account: string,
    object: string,
    failure: { message: string; nextAttemptAt: string | null },
  ): Promise<void>;
}

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
      const rows = await inChunks(objects, (some) =>
        knex('reads as r')
          .join('inbox as i', 'i.id', 'r.wanted_by')
          .where('r.account', account)
          .whereIn('r.object', some)
          .whereRaw('r.wanted_by > r.read_upto')
          .select<{ at: string }[]>({ at: 'i.received_at' }),
      );
      return (
        rows
          .map(({ at }) => at)
          .sort()
          .at(-1) ?? null
      );
    },
    async highWater() {
      const row = await knex('inbox').max({ id: 'id' }).first();
      return Number(row?.id ?? 0);
    },
    async firstEventAt(account) {
      const row = await knex('inbox').where({ account }).orderBy('id').first('received_at');
      return row?.received_at ?? null;
    },
    async tenantsChangedSince(account, at) {
      const row = await knex('tenants')
        .where({ account })
        .where('updated_at', '>=', at)
        .count({ n: '*' })
        .first();
      return Number(row?.n ?? 0);
    },
    async known(account, objects) {
      const rows: Row[] = await inChunks(objects, (some) =>
        knex('reads').where({ account }).whereIn('object', some).select('object', 'hash'),
      );
      return new Map(rows.map((row) => [row.object, { hash: row.hash }]));
    },
    async record(account, reads, done, tell = 'changed') {
      const ids: number[] = [];
      for (const some of chunks(reads)) {
        const marks = done.filter(({ object }) => some.some((read) => read.object === object));
        ids.push(...(await writeAtOnce(knex, () => recording(account, some, marks, tell))));
      }
      const others = done.filter(({ object }) => !reads.some((read) => read.object === object));
      for (const some of chunks(others)) await writeAtOnce(knex, () => recording(account, [], some, tell));
      return ids;
    },
    async failed(account, object, { message, nextAttemptAt }) {
      await knex('reads')
        .where({ account, object })
        .update({
          attempts: knex.raw('attempts + 1'),
          next_attempt_at: nextAttemptAt,
          message,
          ...(nextAttemptAt === null ? { read_upto: knex.ref('wanted_by') } : {}),
        });
    },
  };
}

function* recording(
  account: string,
  reads: readonly FreshRead[],
  done: readonly Done[],
  tell: Tell,
): Steps<number[]> {
  const objects = reads.map((read) => read.object);
  const rows = (yield {
    sql: `select object, hash, event_id, wanted_by from reads where account = ? and object in ${placeholders(objects)}`,
    bindings: [account, ...objects],
  }) as Row[];
  const known = new Map(rows.map((row) => [row.object, row]));
  const identified = tell === 'spoken_of' ? yield* identifiedAmong(account, objects) : new Set<string>();
  const fresh = reads.filter(({ object, hash }) => {
    const row = known.get(object);
    // The same again counts where a delivery has said something else meanwhile.
    if (row === undefined) return tell !== 'spoken_of' || identified.has(object);
    if (tell === 'all' && Number(row.event_id) === 0) return true;
    return row.hash !== hash || Number(row.wanted_by) > Number(row.event_id);
  });
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
      sql: `insert into reads (account, object, hash, event_id, read_upto) values (?, ?, ?, ?, ?)
            on conflict (account, object) do update set hash = coalesce(excluded.hash, reads.hash),
              event_id = case when excluded.event_id > 0 then excluded.event_id else reads.event_id end,
              read_upto = case when excluded.read_upto > reads.read_upto then excluded.read_upto else reads.read_upto end,
              attempts = 0, next_attempt_at = null, message = null`,
      bindings: [account, object, hashes.get(object) ?? null, events.get(object) ?? 0, upto],
    };
  }
  return [...events.values()];
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
        `insert into reads (account, object, wanted_by) values ${rows.map(() => '(?, ?, ?)').join(', ')}
         on conflict (account, object) do update set wanted_by = excluded.wanted_by, attempts = 0, next_attempt_at = null
         where excluded.wanted_by > reads.wanted_by ${anew ? '' : 'and reads.event_id = 0'}`,
        rows.flatMap(({ account, object, eventId }) => [account, object, eventId]),
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
