/** Where somebody stands: every place, before anything is removed. */
import type { Config } from '../../config/config.ts';
import type { Connection } from '../../connect/connection.ts';
import { type Known, knownFrom } from '../../project/known.ts';
import type { ForgetCounts, Traces } from '../../store/forget.ts';
import type { LegalHold } from '../../store/legal-holds.ts';
import type { Stores } from '../../store/stores.ts';
import type { TenantRow } from '../../store/tenants.ts';
import { Pace } from '../retention/pace.ts';
import { copiesSince, type DatabaseCopy } from './copies.ts';
import { type Needles, needlesOf } from './needles.ts';
import { type RecordPlaces, recordPlaces } from './records.ts';
import { bodiesNaming } from './strip.ts';

export interface Places extends RecordPlaces {
  tenantId: string;
  /** Events that name the person. */
  events: number;
  /** Messages of Boom's that are still kept word for word: the person's, those of their applications, and others that name them. */
  bodies: number;
  /** Rows of the database by table. */
  rows: ForgetCounts;
  /** Rows of others that name the person, by table. */
  others: Record<string, number>;
  copies: DatabaseCopy[];
  /** Null: nobody said that nothing may be removed. */
  hold: LegalHold | null;
}

export interface Looked {
  tenant: TenantRow;
  traces: Traces;
  needles: Needles;
  /** Ids of bodies that no event of the person's was made of. */
  strays: number[];
  places: Places;
}

export interface LookTools {
  stores: Stores;
  connections: readonly Pick<Connection, 'name' | 'label' | 'capabilities'>[];
  config: Pick<Config, 'backup' | 'databaseFile'>;
  signal: AbortSignal;
  /** Whether messages of others are searched as well: none is kept for as long as applicants are. */
  everywhere?: boolean;
}

/** Null where there is no such tenant. */
export async function lookFor(
  id: string,
  { stores, connections, config, signal, everywhere = true }: LookTools,
): Promise<Looked | null> {
  const tenant = await stores.tenants.get(id);
  if (tenant === null) return null;
  const tenantId = tenant.record.id;
  const traces = await stores.forget.traces(tenantId);
  const needles = needlesOf(await knownOf(tenant, stores));
  const own = [...new Set(traces.named.map(({ eventId }) => eventId)), ...traces.beside];
  const known = new Set(own);
  const found = everywhere ? await bodiesNaming(needles, { stores, pace: new Pace(signal) }) : [];
  const strays = found.filter((eventId) => !known.has(eventId));
  const [first] = await stores.inbox.byIds([Math.min(...own, Number.MAX_SAFE_INTEGER)]);
  const places = {
    tenantId,
    events: known.size - traces.beside.length,
    bodies: (await stores.forget.countBodies(own)) + strays.length,
    rows: traces.counts,
    others: await stores.scrubOthers(needles.holds, true),
    ...recordPlaces(await stores.sync.states([tenantId]), connections),
    copies: copiesSince(first?.receivedAt ?? '', config),
    hold: await stores.legalHolds.of(tenantId),
  };
  return { tenant, traces, needles, strays, places };
}

async function knownOf({ record }: TenantRow, stores: Pick<Stores, 'projection'>): Promise<Known> {
  const held = (await stores.projection.known([record.id])).get(record.id);
  return held !== undefined && 'known' in held ? held.known : knownFrom(record);
}
