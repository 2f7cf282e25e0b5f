/** Tenants, identities and subjects: what the projection reads and writes. */
import type { Knex } from 'knex';
import type { BoomEvent } from '../boom/event.ts';
import type { Known } from '../project/known.ts';
import type { Projected, ProjectionStore, StoredTenant, Subject } from '../project/projection-store.ts';
import type { Tenant } from '../project/tenant.ts';
import { absorb } from './absorb.ts';
import { eachChunk, inChunks } from './chunks.ts';
import type { Inbox } from './inbox.ts';
import { noticeDueAt } from './notices.ts';
import { saveWanted } from './reads.ts';
import { takesPart } from './reporting.ts';
import { ordinalOf } from './tenant-sources.ts';
import { saveWords } from './tenant-words.ts';

interface EventRow {
  id: number;
  received_at: string;
  normalised: string;
}

interface SubjectRow {
  event_id: number | string;
  position: number;
  tenant_id: string;
  application: string | null;
}

/** With what it lacks where an earlier version normalised it; set in place, as a copy costs more than the reading. */
function eventIn(normalised: string): BoomEvent {
  const event = JSON.parse(normalised) as BoomEvent;
  event.openIssues ??= null;
  event.correction ??= null;
  if (event.enrollment) event.enrollment.months ??= null;
  return event;
}

const SUBJECT = ['event_id', 'position', 'tenant_id', 'application'];

function subjectOf(row: SubjectRow): Subject {
  return {
    eventId: Number(row.event_id),
    position: row.position,
    tenantId: row.tenant_id,
    application: row.application,
  };
}

export function createProjectionStore(knex: Knex, inbox: Inbox): ProjectionStore {
  return {
    pending: (limit) => inbox.pending(limit),

    async identities(keys) {
      return await inChunks(keys, (some) =>
        knex('identities').whereIn('key', some).select('key', { tenantId: 'tenant_id' }),
      );
    },

    async known(tenantIds) {
      const rows = await inChunks(tenantIds, (some) =>
        knex('tenants')
          .whereIn('id', some)
          .select('id', 'known', knex.raw('case when known is null then record end as record')),
      );
      return new Map(
        rows.map((row) => [
          row.id,
          row.known === null
            ? { record: JSON.parse(row.record) as Tenant }
            : { known: JSON.parse(row.known) as Known },
        ]),
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
        knex('subjects').whereIn('tenant_id', some).select(SUBJECT),
      );
      return (rows as unknown as SubjectRow[]).map(subjectOf);
    },

    async subjectsOf(eventIds) {
      const rows = await inChunks(eventIds, (some) =>
        knex('subjects').whereIn('event_id', some).orderBy(['event_id', 'position']).select(SUBJECT),
      );
      return (rows as unknown as SubjectRow[]).map(subjectOf);
    },

    async normalised(eventIds) {
      const rows: EventRow[] = await inChunks(eventIds, (some) =>
        knex('inbox')
          .whereIn('id', some)
          .whereNotNull('normalised')
          .select('id', 'received_at', 'normalised'),
      );
      return new Map(
        rows.map((row) => [Number(row.id), { receivedAt: row.received_at, event: eventIn(row.normalised) }]),
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
        await saveWords(
          trx,
          projected.tenants.map(({ record }) => record),
        );
        await saveKnown(trx, projected);
        await saveAbout(trx, projected);
        for (const { tenantId, into } of projected.absorbed) await absorb(trx, tenantId, into);
        if (projected.moved) await moveStates(trx, projected.moved);
        await saveWanted(trx, projected.wanted);
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
  if (projected.moved) await moveKeys(trx, projected.moved);
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

async function moveKeys(
  trx: Knex.Transaction,
  { keys, from, to }: NonNullable<Projected['moved']>,
): Promise<void> {
  await eachChunk(keys, (some) =>
    trx('identities').where({ tenant_id: from }).whereIn('key', some).update({ tenant_id: to }),
  );
  // An id that once led to somebody else is somebody's own again.
  await trx('identities')
    .where({ key: `tenant:${to}` })
    .delete();
}

/**
 * A place is named after the first event that spoke of it: its record over there goes with whom that event names, so
 * that the one who stays never takes it for another unit's.
 */
async function moveStates(
  trx: Knex.Transaction,
  { from, to }: NonNullable<Projected['moved']>,
): Promise<void> {
  const eventsOf = async (tenantId: string) =>
    new Set(
      (await trx('subjects').where({ tenant_id: tenantId }).select('event_id')).map(({ event_id }) =>
        Number(event_id),
      ),
    );
  const stays = await eventsOf(from);
  const places = [...(await eventsOf(to))].filter((id) => !stays.has(id)).map((id) => `p${id}`);
  await eachChunk(places, (some) =>
    trx('sync_states').where({ tenant_id: from }).whereIn('place', some).update({ tenant_id: to }),
  );
  await trx('passes').whereIn('tenant_id', [from, to]).delete();
}

/** Of tenants whose record did not change; of the others it is saved with the record. */
async function saveKnown(trx: Knex.Transaction, projected: Projected): Promise<void> {
  const saved = new Set(projected.tenants.map(({ record }) => record.id));
  const others = projected.known.filter(({ tenantId }) => !saved.has(tenantId));
  await eachChunk(others, (some) =>
    trx.raw(
      `with learned (id, known) as (values ${some.map(() => '(?, ?)').join(', ')})
       update tenants set known = learned.known from learned where tenants.id = learned.id`,
      some.flatMap(({ tenantId, known }) => [tenantId, JSON.stringify(known)]),
    ),
  );
}

async function saveAbout(trx: Knex.Transaction, projected: Projected): Promise<void> {
  for (const { eventId, tenantId } of projected.about) {
    await trx('inbox').where({ id: eventId }).update({ tenant_id: tenantId });
  }
}

async function saveTenants(trx: Knex.Transaction, projected: Projected, at: string): Promise<void> {
  const known = new Map(projected.known.map((one) => [one.tenantId, JSON.stringify(one.known)]));
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
          known: known.get(record.id) ?? null,
          push_failed_at: record.boomPush?.failed ? record.boomPush.at : null,
          notice_due_at: noticeDueAt(record),
          reporting: takesPart(record),
          weakly_joined: record.weaklyJoined ? 1 : null,
          worded: 1,
          created_at: at,
          updated_at: at,
        })),
      )
      .onConflict('id')
      .merge({
        ...Object.fromEntries(
          [
            'revision',
            'stage',
            'record',
            'push_failed_at',
            'notice_due_at',
            'reporting',
            'weakly_joined',
            'worded',
            'updated_at',
          ].map((name) => [name, trx.raw('excluded.??', [name])]),
        ),
        known: trx.raw('coalesce(excluded.known, tenants.known)'),
      }),
  );
}
