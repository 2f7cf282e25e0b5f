/** When this program was there to hear Boom, when it was not, and what has been unconfirmed since. */
import type { Knex } from 'knex';
import type { BoomEvent } from '../boom/event.ts';
import type { Tenant } from '../project/tenant.ts';
import { eachChunk } from './chunks.ts';

export interface Gap {
  id: number;
  /** When we were last known to take deliveries, and when we did again. UTC ISO 8601. */
  from: string;
  to: string;
  /** Null while something is unconfirmed. */
  settledAt: string | null;
}

/** `leasing` is known again once Boom's API has been read; most of `reporting` no read can tell. */
export type UnconfirmedPart = 'leasing' | 'reporting';

export interface Unconfirmed {
  gapId: number;
  tenantId: string;
  what: UnconfirmedPart;
}

export interface UptimeStore {
  /** The last run: when it began and was last there; null before the first start. */
  lastSeen(): Promise<{ began: string; seen: string } | null>;
  begin(at: string): Promise<number>;
  seen(id: number, at: string): Promise<void>;
  /** All of it or nothing; `partsOf` says what of a tenant is unconfirmed since. */
  openGap(from: string, to: string, partsOf: (tenant: Tenant) => UnconfirmedPart[]): Promise<Gap>;
  gaps(filter?: { open?: boolean }): Promise<Gap[]>;
  settle(gapId: number, at: string): Promise<void>;
  /** Known again: by a read of an account, or all of it because a person has looked. */
  confirm(gapId: number, read?: { account: string; what: UnconfirmedPart }): Promise<void>;
  unconfirmed(filter?: { gapId?: number; tenantId?: string }): Promise<Unconfirmed[]>;
  countUnconfirmed(): Promise<number>;
  /**
   * Takes out whom a delivery has spoken of since the gap, where `settles` says what it makes known again; and those who
   * are no longer on record. Returns how many are left in it.
   */
  settleHeard(gapId: number, settles: (event: BoomEvent) => UnconfirmedPart | null): Promise<number>;
}

/** Rows a look, so that none holds the thread for long. */
const PAGE = 200;

interface GapRow {
  id: number;
  from_at: string;
  to_at: string;
  settled_at: string | null;
}

const fromRow = (row: GapRow): Gap => ({
  id: row.id,
  from: row.from_at,
  to: row.to_at,
  settledAt: row.settled_at,
});

