/** Samples are about invented people: asks before they are written into somebody's real records. */
import { createInterface } from 'node:readline/promises';
import type { Connection } from '../connect/connection.ts';
import { Failure } from './failure.ts';

/** Without a terminal nobody can be asked: whoever wrote the script knows, and is told. */
export async function confirmInvented(connections: readonly Connection[], yes: boolean): Promise<void> {
  const real = connections.filter((c) => c.mode === 'live' && !c.capabilities.local);
  if (real.length === 0 || yes) return;
  const names = real.map((c) => `${c.label} (${c.name})`).join(', ');
  const warning = `The people in samples are invented, and will be written into ${names}.`;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    process.stderr.write(`${warning}\n`);
    return;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${warning} Go on? (y/N) `).finally(() => terminal.close());
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new Failure(
      'not_confirmed',
      'Nothing was sent',
      'Say --yes to send all the same, or set the connection to "mode: preview".',
    );
  }
}
