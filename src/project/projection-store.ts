/** What the projector asks of the store. The store implements it; nothing here knows of a database. */
import type { BoomEvent, EventSource } from '../boom/event.ts';
import type { Known } from './known.ts';
import type { Tenant } from './tenant.ts';
import type { WantedBy } from './wanted-reads.ts';

/** A delivery that waits for its projection. */
export interface PendingEvent {
  id: number;
  account: string;
  source: EventSource;
  receivedAt: string;
  /** The stored body; null once it was pruned. */
  body: string | null;
  /** What an earlier projection made of it. */
  normalised: string | null;
}

export interface StoredTenant {
  revision: number;
  record: Tenant;
}

/** Whom an event is about. */
export interface Subject {
  eventId: number;
  /** In the event's people, from 0; below 0 for those whom a correction names by another event, from -1 downwards. */
  position: number;
  tenantId: string;
  /** The account and id of the application it named this person in; null where it named none. */
  application: string | null;
}

export interface ProjectedEvent {
  id: number;
  status: 'projected' | 'ignored' | 'failed';
  detail: string | null;
  tenantId: string | null;
  /** JSON of the normalised event; null leaves what is there. */
  normalised: string | null;
  /** It names somebody who was forgotten: the body goes at once. */
  withoutBody?: true;
}

export interface Projected {
  events: ProjectedEvent[];
  subjects: Subject[];
  identities: { key: string; tenantId: string }[];
  /** Keys that leave with the events that a split gives to another tenant. */
  moved: { keys: string[]; from: string; to: string } | null;
  /** Events that are about another tenant from now on, for lists. */
  about: { eventId: number; tenantId: string }[];
  applicationEvents: { application: string; eventId: number }[];
  /** Tenants that turned out to be another one, in the order in which they were absorbed. */
  absorbed: { tenantId: string; into: string }[];
  tenants: StoredTenant[];
  /** What Boom's API is to be asked because of these events. */
  wanted: WantedBy[];
  /** What is known of tenants, those of `tenants` and others. */
  known: { tenantId: string; known: Known }[];
}

export function nothingProjected(): Projected {
  return {
    events: [],
    subjects: [],
    identities: [],
    moved: null,
    about: [],
    applicationEvents: [],
    absorbed: [],
    tenants: [],
    wanted: [],
    known: [],
  };
}

export interface ProjectionStore {
  pending(limit: number): Promise<PendingEvent[]>;
  identities(keys: string[]): Promise<{ key: string; tenantId: string }[]>;
  /** What is known of tenants; of one from before this was kept, the record. */
  known(tenantIds: string[]): Promise<Map<string, { known: Known } | { record: Tenant }>>;
  tenants(ids: string[]): Promise<Map<string, StoredTenant>>;
  /** Who was named in these applications. */
  members(applications: string[]): Promise<{ application: string; tenantId: string }[]>;
  /** Events that concern everyone in these applications. */
  applicationEvents(applications: string[]): Promise<{ application: string; eventId: number }[]>;
  subjects(tenantIds: string[]): Promise<Subject[]>;
  /** Everybody whom these events are about. */
  subjectsOf(eventIds: number[]): Promise<Subject[]>;
  normalised(eventIds: number[]): Promise<Map<number, { receivedAt: string; event: BoomEvent }>>;
  /** Sets one event aside that cannot be projected. */
  fail(id: number, detail: string, at: string): Promise<void>;
  /** All of it or nothing. */
  save(projected: Projected, at: string): Promise<void>;
}
