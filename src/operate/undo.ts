/** `undo`: takes back what we wrote, newest first, where nobody has edited it since. */
import type { Connection } from '../connect/connection.ts';
import { undoWrites } from '../reconcile/undo.ts';
import type { Undone } from '../reconcile/undone.ts';
import type { StoredAttempt } from '../store/attempts.ts';
import type { CommandTools, Refused } from './command.ts';
import { unknownConnection } from './pause.ts';

export interface UndoAsked {
  /** These writes, as a person was shown them; null: all since then. */
  attemptIds: number[] | null;
  /** UTC ISO 8601. */
  since: string | null;
  connection: string | null;
  /** Only looks. */
  dryRun: boolean;
}

export interface UndoResult {
  dryRun: boolean;
  writes: Undone[];
}

export async function undo(asked: UndoAsked, tools: CommandTools): Promise<UndoResult | Refused> {
  const { connection: name, dryRun } = asked;
  const { stores, now } = tools;
  if (name !== null && !tools.connections().some((one) => one.name === name))
    return unknownConnection(name, tools);
  const attempts = await attemptsOf(asked, tools);
  if (!Array.isArray(attempts)) return attempts;
  const named = new Set(attempts.map((attempt) => attempt.connection));
  for (const connection of dryRun ? [] : tools.connections())
    if (named.has(connection.name) && (await stores.connections.get(connection.name))?.pausedAt)
      return pausedNow(connection);
  const writes: Undone[] = [];
  for (const connection of tools.connections()) {
    // A list of ours says what Boom says: there is nothing to go back to.
    if (connection.capabilities.local) continue;
    const own = attempts.filter((attempt) => attempt.connection === connection.name);
    if (own.length === 0) continue;
    const undoneHere = await tools.alone(connection.name, () =>
      undoWrites(own, connection, dryRun, { ...stores, now }),
    );
    writes.push(...undoneHere);
  }
  return { dryRun, writes: writes.sort((a, b) => b.attempt.id - a.attempt.id) };
}

/** Nothing is sent there, not even what takes something back. */
function pausedNow({ name, label }: Connection): Refused {
  return {
    error: `You paused ${name}, so nothing is sent to ${label}, and nothing was taken back there`,
    remedy: `Resume it first, with: boomsync connection resume ${name}`,
  };
}

/** One that cannot be taken back is refused, and left out of several. Newest first. */
async function attemptsOf(
  { attemptIds, since, connection }: UndoAsked,
  tools: CommandTools,
): Promise<StoredAttempt[] | Refused> {
  if (attemptIds === null)
    return await tools.stores.attempts.writesSince(since ?? '', connection ?? undefined);
  const found: StoredAttempt[] = [];
  for (const attemptId of [...new Set(attemptIds)].sort((a, b) => b - a)) {
    const attempt = await attemptOf(attemptId, tools);
    if (!('error' in attempt)) found.push(attempt);
    else if (attemptIds.length === 1) return attempt;
  }
  return found;
}

async function attemptOf(
  attemptId: number,
  { stores, connections }: CommandTools,
): Promise<StoredAttempt | Refused> {
  const attempt = await stores.attempts.get(attemptId);
  if (attempt === null)
    return {
      error: `Nothing was tried under the number ${attemptId}`,
      remedy: 'See the numbers with: boomsync tenants show <tenant>',
    };
  if (attempt.undoneAt !== null)
    return { error: `${attemptId} was taken back already`, remedy: 'Nothing to do.' };
  if (attempt.action === 'look' || attempt.action === 'undo')
    return {
      error: `${attemptId} wrote nothing that could be taken back`,
      remedy: 'See what was written with: boomsync tenants show <tenant>',
    };
  const at = connections().find(({ name }) => name === attempt.connection);
  if (at === undefined)
    return {
      error: `${attempt.connection} is no connection any more`,
      remedy: `Put config/connections/${attempt.connection}.yaml back first.`,
    };
  if (at.capabilities.local)
    return {
      error: `${attempt.connection} is a list of ours, which says what Boom says`,
      remedy: 'Correct it in Boom, or in the columns of your own.',
    };
  return attempt;
}
