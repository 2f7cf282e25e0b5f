/**
 * What takes as long as a PMS takes to answer: begun when a page first asks for it, shown once it is known, and kept for
 * some minutes, so that what a person says yes to is what they saw.
 */
import { randomBytes } from 'node:crypto';
import type { Refused } from '../../../operate/command.ts';
import type { CommandArgs, CommandName, CommandResult, Commands } from '../../../operate/commands.ts';

export interface Look<Result> {
  id: string;
  /** UTC ISO 8601. */
  at: string;
  /** Null while it is under way. */
  result: Result | Refused | null;
}

interface Kept extends Look<object> {
  ended: Promise<void>;
}

const KEPT_MS = 10 * 60_000;
/** Whoever opened the page waits no longer; it is looked at again then. */
const PATIENCE_MS = 3_000;

/** Of each running boomsync its own. */
const looks = new WeakMap<Commands, Map<string, Kept>>();

const keyOf = (name: CommandName, connection: string) => `${name} ${connection}`;

/** The last look at that connection, or a new one where there is none of the last minutes. */
export async function look<N extends CommandName>(
  commands: Commands,
  name: N,
  connection: string,
  args: CommandArgs<N>,
  now: Date,
): Promise<Look<CommandResult<N>>> {
  const kept = looks.get(commands) ?? new Map<string, Kept>();
  looks.set(commands, kept);
  for (const [key, { at }] of kept) if (now.getTime() - Date.parse(at) > KEPT_MS) kept.delete(key);
  const found = kept.get(keyOf(name, connection)) ?? begin(commands, name, args, now);
  kept.set(keyOf(name, connection), found);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([found.ended, patience]);
  clearTimeout(timer);
  return found as Look<CommandResult<N>>;
}

/** The look of that id where it is still the last one and has ended well; else null. */
export function seen<N extends CommandName>(
  commands: Commands,
  name: N,
  connection: string,
  id: string,
): CommandResult<N> | null {
  const found = looks.get(commands)?.get(keyOf(name, connection));
  if (found?.id !== id || found.result === null || 'error' in found.result) return null;
  return found.result as CommandResult<N>;
}

/** What was seen is not so any more. */
export function forget(commands: Commands, connection: string): void {
  for (const key of looks.get(commands)?.keys() ?? [])
    if (key.endsWith(` ${connection}`)) looks.get(commands)?.delete(key);
}

function begin(commands: Commands, name: string, args: unknown, now: Date): Kept {
  const begun: Kept = {
    id: randomBytes(8).toString('hex'),
    at: now.toISOString(),
    result: null,
    ended: Promise.resolve(),
  };
  begun.ended = commands.run(name, args).then(
    (result) => {
      begun.result = result;
    },
    () => {
      begun.result = { error: 'boomsync itself failed' } satisfies Refused;
    },
  );
  return begun;
}
