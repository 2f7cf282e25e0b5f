/** Keeps the words that tenants are found by as their records are: written with them, and gone with them. */
import type { Knex } from 'knex';
import type { Tenant } from '../project/tenant.ts';
import { eachChunk } from './chunks.ts';
import { wordsOf } from './search-words.ts';

interface WordRow {
  word: string;
  tenant_id: string;
}

/** Writes only what differs: most events change nothing of it. */
export async function saveWords(trx: Knex, tenants: readonly Tenant[]): Promise<void> {
  await eachChunk(tenants, async (some) => {
    const ids = some.map(({ id }) => id);
    const rows: WordRow[] = await trx('tenant_words').whereIn('tenant_id', ids).select('word', 'tenant_id');
    const kept = new Map(ids.map((id) => [id, new Set<string>()]));
    for (const { tenant_id: id, word } of rows) kept.get(id)?.add(word);
    const added: WordRow[] = [];
    for (const tenant of some) {
      const before = kept.get(tenant.id) ?? new Set();
      const now = new Set(wordsOf(tenant));
      for (const word of now) if (!before.has(word)) added.push({ word, tenant_id: tenant.id });
      const gone = [...before].filter((word) => !now.has(word));
      if (gone.length > 0)
        await trx('tenant_words').where({ tenant_id: tenant.id }).whereIn('word', gone).delete();
    }
    await eachChunk(added, (words) => trx('tenant_words').insert(words));
  });
}

/** Nobody finds this tenant any more. */
export async function deleteWords(trx: Knex, tenantId: string): Promise<void> {
  await trx('tenant_words').where({ tenant_id: tenantId }).delete();
}

/** Tenants at once: a few milliseconds. */
const STEP = 25;

/** One step over records from before words were kept; false when there are none left. */
export async function fillWords(knex: Knex): Promise<boolean> {
  return await knex.transaction(async (trx) => {
    const rows: { id: string; record: string }[] = await trx('tenants')
      .whereRaw('worded = 0')
      .orderBy('ordinal')
      .limit(STEP)
      .select('id', 'record');
    if (rows.length === 0) return false;
    await saveWords(
      trx,
      rows.map(({ record }) => JSON.parse(record) as Tenant),
    );
    const ids = rows.map(({ id }) => id);
    await trx('tenants').whereIn('id', ids).update({ worded: 1 });
    return true;
  });
}
