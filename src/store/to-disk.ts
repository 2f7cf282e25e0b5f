/** Waits until a file, or a folder's list of names, is on disk. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

export function toDisk(path: string): void {
  // Windows neither opens folders nor needs it.
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
