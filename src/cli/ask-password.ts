/** A password: typed twice where there is a terminal and not shown, or one line from a script. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { faultOf, SHORTEST_PASSWORD } from '../operate/people/password.ts';
import { Failure } from './failure.ts';

export async function askPassword(fromStdin: boolean): Promise<string> {
  const password = fromStdin ? await firstLine() : await typed();
  const fault = faultOf(password);
  if (fault !== null)
    throw new Failure(
      'password',
      `The password is too ${fault}, and nothing was changed`,
      `Give at least ${SHORTEST_PASSWORD} characters, at most a thousand.`,
      2,
    );
  return password;
}

async function typed(): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new Failure(
      'nobody_to_ask',
      'Nothing was changed, because nobody could be asked for a password',
      'Send it with: --password-stdin < FILE',
      2,
    );
  const shown = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: shown, terminal: true });
  const ask = async (question: string) => {
    process.stderr.write(question);
    const answer = await terminal.question('');
    process.stderr.write('\n');
    return answer;
  };
  try {
    const password = await ask('New password: ');
    if ((await ask('The same once more: ')) !== password)
      throw new Failure('password', 'The two are not the same, and nothing was changed', 'Try again.', 2);
    return password;
  } finally {
    terminal.close();
  }
}

async function firstLine(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
}
