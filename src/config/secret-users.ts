/** Which files of the configuration name a file of secrets: one that others rely on is neither changed nor removed. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Every file of YAML in `config/` that has the name of the secret's file in it, as a whole path. Looked for as text: a
 * file with faults, or a line that is a comment for now, relies on it too. Examples are read by nobody.
 */
export async function filesNaming(configDir: string, reference: string): Promise<string[]> {
  const name = path.basename(reference).replace(/[.]/g, '\\.');
  const named = new RegExp(`/${name}(?![\\w-]|\\.\\w)`);
  const naming: string[] = [];
  for (const entry of await readdir(configDir, { recursive: true })) {
    if (!/\.ya?ml$/.test(entry) || entry.endsWith('.example.yaml')) continue;
    const file = path.join(configDir, entry);
    if (named.test(await readFile(file, 'utf8').catch(() => ''))) naming.push(file);
  }
  return naming;
}
