/** What is written to the sync states: by passes, and by what a person says. */
import type { Knex } from 'knex';
import {
  type Attempt,
  countOtherCreates,
  insertAttempt,
  keepAttempts,
  type MadeAttempt,
} from './attempts.ts';
import { eachChunk } from './chunks.ts';
import type { PassOutcome, Quota, RecordName, SyncState } from './sync.ts';
import { STATE_KEY, type StateRow, toRow, WRITTEN_BY_PASSES } from './sync-rows.ts';

/** The tenant itself, or who it turned out to be; null when nobody stands for it. */
async function survivorOf(trx: Knex.Transaction, tenantId: string): Promise<string | null> {
  if (await trx('tenants').where({ id: tenantId }).first('id')) return tenantId;
  const moved = await trx('identities')
    .where({ key: `tenant:${tenantId}` })
    .first('tenant_id');
  return (moved?.tenant_id as string | undefined) ?? null;
}

function writeStates(trx: Knex.Transaction, rows: StateRow[]): PromiseLike<unknown> {
  return trx('sync_states')
    .insert(rows)
    .onConflict([...STATE_KEY])
    .merge([...WRITTEN_BY_PASSES]);
}

/** Whether a person approved or held a record while the pass was under way: it has not seen that. */
async function saidMeanwhile(
  trx: Knex.Transaction,
  tenantId: string,
  connection: string,
  states: readonly SyncState[],
): Promise<boolean> {
  const rows: StateRow[] = await trx('sync_states').where({ tenant_id: tenantId, connection }).select();
  return rows.some((row) => {
    const seen = states.find((state) => state.kind === row.kind && state.place === row.place);
    return seen !== undefined && (seen.approvedAt !== row.approved_at || seen.heldAt !== row.held_at);
  });
}

export async function saveOutcome(trx: Knex.Transaction, outcome: PassOutcome): Promise<void> {
  const { pass, states, gone, attempts } = outcome;
  const tenantId = await survivorOf(trx, outcome.tenantId);
  if (tenantId === null) return;
  const own = (list: SyncState[]) => list.map((state) => toRow({ ...state, tenantId }));
  for (const { tenant_id, connection, kind, place } of own(gone)) {
    await trx('sync_states').where({ tenant_id, connection, kind, place }).delete();
  }
  const said = pass !== null && (await saidMeanwhile(trx, tenantId, pass.connection, states));
  await eachChunk(own(states), (some) => writeStates(trx, some));
  await keepAttempts(
    trx,
    attempts.map((attempt) => ({ ...attempt, tenantId })),
  );
  // Absorbed during the pass: the survivor has one of its own before it.
  if (pass === null || said || tenantId !== outcome.tenantId) return;
  await trx('passes')
    .insert({
      tenant_id: tenantId,
      connection: pass.connection,
      tenant_revision: pass.tenantRevision,
      connection_revision: pass.connectionRevision,
      next_attempt_at: pass.nextAttemptAt,
    })
    .onConflict(['tenant_id', 'connection'])
    .merge();
}

export async function saveState(
  knex: Knex,
  state: SyncState,
  attempts: readonly MadeAttempt[],
): Promise<void> {
  await knex.transaction(async (trx) => {
    const tenantId = await survivorOf(trx, state.tenantId);
    if (tenantId === null) return;
    await writeStates(trx, [toRow({ ...state, tenantId })]);
    await keepAttempts(trx, attempts);
  });
}

export async function saveIntent(
  knex: Knex,
  state: SyncState,
  attempt: Attempt,
  quota: Quota | null,
): Promise<number | null> {
  return await knex.transaction(async (trx) => {
    if (quota !== null && (await countOtherCreates(trx, attempt, quota.since)) >= quota.most) return null;
    const tenantId = (await survivorOf(trx, state.tenantId)) ?? state.tenantId;
    await writeStates(trx, [toRow({ ...state, tenantId })]);
    return await insertAttempt(trx, { ...attempt, tenantId });
  });
}

export async function approve(knex: Knex, states: readonly SyncState[], at: string): Promise<void> {
  await eachChunk(states, (some) =>
    knex.transaction(async (trx) => {
      await trx('sync_states')
        .insert(some.map((state) => toRow({ ...state, approvedAt: at })))
        .onConflict([...STATE_KEY])
        .merge(['approved_at']);
      for (const { tenantId, connection } of some)
        await trx('passes').where({ tenant_id: tenantId, connection }).delete();
    }),
  );
}

export async function hold(knex: Knex, records: readonly RecordName[], at: string): Promise<void> {
  await eachChunk(records, (some) =>
    knex.transaction(async (trx) => {
      for (const { tenantId, connection, kind, place } of some)
        await trx('sync_states')
          .where({ tenant_id: tenantId, connection, kind, place })
          .update({ held_at: at });
    }),
  );
}

export async function release(knex: Knex, tenantIds: readonly string[]): Promise<number> {
  let released = 0;
  await eachChunk(tenantIds, (some) =>
    knex.transaction(async (trx) => {
      const count = await trx('sync_states')
        .whereIn('tenant_id', some)
        .whereNotNull('held_at')
        .update({ held_at: null });
      if (count > 0) await trx('passes').whereIn('tenant_id', some).delete();
      released += count;
    }),
  );
  return released;
}
