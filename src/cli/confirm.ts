/** Asks before something is done that is easier to do than to undo. */
import { createInterface } from 'node:readline/promises';
import { Failure } from './failure.ts';

/** Without a terminal nobody can be asked: a script says --yes. */
export async function confirm(question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new Failure('not_confirmed', 'Nothing was changed, because nobody could be asked', 'Say --yes.', 2);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} (y/N) `).finally(() => terminal.close());
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new Failure('not_confirmed', 'Nothing was changed', 'Run it again once you are sure.');
  }
}
