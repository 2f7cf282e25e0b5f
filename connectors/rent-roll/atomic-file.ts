/** A reader sees the old file or the new one, and after a power cut it is one of the two. */
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** The name is always the same, so that what a crash left behind is written over. One process writes: the home is locked. */
function temporaryOf(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.tmp`);
}

/** Somebody saved the file while it was being written anew: theirs is left as it is. */
export class SavedMeanwhile extends Error {
  override readonly name = 'SavedMeanwhile';
}

/** `stillSame` is asked last of all, right before the new file takes the place of the old one. */
export async function writeAtomically(
  file: string,
  text: string,
  stillSame: () => Promise<boolean> = async () => true,
): Promise<void> {
  const temporary = temporaryOf(file);
  try {
    // A leftover keeps its mode and a link its target: neither is to decide where this is written.
    await rm(temporary, { force: true });
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!(await stillSame())) throw new SavedMeanwhile();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** The rename itself is durable only with its folder. Windows has no such thing, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
