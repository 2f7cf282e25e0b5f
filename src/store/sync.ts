/** Sync states and passes: what became of each tenant in each connection, and who is due. */
import type { Knex } from 'knex';
import type { Desired, Fields, FieldValue, Kind, RemoteId } from '../connect/contract.ts';
import type { Attempt, MadeAttempt } from './attempts.ts';
import { eachChunk, inChunks } from './chunks.ts';
import { saveIntent, savePasses, saveState } from './pass-writes.ts';
import { type Answers, answer, countQuiet, type Quiet, quiet, unquiet } from './sync-answers.ts';
import { fromRow, STATE_KEY, type StateRow } from './sync-rows.ts';
import { approve, hold, release } from './sync-writes.ts';

/**
 * `waiting` nothing was tried yet (preview, or the connection is paused) · `creating` a create was begun and its
 * outcome is unknown · `synced` the PMS showed it · `retrying` tried, will be tried again · `parked` needs a person ·
 * `skipped` there is nothing to write.
 */
export const SYNC_STATES = ['waiting', 'creating', 'synced', 'retrying', 'parked', 'skipped'] as const;
export type SyncStateName = (typeof SYNC_STATES)[number];

/** What our last write left over there, as it was read back. */
export interface Pushed {
  fields: Fields;
  decision: string | null;
  /** Markers of the notes that are there. */
  notes: string[];
  /** By field, the time of the last `use Boom's` that was carried out: it counts once. Absent where there was none. */
  settled?: Record<string, string>;
}

/** One field of which the three sides do not agree. `pushed` is absent where we never wrote it. */
export interface FieldDifference {
  field: string;
  boom: FieldValue;
  pushed?: FieldValue;
  there: FieldValue;
  /** `write`: Boom's is sent · `keep`: theirs stays by the field's owner · `ask`: edited there, so a person is asked. */
  does: 'write' | 'keep' | 'ask';
}

/** What the last look found: what we would do, or have just done. The preview, the tasks and the drift are this. */
export interface Plan {
  record: 'create' | 'update' | 'none';
  fields: FieldDifference[];
  decision: { from: string | null; to: string } | null;
  /** The texts of notes to add. */
  notes: string[];
  /** A decision that is to settle, and when a look first saw it; absent where there is none. */
  settling?: { decision: string; since: string };
}

/** Which record of which tenant, in which connection. */
export interface RecordName {
  tenantId: string;
  connection: string;
  kind: Kind;
  place: string;
}

export interface SyncState extends RecordName {
  state: SyncStateName;
  /** A word for filters (`unmapped_unit`, `preview`, `edited_there`); null when all is well. */
  cause: string | null;
  message: string | null;
  remedy: string | null;
  remoteId: string | null;
  pushed: Pushed | null;
  attempts: number;
  /** Whom we were about to create, while we do not know whether it was done. */
  intent: Desired | null;
  /** Null where nothing was looked at or nothing differs. */
  plan: Plan | null;
  /** It was beyond what may be made in a day: from then on it is made when a person lets it, and not before. */
  askedAt: string | null;
  /** A person let this record be made. Only `approve` sets it. */
  approvedAt: string | null;
  /** A person took back what we wrote: nothing is sent until they say so. Only `hold` and `release` set it. */
  heldAt: string | null;
  /** A person named this one to be made although the connection makes none. Only `approve` sets it. */
  namedAt: string | null;
  /** Records over there of which one may be this one; none where a person is not asked that. */
  candidates: RemoteId[];
  /** Only `answer` sets it. */
  answers: Answers | null;
  /** A person does not want to hear of it. Set by `quiet` and `unquiet`; another trouble ends it. */
  quiet: Quiet | null;
  syncedAt: string | null;
  updatedAt: string;
}

export interface Pass {
  tenantId: string;
  connection: string;
  tenantRevision: number;
  connectionRevision: string;
  /** When to try again; null when only a change makes the tenant due. */
  nextAttemptAt: string | null;
}

export interface PassOutcome {
  tenantId: string;
  /** Null where a failure of the connection ended it: the tenant stays due. */
  pass: Pass | null;
  states: SyncState[];
  /** States that stand for nothing any more. */
  gone: SyncState[];
  attempts: MadeAttempt[];
}

/** How many records may be made without a person's letting them, and since when they are counted. */
export interface Quota {
  most: number;
  since: string;
  /** Outcomes of an attempt after which nothing was made. */
  refusals: readonly string[];
}