export function createUptimeStore(knex: Knex): UptimeStore {
  async function followAbsorbed(gapId: number): Promise<void> {
    const rows: { tenant_id: string; what: string; into: string }[] = await knex('unconfirmed as u')
      .join('identities as i', knex.raw("i.key = 'tenant:' || u.tenant_id") as never)
      .where('u.gap_id', gapId)
      .select('u.tenant_id', 'u.what', { into: 'i.tenant_id' });
    for (const { tenant_id, what, into } of rows) {
      await knex('unconfirmed')
        .insert({ gap_id: gapId, tenant_id: into, what })
        .onConflict(['gap_id', 'tenant_id', 'what'])
        .ignore();
      await knex('unconfirmed').where({ gap_id: gapId, tenant_id, what }).delete();
    }
  }

  return {
    async lastSeen() {
      const run = await knex('uptime').orderBy('id', 'desc').first('began_at', 'seen_at');
      if (run) return { began: run.began_at, seen: run.seen_at };
      // A version that did not write it down was there when it last took something.
      const last = await knex('inbox')
        .where({ source: 'webhook' })
        .orderBy('id', 'desc')
        .first('received_at');
      return last ? { began: last.received_at, seen: last.received_at } : null;
    },
    async begin(at) {
      return await knex.transaction(async (trx) => {
        // One run is enough to know when the last one ended.
        await trx('uptime').delete();
        const [row] = await trx('uptime').insert({ began_at: at, seen_at: at }).returning('id');
        return Number(row.id);
      });
    },
    async seen(id, at) {
      await knex('uptime').where({ id }).update({ seen_at: at });
    },
    async openGap(from, to, partsOf) {
      return await knex.transaction(async (trx) => {
        const last = await trx('inbox').max({ id: 'id' }).first();
        const [row] = await trx('gaps')
          .insert({ from_at: from, to_at: to, heard_upto: Number(last?.id ?? 0) })
          .returning('*');
        const gap = fromRow(row as GapRow);
        for (let after = 0, full = true; full; ) {
          const page: { ordinal: number; record: string }[] = await trx('tenants')
            .where('ordinal', '>', after)
            .orderBy('ordinal')
            .limit(PAGE)
            .select('ordinal', 'record');
          const rows = page.flatMap(({ record }) => {
            const tenant = JSON.parse(record) as Tenant;
            return partsOf(tenant).map((what) => ({ gap_id: gap.id, tenant_id: tenant.id, what }));
          });
          await eachChunk(rows, (some) => trx('unconfirmed').insert(some));
          after = Number(page.at(-1)?.ordinal ?? after);
          full = page.length === PAGE;
        }
        return gap;
      });
    },
    async gaps({ open } = {}) {
      const rows: GapRow[] = await knex('gaps')
        .modify((query) => {
          if (open === true) query.whereNull('settled_at');
        })
        .orderBy('id');
      return rows.map(fromRow);
    },
    async settle(gapId, at) {
      await knex('gaps').where({ id: gapId }).update({ settled_at: at });
    },
    async confirm(gapId, read) {
      await knex('unconfirmed')
        .where({ gap_id: gapId })
        .modify((query) => {
          if (read === undefined) return;
          query
            .where({ what: read.what })
            .whereIn('tenant_id', knex('tenants').where({ account: read.account }).select('id'));
        })
        .delete();
    },
    async unconfirmed({ gapId, tenantId } = {}) {
      return await knex('unconfirmed')
        .modify((query) => {
          if (gapId !== undefined) query.where({ gap_id: gapId });
          if (tenantId !== undefined) query.where({ tenant_id: tenantId });
        })
        .orderBy('gap_id')
        .select({ gapId: 'gap_id', tenantId: 'tenant_id', what: 'what' });
    },
    async countUnconfirmed() {
      const row = await knex('unconfirmed').countDistinct({ n: 'tenant_id' }).first();
      return Number(row?.n ?? 0);
    },
    async settleHeard(gapId, settles) {
      await followAbsorbed(gapId);
      await knex('unconfirmed')
        .where({ gap_id: gapId })
        .whereNotIn('tenant_id', knex('tenants').select('id'))
        .delete();
      const gap = await knex('gaps').where({ id: gapId }).first('heard_upto');
      let upto = Number(gap?.heard_upto ?? 0);
      for (;;) {
        const rows: { id: number; status: string; source: string; normalised: string | null }[] = await knex(
          'inbox',
        )
          .where('id', '>', upto)
          .orderBy('id')
          .limit(PAGE)
          .select('id', 'status', 'source', 'normalised');
        // What is not projected yet is looked at next time.
        const waiting = rows.findIndex((row) => row.status === 'received');
        const ready = waiting < 0 ? rows : rows.slice(0, waiting);
        for (const { id, source, normalised } of ready) {
          if (source !== 'webhook' || normalised === null) continue;
          const what = settles(JSON.parse(normalised) as BoomEvent);
          if (what === null) continue;
          await knex('unconfirmed')
            .where({ gap_id: gapId, what })
            .whereIn('tenant_id', knex('subjects').where({ event_id: id }).select('tenant_id'))
            .delete();
        }
        const last = ready.at(-1)?.id;
        if (last !== undefined) {
          upto = Number(last);
          await knex('gaps').where({ id: gapId }).update({ heard_upto: upto });
        }
        if (ready.length < PAGE) break;
      }
      const row = await knex('unconfirmed').where({ gap_id: gapId }).count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
  };
}
