/** What the projector asks of the store. The store implements it; nothing here knows of a database. */
import type { BoomEvent, EventSource } from '../boom/event.ts';
import type { Tenant } from './tenant.ts';

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
}

export interface Projected {
  events: ProjectedEvent[];
  subjects: Subject[];
  identities: { key: string; tenantId: string }[];
  applicationEvents: { application: string; eventId: number }[];
  /** Tenants that turned out to be another one, in the order in which they were absorbed. */
  absorbed: { tenantId: string; into: string }[];
  tenants: StoredTenant[];
}

export interface ProjectionStore {
  pending(limit: number): Promise<PendingEvent[]>;
  identities(keys: string[]): Promise<{ key: string; tenantId: string }[]>;
  tenants(ids: string[]): Promise<Map<string, StoredTenant>>;
  /** Who was named in these applications. */
  members(applications: string[]): Promise<{ application: string; tenantId: string }[]>;
  /** Events that concern everyone in these applications. */
  applicationEvents(applications: string[]): Promise<{ application: string; eventId: number }[]>;
  subjects(tenantIds: string[]): Promise<Subject[]>;
  normalised(eventIds: number[]): Promise<Map<number, { receivedAt: string; event: BoomEvent }>>;
  /** Sets one event aside that cannot be projected. */
  fail(id: number, detail: string, at: string): Promise<void>;
  /** All of it or nothing. */
  save(projected: Projected, at: string): Promise<void>;
}
