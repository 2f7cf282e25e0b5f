/** Takes back what we wrote, where nobody has edited it since: `boomsync undo`. */
import type { Connection } from '../connect/connection.ts';
import type { Remote } from '../connect/contract.ts';
import { asPushError, type PushError } from '../http/push-error.ts';
import type { AttemptStore, StoredAttempt } from '../store/attempts.ts';
import type { SyncState, SyncStore } from '../store/sync.ts';
import { takesNotes } from './add-notes.ts';
import { takenBackNote } from './notes.ts';
import { undoDecision } from './undo-decision.ts';
import { undoUpdate } from './undo-update.ts';
import { byHand, nothingLeft, type Taken, type Undone, type UndoWork } from './undone.ts';
import { parked } from './verdict.ts';

export interface UndoTools {
  attempts: Pick<AttemptStore, 'save' | 'finish' | 'markUndone'>;
  sync: Pick<SyncStore, 'states' | 'saveState' | 'hold'>;
  now: () => Date;
}

/**
 * Takes back these writes of one connection in the order given, newest first; with `dryRun` it only looks. Their
 * records are held: no pass touches them until `SyncStore.release`. No pass may be under way meanwhile
 * (`ConnectionWorker.alone`).
 */
export async function undoWrites(
  attempts: readonly StoredAttempt[],
  connection: Connection,
  dryRun: boolean,
  tools: UndoTools,
): Promise<Undone[]> {
  const results: Undone[] = [];
  let broken: PushError | null = null;
  for (const attempt of attempts) {
    const taken: Try = broken === null ? await takeBack(attempt, connection, dryRun, tools) : failed(broken);
    results.push({ attempt, ...taken.said });
    // What concerns the connection is no better for the next one.
    if (taken.error?.concernsConnection || taken.error?.kind === 'rate_limited') broken = taken.error;
  }
  return results;
}

function failed(error: PushError): { said: Taken; error: PushError } {
  const { message, remedy } = error;
  return { said: { result: 'failed', fields: [], edited: [], message, remedy }, error };
}

interface Try {
  said: Taken;
  error: PushError | null;
}

async function takeBack(
  attempt: StoredAttempt,
  connection: Connection,
  dryRun: boolean,
  tools: UndoTools,
): Promise<Try> {
  const at = tools.now().toISOString();
  const states = await tools.sync.states([attempt.tenantId], connection.name);
  let state = states.find(({ kind, place }) => kind === attempt.kind && place === attempt.place) ?? null;
  // Held before anything is sent: whatever happens now, no pass writes it again.
  if (!dryRun && state !== null) await tools.sync.hold([state], at);
  const work: UndoWork = {
    attempt,
    connection,
    dryRun,
    remote: null,
    send: (fields, send) => sendAs(attempt, fields, send, tools),
    remember(changes) {
      if (state?.pushed) state = { ...state, pushed: changes(state.pushed) };
    },
  };
  let said: Taken;
  let error: PushError | null = null;
  try {
    if (attempt.remoteId !== null && connection.capabilities.readBack)
      work.remote = await connection.connector.read(attempt.kind, attempt.remoteId);
    said = await undoOne(work, at);
  } catch (thrown) {
    ({ said, error } = failed(asPushError(thrown)));
  }
  if (dryRun) return { said, error };
  if (state !== null)
    await tools.sync.saveState({ ...state, ...UNDONE(attempt.tenantId), attempts: 0, updatedAt: at });
  if (said.result === 'done' || said.result === 'edited') await tools.attempts.markUndone(attempt.id, at);
  return { said, error };
}

const UNDONE = (tenantId: string): Pick<SyncState, 'state' | 'cause' | 'message' | 'remedy' | 'plan'> => ({
  ...parked(
    'undone',
    'You took back what boomsync wrote: nothing is sent until you say so',
    `To send it again: boomsync retry ${tenantId}`,
  ),
  plan: null,
});

async function sendAs(
  { tenantId, connection, kind, place, remoteId }: StoredAttempt,
  fields: Undone['fields'],
  send: () => Promise<void>,
  { attempts, now }: UndoTools,
): Promise<void> {
  const id = await attempts.save({
    tenantId,
    connection,
    kind,
    place,
    remoteId,
    action: 'undo',
    outcome: 'sent',
    message: null,
    before: Object.fromEntries(fields.map(({ field, from }) => [field, from])),
    changes: Object.fromEntries(fields.map(({ field, to }) => [field, to])),
    at: now().toISOString(),
  });
  try {
    await send();
  } catch (thrown) {
    const { kind: outcome, message } = asPushError(thrown);
    await attempts.finish(id, { outcome, message });
    throw thrown;
  }
  await attempts.finish(id, { outcome: 'done', message: null });
}

async function undoOne(work: UndoWork, at: string): Promise<Taken> {
  const { attempt, connection, remote } = work;
  const { label, capabilities } = connection;
  if (!capabilities.readBack)
    return byHand(
      `${label} does not show what it holds`,
      `Look in ${label} whether it is to be taken back there.`,
    );
  if (remote === null) return nothingLeft([], `The record is no longer in ${label}`);
  switch (attempt.action) {
    case 'update':
      return await undoUpdate(work, remote);
    case 'decide':
      return await undoDecision(work, remote);
    case 'note':
      return byHand(
        `boomsync deletes no notes in ${label}`,
        `Delete it in ${label}, at record ${remote.id}: ${attempt.changes?.note ?? ''}`,
      );
    case 'create':
      await sayTakenBack(work, remote, at);
      return byHand(
        `boomsync deletes no records in ${label}`,
        `Delete or archive record ${remote.id} in ${label}, if nothing else hangs on it.`,
      );
    case 'adopt':
    case 'look':
    case 'undo':
      return byHand('Nothing was written with this one', 'There is nothing to do.');
    default:
      return attempt.action satisfies never;
  }
}

async function sayTakenBack(work: UndoWork, remote: Remote, at: string): Promise<void> {
  const { connection, attempt, dryRun } = work;
  const { connector } = connection;
  if (dryRun || !takesNotes(connection) || connector.notes === undefined) return;
  const note = takenBackNote(at);
  const there = await connector.notes(attempt.kind, remote.id);
  if (there.some(({ text }) => text.includes('[boomsync taken-back '))) return;
  await work.send([], async () => connector.addNote?.(attempt.kind, remote.id, note));
}
