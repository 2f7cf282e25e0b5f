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
  // Two people whom one event named have places of one name; what is dropped is found again over there.
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

/** What was tried for it stays as history. */
export async function removeTenant(trx: Knex.Transaction, tenantId: string): Promise<void> {
  await trx('sync_states').where({ tenant_id: tenantId }).delete();
  await trx('passes').where({ tenant_id: tenantId }).delete();
  await trx('tenants').where({ id: tenantId }).delete();
}
