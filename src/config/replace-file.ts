/** Puts another text into a file, or makes it: whole or not at all, also where the power fails in between. */
import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file that is there keeps its mode. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const { mode } = await stat(file);
  await writeWhole(file, text, mode & 0o777);
}

export async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  await withWhole(file, text, mode, (temporary) => rename(temporary, file));
}

/** Gives `text`, safely on disk in a file beside `file`, to `use`, which puts it in place; what is left of it goes. */
export async function withWhole(
  file: string,
  text: string,
  mode: number,
  use: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.chmod(mode);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await use(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}
