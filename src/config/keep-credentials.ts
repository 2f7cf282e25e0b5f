/** Keeps what a person gave as credentials of a connection, or of a draft of one. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connectionFile, draftFile, secretName } from './drafts.ts';
import { type Edited, setCredentials } from './edit-connection.ts';
import { connectionSchema } from './schema.ts';
import { isMadeFor, removeSecret, replaceSecret, writeSecret } from './secret-file.ts';
import { filesNaming } from './secret-users.ts';
import { parseYaml } from './yaml-faults.ts';

export interface GivenCredential {
  /** As the connector's manifest calls it. */
  name: string;
  value: string;
  /** One that is none stands in the file itself. */
  secret: boolean;
  /** A word on it, for whoever reads the file. */
  about: string;
}

/** Secrets go into files of their own, and the file of the connection only names them. */
export async function keepCredentials(
  configDir: string,
  connection: string,
  given: readonly GivenCredential[],
): Promise<Edited> {
  const there = connectionFile(configDir, connection);
  const file = existsSync(there) ? there : draftFile(configDir, connection);
  const before = await referencesOf(file);
  const made: string[] = [];
  const values: Record<string, string> = {};
  let edited: Edited | null = null;
  try {
    for (const { name, value, secret } of given) {
      const [reference, own] = [String(before[name] ?? ''), secretName(connection, name)];
      if (!secret) values[name] = value;
      else if (isMadeFor(reference, own) && (await isNamedHereAlone(configDir, reference, file))) {
        await replaceSecret(configDir, reference, value);
        values[name] = reference;
      } else {
        values[name] = await writeSecret(configDir, own, value);
        made.push(values[name]);
      }
    }
    const about = Object.fromEntries(given.map((one) => [one.name, one.about]));
    edited = await setCredentials(file, values, about);
    return edited;
  } finally {
    if (edited?.ok !== true) for (const reference of made) await removeSecret(configDir, reference);
  }
}

/** How the file names its credentials; none where it has faults. */
async function referencesOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  const parsed = parseYaml(file, await readFile(file, 'utf8').catch(() => ''), connectionSchema);
  return parsed.ok ? parsed.value.credentials : {};
}

async function isNamedHereAlone(configDir: string, reference: string, file: string): Promise<boolean> {
  const naming = await filesNaming(configDir, reference);
  return naming.length === 1 && naming[0] === file;
}
