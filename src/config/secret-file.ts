/** Secrets in files of their own: made by us, readable by nobody else, and named by `file:secrets/…`. */
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from './replace-file.ts';
import { filesNaming } from './secret-users.ts';

const FOLDER = 'secrets';

/**
 * Into `config/secrets/oak-street-clientSecret`, or `…-2` where there is such a file: whose it is, nobody can tell.
 * Returns how a configuration file names it.
 */
export async function writeSecret(configDir: string, name: string, secret: string): Promise<string> {
  await mkdir(path.join(configDir, FOLDER), { recursive: true, mode: 0o700 });
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name}-${count}`;
    if (await makeOnly(path.join(configDir, FOLDER, free), secret)) return `file:${FOLDER}/${free}`;
  }
}

/** Puts another secret into the file. */
export async function replaceSecret(configDir: string, reference: string, secret: string): Promise<void> {
  await writeWhole(fileOf(configDir, reference), `${secret}\n`, 0o600);
}

/** Whether that is how `writeSecret` calls a file for this name. */
export function isMadeFor(reference: string, name: string): boolean {
  const prefix = `file:${FOLDER}/${name}`;
  return reference.startsWith(prefix) && /^(-\d+)?$/.test(reference.slice(prefix.length));
}

/**
 * Takes the file away where it is one of `config/secrets/` and no file of the configuration names it any more; what
 * stands elsewhere is not ours.
 */
export async function removeSecret(configDir: string, reference: string): Promise<void> {
  if (!new RegExp(`^file:${FOLDER}/[\\w-][\\w.-]*$`).test(reference)) return;
  if ((await filesNaming(configDir, reference)).length > 0) return;
  await rm(fileOf(configDir, reference), { force: true });
}

const fileOf = (configDir: string, reference: string) =>
  path.join(configDir, FOLDER, path.basename(reference));

/** False where the name is taken, by a link that leads nowhere too. */
async function makeOnly(file: string, secret: string): Promise<boolean> {
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return null;
    throw error;
  });
  if (handle === null) return false;
  try {
    await handle.chmod(0o600);
    await handle.writeFile(`${secret}\n`);
    await handle.sync();
    return true;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}
