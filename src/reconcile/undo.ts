/** Takes back what we wrote, where nobody has edited it since: `boomsync undo`. */
import type { Connection } from '../connect/connection.ts';
import type { Remote } from '../connect/contract.ts';
import { asPushError, type PushError } from '../http/push-error.ts';
import type { AttemptStore, StoredAttempt } from '../store/attempts.ts';
import type { SyncState, SyncStore } from '../store/sync.ts';
import { takesNotes } from './add-notes.ts';
import { takenBackNote } from './notes.ts';
import { isRefusal } from './refusals.ts';
import { undoDecision } from './undo-decision.ts';
import { undoUpdate } from './undo-update.ts';
import { byHand, nothingLeft, type Taken, type Undone, type UndoWork, undone } from './undone.ts';

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
    results.push(...taken.said.map((said) => ({ attempt, ...said })));
    // What concerns the connection is no better for the next one.
    if (taken.error?.concernsConnection || taken.error?.kind === 'rate_limited') broken = taken.error;
  }
  return results;
}

function failed(error: PushError): Try {
  const { message, remedy } = error;
  return { said: [{ result: 'failed', fields: [], edited: [], message, remedy }], error };
}

interface Try {
  said: Taken[];
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
  const known = stateOf(attempt, states);
  // What cannot be held would be written again by the next pass.
  if (known === null) return { said: [nobodys(connection)], error: null };
  let state = known;
  if (!dryRun) {
    // Held before anything is sent: whatever happens now, no pass writes it again.
    await tools.sync.hold([state], at);
    state = { ...state, ...undone(attempt.tenantId), attempts: 0, updatedAt: at };
    await tools.sync.saveState(state);
  }
  const work: UndoWork = {
    attempt,
    connection,
    dryRun,
    remote: null,
    send: (fields, send) => sendAs(attempt, fields, send, tools),
    remember(changes) {
      if (state.pushed) state = { ...state, pushed: changes(state.pushed) };
    },
  };
  let said: Taken[];
  let error: PushError | null = null;
  try {
    if (attempt.remoteId !== null && connection.capabilities.readBack)
      work.remote = await connection.connector.read(attempt.kind, attempt.remoteId);
    said = await undoOne(work, at);
  } catch (thrown) {
    ({ said, error } = failed(asPushError(thrown)));
  }
  if (dryRun) return { said, error };
  await tools.sync.saveState(state);
  if (said.some(({ result }) => result === 'done' || result === 'edited'))
    await tools.attempts.markUndone(attempt.id, at);
  return { said, error };
}

/** By the record over there, since the place of a record may have got another name; by the place where there is none. */
function stateOf({ kind, place, remoteId }: StoredAttempt, states: readonly SyncState[]): SyncState | null {
  const alike = states.filter((state) => state.kind === kind);
  const there = remoteId === null ? [] : alike.filter((state) => state.remoteId === remoteId);
  const atPlace = alike.find((state) => state.place === place) ?? null;
  if (there.length > 0) return there.find((state) => state === atPlace) ?? there[0] ?? null;
  return remoteId === null || atPlace?.remoteId === null ? atPlace : null;
}

function nobodys({ label }: Connection): Taken {
  return byHand(
    'boomsync no longer knows this record, so that it could not keep from writing it again',
    `Look in ${label} whether it is to be taken back there.`,
  );
}

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

async function undoOne(work: UndoWork, at: string): Promise<Taken[]> {
  const { attempt, connection, remote } = work;
  const { label, capabilities } = connection;
  // What stands there now, a person put there.
  if (isRefusal(attempt.outcome))
    return [byHand(`${label} refused this: nothing of it was written`, `Look at the record in ${label}.`)];
  if (!capabilities.readBack)
    return [
      byHand(
        `${label} does not show what it holds`,
        `Look in ${label} whether it is to be taken back there.`,
      ),
    ];
  if (remote === null) return [nothingLeft([], `The record is no longer in ${label}`)];
  return attempt.action === 'update'
    ? await undoUpdate(work, remote)
    : [await undoOther(work, remote, attempt.action, at)];
}

async function undoOther(
  work: UndoWork,
  remote: Remote,
  action: Exclude<StoredAttempt['action'], 'update'>,
  at: string,
): Promise<Taken> {
  const { attempt, connection } = work;
  const { label } = connection;
  switch (action) {
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
        takesNotes(connection)
          ? `boomsync deletes no records in ${label}; a note there says that you took it back`
          : `boomsync deletes no records in ${label}`,
        `Delete or archive record ${remote.id} in ${label}, if nothing else hangs on it.`,
      );
    case 'adopt':
    case 'look':
    case 'undo':
      return byHand('Nothing was written with this one', 'There is nothing to do.');
    default:
      return action satisfies never;
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
