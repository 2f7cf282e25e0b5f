/** What hangs on a tenant, when it turns out to be another one. */
import type { Knex } from 'knex';
import { eachChunk } from './chunks.ts';
import { mergedAnswers } from './sync-answers.ts';
import { fromRow, type StateRow, toRow } from './sync-rows.ts';
import { deleteWords } from './tenant-words.ts';

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
  await keepAnswers(trx, tenantId, into);
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

/** Of two records of one place what a person said of either is said of both, whichever of them stays. */
async function keepAnswers(trx: Knex.Transaction, tenantId: string, into: string): Promise<void> {
  const records: StateRow[] = await trx('sync_states').where({ tenant_id: tenantId }).select();
  for (const record of records) {
    const { connection, kind, place } = record;
    const at = { tenant_id: into, connection, kind, place };
    const kept: StateRow | undefined = await trx('sync_states').where(at).first();
    if (kept === undefined || (kept.answers === null && record.answers === null && !isQuiet(kept, record)))
      continue;
    const [own, other] = [fromRow(kept), fromRow(record)];
    for (const [row, state, beside] of [
      [at, own, other],
      [{ ...at, tenant_id: tenantId }, other, own],
    ] as const) {
      const said = toRow({
        ...state,
        answers: mergedAnswers(state, beside),
        quiet: state.quiet ?? beside.quiet,
      });
      const { answers, quiet_until, quiet_trouble, quiet_why } = said;
      await trx('sync_states').where(row).update({ answers, quiet_until, quiet_trouble, quiet_why });
    }
  }
}

const isQuiet = (...rows: StateRow[]) => rows.some(({ quiet_until: until }) => until !== null);

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
  await deleteWords(trx, tenantId);
  await trx('tenants').where({ id: tenantId }).delete();
}
