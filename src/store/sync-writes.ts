/** What a person says of records: they may be made, nothing more is sent about them, or all is as before. */
import type { Knex } from 'knex';
import { eachChunk } from './chunks.ts';
import type { RecordName, SyncState } from './sync.ts';
import { STATE_KEY, toRow } from './sync-rows.ts';

export async function approve(
  knex: Knex,
  states: readonly SyncState[],
  at: string,
  named: boolean,
): Promise<void> {
  const said = named ? { approvedAt: at, namedAt: at } : { approvedAt: at };
  await eachChunk(states, (some) =>
    knex.transaction(async (trx) => {
      await trx('sync_states')
        .insert(some.map((state) => toRow({ ...state, ...said })))
        .onConflict([...STATE_KEY])
        .merge(named ? ['approved_at', 'named_at'] : ['approved_at']);
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
