/** Takes back what we wrote, where nobody has edited it since: `boomsync undo`. */
import type { Connection } from '../connect/connection.ts';
import type { FieldValue } from '../connect/contract.ts';
import type { AttemptStore, StoredAttempt } from '../store/attempts.ts';
import type { SyncStore } from '../store/sync.ts';

export interface UndoTools {
  attempts: Pick<AttemptStore, 'get' | 'writesSince' | 'save' | 'finish' | 'markUndone'>;
  sync: Pick<SyncStore, 'states' | 'saveState' | 'hold'>;
  now: () => Date;
  timezone: string;
}

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

/**
 * Takes back these writes of one connection in the order given, newest first; with `dryRun` it only looks. Their
 * records are held: no pass touches them until `SyncStore.release`. No pass may be under way meanwhile
 * (`ConnectionWorker.alone`).
 */
export async function undoWrites(
  _attempts: readonly StoredAttempt[],
  _connection: Connection,
  _dryRun: boolean,
  _tools: UndoTools,
): Promise<Undone[]> {
  throw new Error('not yet');
}
