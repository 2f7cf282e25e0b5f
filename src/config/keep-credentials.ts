/** Keeps what a person gave as credentials of a connection, or of a draft of one. */
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { connectionFile, draftFile } from './drafts.ts';
import { type Edited, setCredentials } from './edit-connection.ts';
import { connectionSchema } from './schema.ts';
import { removeSecret, replaceSecret, writeSecret } from './secret-file.ts';
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

/**
 * Secrets go into files of their own, and the file of the connection only names them. A file is written again where it
 * was made for this credential and nobody else names it; else a new one is made beside it.
 */
export async function keepCredentials(
  configDir: string,
  connection: string,
  given: readonly GivenCredential[],
): Promise<Edited> {
  const there = connectionFile(configDir, connection);
  const file = existsSync(there) ? there : draftFile(configDir, connection);
  const references = await referencesOf(file);
  const made: string[] = [];
  const written: Record<string, string> = {};
  const about: Record<string, string> = {};
  let edited: Edited | null = null;
  try {
    for (const { name, value, secret, about: word } of given) {
      about[name] = word;
      const fileName = secretName(connection, name);
      const reference = references[name] ?? '';
      if (!secret) written[name] = value;
      else if (
        (await isItsAlone(configDir, reference, file)) &&
        (await replaceSecret(configDir, { reference, name: fileName }, value))
      )
        written[name] = reference;
      else {
        const own = await writeSecret(configDir, fileName, value);
        made.push(own);
        written[name] = own;
      }
    }
    edited = await setCredentials(file, written, about);
    return edited;
  } finally {
    if (edited?.ok !== true) for (const reference of made) await removeSecret(configDir, reference);
  }
}

/** What the file of a secret is called, where the name is free. */
export function secretName(connection: string, credential: string): string {
  return `${connection}-${credential}`;
}

/** How the file names its credentials; none where it has faults. */
async function referencesOf(file: string): Promise<Readonly<Record<string, string>>> {
  const parsed = parseYaml(file, await readFile(file, 'utf8').catch(() => ''), connectionSchema);
  return parsed.ok ? parsed.value.credentials : {};
}

async function isItsAlone(configDir: string, reference: string, file: string): Promise<boolean> {
  const naming = await filesNaming(configDir, reference);
  return naming.length === 1 && naming[0] === file;
}
