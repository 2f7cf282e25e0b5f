/** Secrets in files of their own: made by us, readable by nobody else, and named by `file:secrets/…`. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from './replace-file.ts';

const FOLDER = 'secrets';

/** `oak-street-clientSecret`; returns how a configuration file names it. One that is there is replaced. */
export async function writeSecret(configDir: string, name: string, secret: string): Promise<string> {
  const file = path.join(configDir, FOLDER, name);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeWhole(file, `${secret}\n`, 0o600);
  return `file:${FOLDER}/${name}`;
}

/** Takes the file away where it is one of `config/secrets/`; what stands elsewhere is not ours. */
export async function removeSecret(configDir: string, reference: string): Promise<void> {
  const name = new RegExp(`^file:${FOLDER}/([\\w-][\\w.-]*)$`).exec(reference)?.[1];
  if (name !== undefined) await rm(path.join(configDir, FOLDER, name), { force: true });
}
