/** Brings over what a replay tells differently, in one transaction: readers see all of it or nothing. */
import type { Knex } from 'knex';
import type { Tenant } from '../project/tenant.ts';
import { moveRecords, removeTenant } from './absorb.ts';
import { eachChunk } from './chunks.ts';
import { type EventStatus, Inbox } from './inbox.ts';
import type { Differences, Row } from './replay-compare.ts';
import { saveWords } from './tenant-words.ts';

export async function swap(main: Knex, scratch: Knex, differences: Differences, at: string): Promise<void> {
  await main.transaction(async (trx) => {
    for (const { table, deleted, inserted } of differences.rows) {
      for (const row of deleted) await trx(table).where(row).delete();
      await eachChunk(inserted, (some) => trx(table).insert(some));
    }
    await swapTenants(trx, scratch, differences, at);
    for (const { id, tenantId } of differences.aliases) {
      await trx('identities')
        .where({ key: `tenant:${id}` })
        .delete();
      if (tenantId !== null) await trx('identities').insert({ key: `tenant:${id}`, tenant_id: tenantId });
    }
    await swapEvents(main, trx, scratch, differences, at);
  });
}

async function swapTenants(
  trx: Knex.Transaction,
  scratch: Knex,
  { changed, added, known, gone }: Differences,
  at: string,
): Promise<void> {
  const rowsOf = (ids: string[]) => scratch('tenants').whereIn('id', ids).orderBy('ordinal');
  await eachChunk(added, async (some) => {
    const rows = await rowsOf(some);
    await trx('tenants').insert(rows.map((row) => ({ ...row, revision: 1, created_at: at, updated_at: at })));
    await saveWords(trx, rows.map(recordIn));
    // One of that id may have been passed over before.
    await trx('passes').whereIn('tenant_id', some).delete();
    await trx('identities')
      .whereIn(
        'key',
        some.map((id) => `tenant:${id}`),
      )
      .delete();
  });
  await eachChunk(
    changed.map(({ id }) => id),
    async (some) => {
      const rows = await rowsOf(some);
      for (const row of rows) {
        const {
          id,
          stage,
          record,
          known: learned,
          push_failed_at,
          notice_due_at,
          reporting,
          weakly_joined,
        } = row;
        await trx('tenants')
          .where({ id })
          .update({
            revision: trx.raw('revision + 1'),
            stage,
            record,
            known: learned,
            push_failed_at,
            notice_due_at,
            reporting,
            weakly_joined,
            worded: 1,
            updated_at: at,
          });
      }
      await saveWords(trx, rows.map(recordIn));
    },
  );
  await eachChunk(known, async (some) => {
    for (const row of await rowsOf(some))
      await trx('tenants').where({ id: row.id }).update({ known: row.known });
  });
  for (const { id, into } of gone) {
    if (into === null) await removeTenant(trx, id);
    else await moveRecords(trx, id, into);
  }
}

const recordIn = ({ record }: { record: string }) => JSON.parse(record) as Tenant;

async function swapEvents(
  main: Knex,
  trx: Knex.Transaction,
  scratch: Knex,
  { events }: Differences,
  at: string,
): Promise<void> {
  const inbox = new Inbox(main);
  await eachChunk(events, async (some) => {
    const rows: Row[] = await scratch('inbox')
      .whereIn('id', some)
      .select('id', 'status', 'detail', 'tenant_id', 'normalised');
    const counted = await trx('inbox').whereIn('id', some).where('status', 'projected').select('id');
    const before = new Set(counted.map(({ id }) => Number(id)));
    await inbox.markProjected(
      rows.map((row) => ({
        id: Number(row.id),
        // What counts for the first time goes through once more: what Boom is to be asked because of it is found then.
        status:
          row.status === 'projected' && !before.has(Number(row.id))
            ? 'received'
            : (row.status as EventStatus),
        detail: row.detail as string | null,
        tenantId: row.tenant_id as string | null,
        normalised: row.normalised as string | null,
        projectedAt: at,
      })),
      trx,
    );
  });
}
