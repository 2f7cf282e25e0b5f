/** What a person said of a record that needed them. Passes read it and never write it. */
import type { Knex } from 'knex';
import type { FieldValue, RemoteId } from '../connect/contract.ts';
import { eachChunk } from './chunks.ts';
import type { RecordName, SyncState } from './sync.ts';
import { FOR_GOOD, fromRow, type StateRow } from './sync-rows.ts';

/** Of one field that was edited over there: whose value it is to have. */
export interface FieldAnswer {
  take: 'theirs' | 'boom';
  /** What the person saw, on which record; null where it was not tied to one yet (preview). */
  boom: FieldValue;
  there: FieldValue;
  remoteId: RemoteId | null;
  /** UTC ISO 8601: tells one answer from another of the same words. */
  at: string;
}

/** Hashes of what a record showed of a person; null where it showed nothing. */
export type SeenFacts = Record<'firstName' | 'lastName' | 'email' | 'phone', string | null>;

export interface Answers {
  /** By field. */
  fields: Record<string, FieldAnswer>;
  /** This one is the person's, as long as it shows what it showed then. */
  same: { remoteId: RemoteId; seen: SeenFacts } | null;
  /** These are somebody else's. */
  others: RemoteId[];
}

export interface Quiet {
  /** UTC ISO 8601; null: for good. */
  until: string | null;
  why: string;
  /** What it is about, by `troubleOf`: another trouble ends it. */
  trouble: string;
}

const NO_ANSWERS: Answers = { fields: {}, same: null, others: [] };

/** Why it needs a person, to be compared: the cause, the fields that are asked about, the records that fit. */
export function troubleOf({
  cause,
  plan,
  candidates,
}: Pick<SyncState, 'cause' | 'plan' | 'candidates'>): string {
  const asked = (plan?.fields ?? []).filter(({ does }) => does === 'ask').map(({ field }) => field);
  return [cause ?? '', asked.sort().join(','), [...candidates].sort().join(',')].join('|');
}

/** Whether a person does not want to hear of it at this time. */
export function isQuiet({ state, quiet }: Pick<SyncState, 'state' | 'quiet'>, now: string): boolean {
  return state === 'parked' && quiet !== null && (quiet.until === null || quiet.until > now);
}

/** Of two records that are one after all. What was said of `own` comes first; its own record is nobody else's. */
export function mergedAnswers(own: Said, { answers: other }: Said): Answers | null {
  const { answers, remoteId: tied } = own;
  if (answers === null && other === null) return null;
  const [first, second] = [answers ?? NO_ANSWERS, other ?? NO_ANSWERS];
  const same = first.same ?? second.same;
  const others = [...new Set([...first.others, ...second.others])];
  return {
    fields: { ...second.fields, ...first.fields },
    same,
    others: others.filter((remoteId) => remoteId !== same?.remoteId && remoteId !== tied),
  };
}

type Said = Pick<SyncState, 'answers' | 'remoteId'>;

const where = ({ tenantId, connection, kind, place }: RecordName) => ({
  tenant_id: tenantId,
  connection,
  kind,
  place,
});

async function stateOf(trx: Knex.Transaction, record: RecordName): Promise<SyncState | null> {
  const row: StateRow | undefined = await trx('sync_states').where(where(record)).first();
  return row === undefined ? null : fromRow(row);
}

/** False where there is no such record. */
export async function answer(
  knex: Knex,
  record: RecordName,
  change: (before: Answers) => Answers,
): Promise<boolean> {
  return await knex.transaction(async (trx) => {
    const state = await stateOf(trx, record);
    if (state === null) return false;
    const answers = JSON.stringify(change(state.answers ?? NO_ANSWERS));
    await trx('sync_states').where(where(record)).update({ answers });
    const { tenantId, connection } = record;
    await trx('passes').where({ tenant_id: tenantId, connection }).delete();
    return true;
  });
}

/** Of those that need a person. Returns which of them are quiet now. */
export async function quiet(
  knex: Knex,
  records: readonly RecordName[],
  { until, why }: Pick<Quiet, 'until' | 'why'>,
): Promise<RecordName[]> {
  const done: RecordName[] = [];
  await eachChunk(records, (some) =>
    knex.transaction(async (trx) => {
      for (const record of some) {
        const state = await stateOf(trx, record);
        if (state?.state !== 'parked') continue;
        await trx('sync_states')
          .where(where(record))
          .update({ quiet_until: until ?? FOR_GOOD, quiet_trouble: troubleOf(state), quiet_why: why });
        done.push(record);
      }
    }),
  );
  return done;
}

/** Returns how many were quiet. */
export async function unquiet(knex: Knex, records: readonly RecordName[]): Promise<number> {
  let count = 0;
  await eachChunk(records, (some) =>
    knex.transaction(async (trx) => {
      for (const record of some)
        count += await trx('sync_states')
          .where(where(record))
          .whereNotNull('quiet_until')
          .update({ quiet_until: null, quiet_trouble: null, quiet_why: null });
    }),
  );
  return count;
}

/** Records that need a person who does not want to hear of them at this time. */
export async function countQuiet(knex: Knex, now: string): Promise<{ connection: string; count: number }[]> {
  const rows: { connection: string; count: number | string }[] = await knex('sync_states')
    .where('quiet_until', '>', now)
    .where({ state: 'parked' })
    .groupBy('connection')
    .select('connection', knex.raw('count(*) as count'));
  return rows.map(({ connection, count }) => ({ connection, count: Number(count) }));
}
