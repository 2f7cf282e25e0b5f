/** What hangs on a tenant, when it turns out to be another one. */
import type { Knex } from 'knex';
import { eachChunk } from './chunks.ts';

/** One person after all: everything that hung on the younger id hangs on the older one. */
export async function absorb(trx: Knex.Transaction, tenantId: string, into: string): Promise<void> {
  const own = await trx('identities').where({ tenant_id: tenantId }).select('key');
  await eachChunk([...own.map((row) => row.key as string), `tenant:${tenantId}`], (some) =>
    trx('identities')
      .insert(some.map((key) => ({ key, tenant_id: into })))
      .onConflict(['key', 'tenant_id'])
      .ignore(),
  );
  await trx('identities').where({ tenant_id: tenantId }).delete();
  await trx('subjects').where({ tenant_id: tenantId }).update({ tenant_id: into });
  await trx('inbox').where({ tenant_id: tenantId }).update({ tenant_id: into });
  await moveRecords(trx, tenantId, into);
}

/** Its records over there and what was tried are the other's; the other is due. */
export async function moveRecords(trx: Knex.Transaction, tenantId: string, into: string): Promise<void> {
  await keepClashing(trx, tenantId, into);
  await trx('sync_states')
    .where({ tenant_id: tenantId })
    .whereNotExists(
      trx('sync_states as kept')
        .where('kept.tenant_id', into)
        .whereRaw(
          'kept.connection = sync_states.connection and kept.kind = sync_states.kind and kept.place = sync_states.place',
        )
        .select(trx.raw('1')),
    )
    .update({ tenant_id: into });
  await trx('attempts').where({ tenant_id: tenantId }).update({ tenant_id: into });
  await trx('passes').where({ tenant_id: into }).delete();
  await removeTenant(trx, tenantId);
}

/**
 * Two people whom one event named have places of one name. Of two records there the one that is not used is kept beside
 * the other, so that the book forgets no record of the PMS; what has none is found again over there.
 */
async function keepClashing(trx: Knex.Transaction, tenantId: string, into: string): Promise<void> {
  const records = await trx('sync_states').where({ tenant_id: tenantId }).whereNotNull('remote_id').select();
  for (const { connection, kind, place, remote_id: remoteId } of records) {
    const own = { tenant_id: tenantId, connection, kind, place };
    const kept = await trx('sync_states')
      .where({ ...own, tenant_id: into })
      .first();
    if (kept === undefined || kept.remote_id === remoteId) continue;
    if (kept.remote_id === null && kept.intent === null && kept.held_at === null) {
      await trx('sync_states')
        .where({ ...own, tenant_id: into })
        .delete();
      continue;
    }
    const beside = besidePlace(place, tenantId);
    await trx('sync_states')
      .where(own)
      .update({ ...SUPERSEDED, place: beside });
    // What was tried on it is found by its place.
    await trx('attempts')
      .where({ ...own, remote_id: remoteId })
      .update({ place: beside });
  }
}

/** Names no place that Boom speaks of. */
export const besidePlace = (place: string, tenantId: string): string => `${place} of ${tenantId}`;

/** As the next pass says it. */
export const SUPERSEDED = {
  state: 'parked' as const,
  cause: 'superseded',
  message: 'This person has two records there: another one stands for this unit now',
  remedy: 'Leave one of them in the PMS.',
};

/** What was tried for it stays as history. */
export async function removeTenant(trx: Knex.Transaction, tenantId: string): Promise<void> {
  await trx('sync_states').where({ tenant_id: tenantId }).delete();
  await trx('passes').where({ tenant_id: tenantId }).delete();
  await trx('tenants').where({ id: tenantId }).delete();
}
