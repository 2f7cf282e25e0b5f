/** Tenants, identities and subjects: what the projection reads and writes. */
import type { Knex } from 'knex';
import type { BoomEvent } from '../boom/event.ts';
import type { Projected, ProjectionStore, StoredTenant, Subject } from '../project/projection-store.ts';
import type { Tenant } from '../project/tenant.ts';
import { eachChunk, inChunks } from './chunks.ts';
import type { Inbox } from './inbox.ts';

interface EventRow {
  id: number;
  received_at: string;
  normalised: string;
}

export function createProjectionStore(knex: Knex, inbox: Inbox): ProjectionStore {
  return {
    pending: (limit) => inbox.pending(limit),

    async identities(keys) {
      return await inChunks(keys, (some) =>
        knex('identities').whereIn('key', some).select('key', { tenantId: 'tenant_id' }),
      );
    },

    async tenants(ids) {
      const rows = await inChunks(ids, (some) =>
        knex('tenants').whereIn('id', some).select('id', 'revision', 'record'),
      );
      return new Map(
        rows.map((row): [string, StoredTenant] => [
          row.id,
          { revision: row.revision, record: JSON.parse(row.record) as Tenant },
        ]),
      );
    },

    async members(applications) {
      return await inChunks(applications, (some) =>
        knex('subjects').whereIn('application', some).distinct('application', { tenantId: 'tenant_id' }),
      );
    },

    async applicationEvents(applications) {
      const rows = await inChunks(applications, (some) =>
        knex('application_events').whereIn('application', some).select('application', 'event_id'),
      );
      return rows.map((row) => ({ application: row.application, eventId: Number(row.event_id) }));
    },

    async subjects(tenantIds) {
      const rows = await inChunks(tenantIds, (some) =>
        knex('subjects')
          .whereIn('tenant_id', some)
          .select('event_id', 'position', 'tenant_id', 'application'),
      );
      return rows.map(
        (row): Subject => ({
          eventId: Number(row.event_id),
          position: row.position,
          tenantId: row.tenant_id,
          application: row.application,
        }),
      );
    },

    async normalised(eventIds) {
      const rows: EventRow[] = await inChunks(eventIds, (some) =>
        knex('inbox')
          .whereIn('id', some)
          .whereNotNull('normalised')
          .select('id', 'received_at', 'normalised'),
      );
      return new Map(
        rows.map((row) => [
          Number(row.id),
          { receivedAt: row.received_at, event: JSON.parse(row.normalised) as BoomEvent },
        ]),
      );
    },

    async fail(id, detail, at) {
      await inbox.markProjected([
        { id, status: 'failed', detail, tenantId: null, normalised: null, projectedAt: at },
      ]);
    },

    async save(projected, at) {
      await knex.transaction(async (trx) => {
        await saveSubjects(trx, projected);
        await saveTenants(trx, projected, at);
        for (const { tenantId, into } of projected.absorbed) await absorb(trx, tenantId, into);
        await inbox.markProjected(
          projected.events.map((event) => ({ ...event, projectedAt: at })),
          trx,
        );
      });
    },
  };
}

async function saveSubjects(trx: Knex.Transaction, projected: Projected): Promise<void> {
  const events = projected.events.map((event) => event.id);
  await eachChunk(events, (some) => trx('subjects').whereIn('event_id', some).delete());
  await eachChunk(projected.subjects, (some) =>
    trx('subjects')
      .insert(
        some.map((row) => ({
          event_id: row.eventId,
          position: row.position,
          tenant_id: row.tenantId,
          application: row.application,
        })),
      )
      .onConflict(['event_id', 'position'])
      .merge(),
  );
  await eachChunk(projected.identities, (some) =>
    trx('identities')
      .insert(some.map((row) => ({ key: row.key, tenant_id: row.tenantId })))
      .onConflict(['key', 'tenant_id'])
      .ignore(),
  );
  await eachChunk(projected.applicationEvents, (some) =>
    trx('application_events')
      .insert(some.map((row) => ({ application: row.application, event_id: row.eventId })))
      .onConflict(['application', 'event_id'])
      .ignore(),
  );
}

async function saveTenants(trx: Knex.Transaction, projected: Projected, at: string): Promise<void> {
  await eachChunk(projected.tenants, (some) =>
    trx('tenants')
      .insert(
        some.map(({ revision, record }) => ({
          id: record.id,
          account: record.account,
          ordinal: ordinalOf(record.id),
          revision,
          stage: record.stage,
          record: JSON.stringify(record),
          created_at: at,
          updated_at: at,
        })),
      )
      .onConflict('id')
      .merge(['revision', 'stage', 'record', 'updated_at']),
  );
}

/** One person after all: everything that hung on the younger id hangs on the older one. */
async function absorb(trx: Knex.Transaction, tenantId: string, into: string): Promise<void> {
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
  await trx('sync_states').where({ tenant_id: tenantId }).delete();
  await trx('attempts').where({ tenant_id: tenantId }).update({ tenant_id: into });
  await trx('passes').where({ tenant_id: tenantId }).delete();
  await trx('passes').where({ tenant_id: into }).delete();
  await trx('tenants').where({ id: tenantId }).delete();
}

/** More people than one event may name. */
const POSITIONS = 1000;

/** Sorts tenants as they came: the event that made them, then the position within it. */
function ordinalOf(tenantId: string): number {
  const [event = 0, position = 1] = tenantId.slice(1).split('-').map(Number);
  return event * POSITIONS + position;
}
