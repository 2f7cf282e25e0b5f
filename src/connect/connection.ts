/** One landlord's account at one PMS, loaded: what the reconciler works with. Made by `load.ts`. */
import type { UnitRef } from '../boom/event.ts';
import type { Ledger } from '../http/limiter.ts';
import type {
  Leasing,
  Person,
  Tenant,
  TenantApplication,
  TenantEnrollment,
  TenantResidency,
} from '../project/tenant.ts';
import type { Connector, Desired, Fields, FieldValue, Kind, Remote } from './contract.ts';
import type { FieldMeaning } from './field-meaning.ts';

/** What a PMS can do, said once in its manifest. The engine degrades by these, never by a connector's name. */
export interface Capabilities {
  kinds: Kind[];
  /** Of these, the kinds that it can make, and those that it can change. */
  creates: Kind[];
  updates: Kind[];
  /** Files on this machine: live from the start, no quota, no delay. */
  local: boolean;
  /** Whether an update leaves alone what it does not name, or blanks it. */
  update: 'merges' | 'replaces';
  /**
   * `index`: there is no lookup; we keep an index by its listing of what changed.
   * `none`: the receiver keeps no records that we could look up (a webhook of one's own).
   */
  find: 'exact' | 'contains' | 'scan' | 'index' | 'none';
  /** Whether a record can be read again after a write. */
  readBack: boolean;
  /** Who reads the notes there: nobody but staff, by the manifest or the landlord's word, or there are none to write. */
  notes: 'staff' | 'none';
  /** Whose applicant records it takes: only who has applied as applicant or co-signer, or everyone in leasing. */
  applicants: 'applied' | 'everyone';
  /** Whether its records need the PMS's own unit id. */
  unitId: 'required' | 'optional' | 'unused';
  /** There is no API: what is to be done is shown as a task, and a person's tick is the acknowledgement. */
  byHand: boolean;
}

/** What becomes of a record in a PMS when Boom ends something: its status is set, a note says it, or nothing is done. */
export const OUTCOMES = ['status', 'annotate', 'nothing'] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** The ends that a landlord may say it of. */
export const ENDS = ['declined', 'canceled', 'merged', 'moved_out'] as const;
export type End = (typeof ENDS)[number];

/** What a field map's expressions read. */
export interface MappingScope {
  tenant: Tenant;
  person: Person;
  /** The application this record is about; null for a tenant record that no application explains. */
  application: TenantApplication | null;
  residency: TenantResidency | null;
  /** The enrollment of this residency. */
  enrollment: TenantEnrollment | null;
  unit: UnitRef | null;
  /** The PMS's id of that unit, from the connection's unit map. */
  unitId: string | null;
  /** Our own id of this record, for a PMS that has a slot for one. */
  key: string;
}

/** What a person may be looked up by; null where the record does not say. */
export interface Facts {
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  /** Our own id, where the PMS has a slot for one. */
  key: string | null;
}

/** Who wins where both sides changed a field: see docs/how-it-works.md. */
export type FieldOwner = 'boom' | 'pms' | 'fill' | 'ask';

export interface FieldRules {
  owner(field: string): FieldOwner;
  /** Compares by the field's own comparator: a PMS that stores `(123) 123-1234` has not been edited. */
  same(field: string, a: FieldValue | undefined, b: FieldValue | undefined): boolean;
  /** Whether the PMS takes no record without it. */
  required(field: string): boolean;
}

export interface Connection {
  name: string;
  /** The connector's id (`buildium`) and what this landlord calls it (`Buildium`). */
  connectorId: string;
  label: string;
  mode: 'preview' | 'live';
  /** A hash of config, manifest and unit map, without secrets: a change makes every tenant due. */
  revision: string;
  create: 'never' | 'applicant' | 'tenant';
  /** Records that may be made in a day without being asked; local files have no such limit. */
  createsPerDay: number;
  /** How long a decision settles before it is sent, in milliseconds; none for local files. */
  decisionDelayMs: number;
  onEnd: Readonly<Record<End, Outcome>>;
  capabilities: Capabilities;
  /** How many tenants may be worked on at once. */
  concurrency: number;
  takes(scope: MappingScope): Promise<boolean>;
  /** The PMS fields that we want: the field map evaluated. */
  desire(kind: Kind, scope: MappingScope): Promise<Fields>;
  /** The PMS's word for a leasing decision; null where it has none that means the same. */
  decisionFor(leasing: Leasing, kind: Kind): string | null;
  rules(kind: Kind): FieldRules;
  /** What of Boom's a field carries, for its name on a screen; null where there is no word for it. */
  meaningOf(field: string): FieldMeaning | null;
  unitIdOf(unit: UnitRef | null): string | null;
  /** What a record over there is known by, for the index of a PMS without a lookup: its `find[].by` and `confirm`. */
  factsOf(kind: Kind, remote: Remote): Facts;
  /**
   * Those of `remotes` who are exactly `person`, as `Connector.find` would have said: for records that the index named.
   * Throws `ambiguous` where only a `confirm` is missing.
   */
  among(kind: Kind, remotes: Remote[], person: Desired): Remote[];
  /** Where its requests are counted, so that a restart forgets none; said before the first is sent. */
  countIn(ledger: Ledger): void;
  connector: Connector;
}
