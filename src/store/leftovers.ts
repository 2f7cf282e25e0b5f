/**
 * What the bytes of a database's files still show. SQLite overwrites what it deletes, but not what it moved from one page
 * to another before that: only writing the whole file anew takes that away.
 */
import { fork } from 'node:child_process';
import { open } from 'node:fs/promises';

/** Read at once: a search through it takes a millisecond. */
const CHUNK = 256 * 1024;

/** Whether one of these stands anywhere in the database or in its log. */
export async function standsInDatabase(databaseFile: string, texts: readonly string[]): Promise<boolean> {
  const needles = texts.map((text) => Buffer.from(text)).filter(({ length }) => length > 0);
  for (const file of [databaseFile, `${databaseFile}-wal`]) if (await standsIn(file, needles)) return true;
  return false;
}

async function standsIn(file: string, needles: readonly Buffer[]): Promise<boolean> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null || needles.length === 0) {
    await handle?.close();
    return false;
  }
  try {
    const overlap = Math.max(...needles.map(({ length }) => length)) - 1;
    const buffer = Buffer.alloc(CHUNK);
    for (let at = 0; ; at += CHUNK - overlap) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, at);
      const read = buffer.subarray(0, bytesRead);
      if (needles.some((needle) => read.includes(needle))) return true;
      if (bytesRead < CHUNK) return false;
    }
  } finally {
    await handle.close();
  }
}

/** The sources are TypeScript, which Node does not run: from there it is the build's. */
const CHILD = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/src/store/vacuum-child.js' : './vacuum-child.js',
  import.meta.url,
);

/**
 * Writes it anew, beside whoever reads and writes; until it is done nobody else's write gets through, and Boom, which is
 * told to come again, does. False where it could not be done now.
 */
export function rewriteDatabase(databaseFile: string): Promise<boolean> {
  const child = fork(CHILD, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  return new Promise<boolean>((resolve) => {
    let done = false;
    child.once('message', (told) => {
      done = told === true;
    });
    child.once('error', () => resolve(false));
    child.once('close', () => resolve(done));
    child.send(databaseFile, () => {});
  });
}
