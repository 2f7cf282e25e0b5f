/**
 * Looks at a database file without changing it: whether it is whole, and what tables it has. In a process of its own,
 * because reading all of it holds the thread for as long as it takes.
 */
import { fork } from 'node:child_process';

export interface Examined {
  /** The version of SQLite. */
  sqlite: string;
  /** Null where no file was given. `unreadable`: it is none of SQLite's, or the disk fails. `busy`: it was held. */
  state: 'whole' | 'damaged' | 'unreadable' | 'busy' | null;
  /** As they were made, by name; they hold no data. */
  tables: { name: string; rows: number; sql: string }[];
  /** Applied, in order. */
  migrations: string[];
}

/** The sources are TypeScript, which Node does not run: from there it is the build's. */
const CHILD = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/src/store/examine-child.js' : './examine-child.js',
  import.meta.url,
);

/** `file`: null asks for SQLite's version alone. Rejects where the process could not be started or was killed. */
export function examineDatabase(file: string | null): Promise<Examined> {
  const child = fork(CHILD, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  return new Promise<Examined>((resolve, reject) => {
    let answer: Examined | null = null;
    child.once('message', (told) => {
      answer = told as Examined;
    });
    child.once('error', reject);
    child.once('close', () =>
      answer === null ? reject(new Error('The database could not be examined')) : resolve(answer),
    );
    child.send({ file }, () => {});
  });
}
