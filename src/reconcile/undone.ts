/** What becomes of a write that is to be taken back. */
import type { Connection } from '../connect/connection.ts';
import type { FieldValue, Remote } from '../connect/contract.ts';
import type { StoredAttempt } from '../store/attempts.ts';
import type { Pushed, SyncState } from '../store/sync.ts';

/** One write, and what becomes of it. */
export interface Undone {
  attempt: StoredAttempt;
  /**
   * `would` with a dry run it can be taken back · `done` it was, and the PMS shows it · `edited` nothing of ours is left
   * there · `by_hand` no request takes it back: `message` says what to do · `failed` it was tried: `message`, `remedy`.
   */
  result: 'would' | 'done' | 'edited' | 'by_hand' | 'failed';
  /** What goes from what we wrote to what was there before; a decision is the field `decision`. */
  fields: { field: string; from: FieldValue; to: FieldValue }[];
  /** Fields that somebody has edited since: theirs stay. */
  edited: string[];
  message: string | null;
  remedy: string | null;
}

/** How one kind of write is taken back. */
export interface UndoWork {
  attempt: StoredAttempt;
  connection: Connection;
  dryRun: boolean;
  /** The record as it stands there; null where it is not there any more. */
  remote: Remote | null;
  /** Sends `work` as an attempt of its own, with what was there before it. */
  send(fields: Undone['fields'], work: () => Promise<void>): Promise<void>;
  /** What the next pass takes for what we left there. */
  remember(changes: (pushed: Pushed) => Pushed): void;
}

/** How a record stands of which a person took something back, until they say otherwise: nobody is needed for it. */
export function undone(tenantId: string): Pick<SyncState, 'state' | 'cause' | 'message' | 'remedy' | 'plan'> {
  return {
    state: 'skipped',
    cause: 'undone',
    message: 'You took back what boomsync wrote: nothing is sent until you say so',
    remedy: `To send it again: boomsync retry ${tenantId}`,
    plan: null,
  };
}

export type Taken = Omit<Undone, 'attempt'>;

export function byHand(message: string, remedy: string): Taken {
  return { result: 'by_hand', fields: [], edited: [], message, remedy };
}

/** A field that was empty before us, and that no request empties again. */
export function emptiedByHand(field: string, label: string): Taken {
  return byHand(
    `${field} was empty before, and ${label} does not let boomsync empty it`,
    `Empty ${field} in ${label}, if it is to be empty.`,
  );
}

export function nothingLeft(edited: string[], message?: string): Taken {
  const usual = 'Nothing of what boomsync wrote there is left: somebody, or boomsync, has changed it since';
  return { result: 'edited', fields: [], edited, message: message ?? usual, remedy: null };
}
