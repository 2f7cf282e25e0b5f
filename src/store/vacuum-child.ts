/** A process of its own that writes a database anew, without what its pages still held of what was deleted. */
import { setPriority } from 'node:os';
import Database from 'better-sqlite3';

const NICE = 10;
/** Whoever writes has its turn first. */
const BUSY_MS = 5000;

process.umask(0o077);
try {
  setPriority(NICE);
} catch {
  // Where it may not be set it competes with the server.
}
process.once('disconnect', () => process.exit(1));
process.once('message', (file) => {
  process.send?.(rewritten(String(file)), () => process.exit(0));
});

function rewritten(file: string): boolean {
  try {
    const database = new Database(file, { fileMustExist: true, timeout: BUSY_MS });
    try {
      database.pragma('synchronous = FULL');
      database.exec('vacuum');
      database.pragma('wal_checkpoint(truncate)');
      return true;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}