export interface SyncStore {
  /** Tenants whose pair of revisions differs from the one of the last pass, or whose next attempt has come. */
  due(connection: string, revision: string, now: string, limit: number): Promise<string[]>;
  countDue(connection: string, revision: string, now: string): Promise<number>;
  /** In how many of these connections the last pass over the tenant was not of this pair of revisions. */
  behind(
    tenantId: string,
    revision: number,
    connections: readonly { name: string; revision: string }[],
  ): Promise<number>;
  /** Tenants whom one of these connections has not looked at since they or it changed, or with a record that is not as we want it. */
  tenantsNotInLine(connections: readonly { name: string; revision: string }[]): Promise<number>;
  /** Records that a person holds back. */
  countHeld(connections: readonly string[]): Promise<number>;
  /** Records that wait for one of these causes. */
  countWaiting(connections: string[], causes: string[]): Promise<number>;
  /** Records of which the last look found a difference, since then. */
  withPlan(since: string): Promise<SyncState[]>;
  /** The earliest next attempt; null when nothing is planned. */
  nextAttempt(connection: string): Promise<string | null>;
  states(tenantIds: string[], connection?: string): Promise<SyncState[]>;
  /** Who else holds this record of this connection. */
  holders(connection: string, kind: Kind, remoteId: string): Promise<SyncState[]>;
  /** Written at once and by itself, with what was tried: an id right after a create. */
  saveState(state: SyncState, attempts?: readonly MadeAttempt[]): Promise<void>;
  /**
   * Before a create: the intent and the attempt, in one transaction with the counting of the quota, so that two at
   * once do not take the last place both. Returns the attempt's id; null where the quota is used up: nothing is kept.
   */
  saveIntent(state: SyncState, attempt: Attempt, quota: Quota | null): Promise<number | null>;
  /** What passes ended with, all of it or nothing. A tenant that was absorbed meanwhile is its survivor by now. */
  savePasses(outcomes: readonly PassOutcome[]): Promise<void>;
  /**
   * A person lets these records be made, `named` one by one or all that were shown; their tenants are due. One that is
   * not kept yet is kept as it is given.
   */
  approve(states: readonly SyncState[], at: string, named?: boolean): Promise<void>;
  /** A person says something of a record; its tenant is due. False where there is no such record. */
  answer(record: RecordName, change: (before: Answers) => Answers): Promise<boolean>;
  /** A person does not want to hear of these; only what needs one can be quiet. Returns which of them are. */
  quiet(records: readonly RecordName[], how: Pick<Quiet, 'until' | 'why'>): Promise<RecordName[]>;
  /** Returns how many of them were. */
  unquiet(records: readonly RecordName[]): Promise<number>;
  countQuiet(now: string): Promise<{ connection: string; count: number }[]>;
  /** Passes leave these records alone from now on. */
  hold(records: readonly RecordName[], at: string): Promise<void>;
  /** Ends what `hold` began; their tenants are due. Returns how many records it was. */
  release(tenantIds: readonly string[]): Promise<number>;
  /** Makes tenants due again; without ids all with a state among `in`. Returns how many. */
  makeDue(filter: { tenantIds?: string[]; connection?: string; in?: SyncStateName[] }): Promise<number>;
  /** What failed or waits for a person, newest first; what is quiet as well: see `isQuiet`. */
  problems(): Promise<SyncState[]>;
  countByState(): Promise<{ connection: string; state: SyncStateName; count: number }[]>;
}

/** No next attempt is planned for later: a clock was set back since. */
const LONGEST_PLAN_MS = 7 * 24 * 60 * 60_000;

