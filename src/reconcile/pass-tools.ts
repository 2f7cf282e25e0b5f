/** What a pass over a record works with besides the connection. */
import type { Desired, Kind, Remote, RemoteUnit } from '../connect/contract.ts';
import type { Tenant } from '../project/tenant.ts';
import type { AttemptStore } from '../store/attempts.ts';
import type { SyncStore } from '../store/sync.ts';

/** Named steps, for tests that pull the plug at each of them. */
export const STEPS = [
  'look',
  'adopted',
  'intent',
  'create',
  'created',
  'update',
  'updated',
  'decide',
  'decided',
  'note',
  'noted',
  'read_back',
] as const;
export type Step = (typeof STEPS)[number];

export interface PassTools {
  sync: Pick<SyncStore, 'saveState' | 'saveIntent' | 'holders'>;
  attempts: Pick<AttemptStore, 'save'>;
  timezone: string;
  installation: () => Promise<string>;
  now: () => Date;
  /** Exact candidates: the PMS's own lookup, or our index where it has none. */
  find: (kind: Kind, person: Desired) => Promise<Remote[]>;
  /** The PMS's units, where it lists them; for proposals only. */
  units: () => Promise<readonly RemoteUnit[]>;
  /** Whether Boom is still to be asked about this person, and was not waited for too long. */
  awaitsRead: (tenant: Tenant) => Promise<boolean>;
  /** Told before each step. */
  step?: (step: Step) => void | Promise<void>;
}
