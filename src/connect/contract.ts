/** What a connector is, and what the engine hands it. See docs/connectors/ for the words. */
import type { HttpClient, HttpOptions } from '../http/http.ts';

/** What a record is over there. */
export const KINDS = ['applicant', 'tenant'] as const;
export type Kind = (typeof KINDS)[number];

export type RemoteId = string;
export type FieldValue = string | number | boolean | null;
/** PMS fields by their PMS name; a dot names a part of an object (`PhoneNumbers.Mobile`). */
export type Fields = Record<string, FieldValue>;

/** A record as the PMS has it. `fields` holds every field that an update must send back, mapped by us or not. */
export interface Remote {
  id: RemoteId;
  fields: Fields;
  /** As the PMS sent it: handed back with an update, so that nothing of it is lost; never kept. */
  record?: unknown;
}

/** A unit as the PMS has it. */
export interface RemoteUnit {
  id: RemoteId;
  title: string | null;
  property: string | null;
  address: string | null;
  /** What the PMS keeps as Boom's or another system's id of it. */
  externalId: string | null;
}

/** Whom we look for, and what we want there to be. */
export interface Desired {
  tenantId: string;
  /** Which application or unit of that person: a person with two live applications has two records. */
  place: string;
  /** Our own id of this record, for a PMS that has a slot for one: the same for ever. */
  key: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  fields: Fields;
}

/** A decision as the PMS has it. */
export interface RemoteDecision {
  value: string | null;
  /** Nobody has decided there yet: ours to write. */
  open: boolean;
  /** Nobody may overwrite it any more (added to a lease). */
  locked: boolean;
}

export interface Note {
  /** Stands in the text and proves that this note is there: kind and revision, never a person's data. */
  marker: string;
  text: string;
}

export interface Account {
  /** What the PMS calls the account or the user behind the key; null where it does not say. */
  name: string | null;
}

/** Given with a create: the same for every try of the same create. */
export type IdempotencyKey = string;

/** Errors are thrown as `PushError`; anything else that is thrown counts as our own fault and is retried. */
export interface Connector {
  /** Proves credentials and role, changes nothing. */
  check(): Promise<Account>;
  /** Exact candidates; the engine decides. More than one is never guessed about. */
  find(kind: Kind, person: Desired): Promise<Remote[]>;
  read(kind: Kind, id: RemoteId): Promise<Remote | null>;
  /** Never retried in process: an unknown outcome is looked up by the next pass. */
  create(kind: Kind, fields: Fields, key: IdempotencyKey, person: Desired): Promise<Remote>;
  /**
   * Twice equals once. `whole` is remote with the changes applied, for a PMS that blanks what is left out; `record` is
   * `Remote.record` as it was read for this update.
   */
  update(kind: Kind, id: RemoteId, changes: Fields, whole: Fields, record?: unknown): Promise<void>;
  /** The decision that the PMS keeps beside the record; null where there is none that could be set. */
  decision?(kind: Kind, id: RemoteId): Promise<RemoteDecision | null>;
  decide?(kind: Kind, id: RemoteId, value: string): Promise<void>;
  notes?(kind: Kind, id: RemoteId): Promise<Note[]>;
  addNote?(kind: Kind, id: RemoteId, note: Note): Promise<void>;
  /** Every record that changed since then, or every record: feeds the index of a PMS without a lookup. */
  changedSince?(kind: Kind, since: Date | null): AsyncIterable<Remote>;
  /** The units that records may be tied to. */
  units?(): AsyncIterable<RemoteUnit>;
  /** Only for lists of ours: takes out a row that stands for nobody any more. Never deletes in a PMS. */
  retire?(kind: Kind, id: RemoteId): Promise<void>;
  /** Makes a pass's writes durable, where the connector gathers them (files). Nothing counts as synced before it returns. */
  flush?(): Promise<void>;
}

/** All that a connector's own code may touch. No log: what it has to say it throws as a `PushError`. */
export interface ConnectorContext {
  /** The connection's name, unique in this home. */
  connection: string;
  /** What a landlord calls this PMS. */
  label: string;
  credentials: Readonly<Record<string, string>>;
  /** The address to speak to; null for a connector that is local. */
  server: string | null;
  /** Where a local connector may write. */
  dataDir: string;
  /** Ours, for a user agent. */
  version: string;
  /** JSON over HTTP within the manifest's limits, which all clients of a connection share, speaking in `PushError`s. */
  http(options: HttpOptions): HttpClient;
}

/**
 * The default export of `connector.ts` (`connector.mjs` beside a manifest of one's own), written only where a manifest
 * cannot say it. `rest` makes the connector that the manifest describes, for code that replaces some of its steps.
 */
export type ConnectorFactory = (context: ConnectorContext, rest: () => Connector) => Connector;