export function createSyncStore(knex: Knex): SyncStore {
  const dueTenants = (connection: string, revision: string, now: string) =>
    knex('tenants as t')
      .leftJoin('passes as p', (join) => join.on('p.tenant_id', 't.id').andOnVal('p.connection', connection))
      .where((due) =>
        due
          .whereNull('p.tenant_id')
          .orWhereRaw('p.tenant_revision <> t.revision')
          .orWhere('p.connection_revision', '<>', revision)
          .orWhere('p.next_attempt_at', '<=', now)
          .orWhere('p.next_attempt_at', '>', new Date(Date.parse(now) + LONGEST_PLAN_MS).toISOString()),
      );

  /** What a person holds back is as it was when they said so, and nothing follows it. */
  const heldIn = (names: readonly string[]) =>
    knex('sync_states').whereIn('connection', names).whereNotNull('held_at');

  return {
    async due(connection, revision, now, limit) {
      const rows = await dueTenants(connection, revision, now)
        .orderBy('t.ordinal')
        .limit(limit)
        .select('t.id');
      return rows.map((row) => row.id as string);
    },

    async countDue(connection, revision, now) {
      const row = await dueTenants(connection, revision, now).count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },

    async behind(tenantId, revision, connections) {
      const rows = await knex('passes').where({ tenant_id: tenantId, tenant_revision: revision });
      return connections.filter(
        (c) => !rows.some((row) => row.connection === c.name && row.connection_revision === c.revision),
      ).length;
    },

    async tenantsNotInLine(connections) {
      const names = connections.map(({ name }) => name);
      const row = await knex('tenants as t')
        .where((any) => {
          any.whereIn(
            't.id',
            knex('sync_states')
              .whereIn('connection', names)
              .whereNotIn('state', ['synced', 'skipped'])
              .select('tenant_id'),
          );
          any.orWhereIn('t.id', heldIn(names).select('tenant_id'));
          for (const { name, revision } of connections)
            any.orWhereNotExists(
              knex('passes as p')
                .whereRaw('p.tenant_id = t.id and p.tenant_revision = t.revision')
                .where({ 'p.connection': name, 'p.connection_revision': revision })
                .select(knex.raw('1')),
            );
        })
        .count({ n: '*' })
        .first();
      return Number(row?.n ?? 0);
    },

    async countHeld(connections) {
      const row = await heldIn(connections).count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },

    async countWaiting(connections, causes) {
      const row = await knex('sync_states')
        .whereIn('connection', connections)
        .where({ state: 'waiting' })
        .whereIn('cause', causes)
        .count({ n: '*' })
        .first();
      return Number(row?.n ?? 0);
    },

    async withPlan(since) {
      const rows: StateRow[] = await knex('sync_states')
        .whereNotNull('plan')
        .where('updated_at', '>=', since)
        .orderBy([...STATE_KEY])
        .select();
      return rows.map(fromRow);
    },

    async nextAttempt(connection) {
      const row = await knex('passes')
        .where({ connection })
        .whereExists(knex('tenants').whereRaw('tenants.id = passes.tenant_id').select(knex.raw('1')))
        .min({ at: 'next_attempt_at' })
        .first();
      return (row?.at as string | null | undefined) ?? null;
    },

    async states(tenantIds, connection) {
      const rows = await inChunks<string, StateRow>(tenantIds, (some) =>
        knex('sync_states')
          .whereIn('tenant_id', some)
          .modify((query) => {
            if (connection !== undefined) query.where({ connection });
          })
          .orderBy([...STATE_KEY])
          .select(),
      );
      return rows.map(fromRow);
    },

    async holders(connection, kind, remoteId) {
      const rows: StateRow[] = await knex('sync_states')
        .where({ connection, kind, remote_id: remoteId })
        .select();
      return rows.map(fromRow);
    },

    saveState: (state, attempts = []) => saveState(knex, state, attempts),
    saveIntent: (state, attempt, quota) => saveIntent(knex, state, attempt, quota),
    approve: (states, at, named = false) => approve(knex, states, at, named),
    answer: (record, change) => answer(knex, record, change),
    quiet: (records, how) => quiet(knex, records, how),
    unquiet: (records) => unquiet(knex, records),
    countQuiet: (now) => countQuiet(knex, now),
    hold: (records, at) => hold(knex, records, at),
    release: (tenantIds) => release(knex, tenantIds),

    savePasses: (outcomes) => savePasses(knex, outcomes),

    async makeDue({ tenantIds, connection, in: names }) {
      await knex('sync_states')
        .where('attempts', '>', 0)
        .modify((q) => {
          if (connection !== undefined) q.where({ connection });
          if (names !== undefined) q.whereIn('state', names);
          if (tenantIds !== undefined) q.whereIn('tenant_id', tenantIds);
        })
        .update({ attempts: 0 });
      const query = knex('passes').modify((q) => {
        if (connection !== undefined) q.where({ connection });
        if (names !== undefined) {
          q.whereExists(
            knex('sync_states as s')
              .whereRaw('s.tenant_id = passes.tenant_id and s.connection = passes.connection')
              .whereIn('s.state', names)
              .select(knex.raw('1')),
          );
        }
      });
      if (tenantIds === undefined) return await query.delete();
      let total = 0;
      await eachChunk(tenantIds, async (some) => {
        total += await query.clone().whereIn('tenant_id', some).delete();
      });
      return total;
    },

    async problems() {
      const rows: StateRow[] = await knex('sync_states')
        .whereIn('state', ['parked', 'retrying', 'creating'])
        .orderBy('updated_at', 'desc')
        .select();
      return rows.map(fromRow);
    },

    async countByState() {
      const rows: { connection: string; state: SyncStateName; count: number | string }[] = await knex(
        'sync_states',
      )
        .groupBy('connection', 'state')
        .select('connection', 'state', knex.raw('count(*) as count'));
      return rows.map((row) => ({ ...row, count: Number(row.count) }));
    },
  };
}
