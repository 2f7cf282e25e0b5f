/** Of whom nothing may be removed, whatever retention or anybody else says. */
import type { Knex } from 'knex';

export interface LegalHold {
  id: number;
  /** As it was called then: it may be another tenant's by now. */
  tenantId: string;
  /** Null once the person was forgotten. */
  reason: string | null;
  who: string;
  /** UTC ISO 8601. */
  heldAt: string;
  releasedAt: string | null;
}

export interface LegalHoldStore {
  /** False where there is one. */
  add(hold: Pick<LegalHold, 'tenantId' | 'reason' | 'who'>, at: string): Promise<boolean>;
  /** Returns how many it ended. */
  release(
    tenantIds: readonly string[],
    said: { who: string; reason: string | null; at: string },
  ): Promise<number>;
  /** Those that count now, oldest first. */
  now(): Promise<LegalHold[]>;
  /** Ids of everybody who is held, as they are called now. */
  tenants(): Promise<Set<string>>;
  of(tenantId: string): Promise<LegalHold | null>;
}

export function createLegalHoldStore(knex: Knex): LegalHoldStore {
  const open = () => knex('legal_holds').whereRaw('released_at is null');
  async function now(): Promise<LegalHold[]> {
    const rows = await open().orderBy('id').select();
    return rows.map(({ id, tenant_id, reason, who, held_at, released_at }) => ({
      id,
      tenantId: tenant_id,
      reason,
      who,
      heldAt: held_at,
      releasedAt: released_at,
    }));
  }
  /** Somebody who turned out to be another tenant is held as that one. */
  async function currentId(tenantId: string): Promise<string> {
    const moved = await knex('identities')
      .where({ key: `tenant:${tenantId}` })
      .first('tenant_id');
    return (moved?.tenant_id as string | undefined) ?? tenantId;
  }
  return {
    async add({ tenantId, reason, who }, at) {
      if (await open().where({ tenant_id: tenantId }).first('id')) return false;
      await knex('legal_holds').insert({ tenant_id: tenantId, reason, who, held_at: at });
      return true;
    },
    async release(tenantIds, { who, reason, at }) {
      return await open()
        .whereIn('tenant_id', [...tenantIds])
        .update({ released_at: at, released_by: who, release_reason: reason });
    },
    now,
    async tenants() {
      const ids = await Promise.all((await now()).map(({ tenantId }) => currentId(tenantId)));
      return new Set(ids);
    },
    async of(tenantId) {
      for (const hold of await now()) if ((await currentId(hold.tenantId)) === tenantId) return hold;
      return null;
    },
  };
}
