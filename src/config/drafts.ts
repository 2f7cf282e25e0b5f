/**
 * Connections that are being set up: `config/connections/drafts/<name>.yaml`, in the form that they will have. A file
 * without its key among the others would keep boomsync from starting.
 */
import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { connectionText, type NewConnection } from './add-connection.ts';
import type { ConnectionConfig } from './config.ts';
import { schemaFor } from './create.ts';
import type { Fault } from './fault.ts';
import { type Environment, homeOf } from './home.ts';
import { connectionOf, NAME } from './load-connections.ts';
import { writeWhole } from './replace-file.ts';
import { connectionSchema } from './schema.ts';
import { isMadeFor, removeSecret } from './secret-file.ts';
import { parseYaml } from './yaml-faults.ts';

const FOLDER = 'drafts';

export function connectionFile(configDir: string, name: string): string {
  return path.join(configDir, 'connections', `${name}.yaml`);
}

export function draftFile(configDir: string, name: string): string {
  return path.join(configDir, 'connections', FOLDER, `${name}.yaml`);
}

export function isConnectionName(name: string): boolean {
  return name.length <= 60 && NAME.test(name);
}

/** What the file of a secret is called, where the name is free. */
export function secretName(connection: string, credential: string): string {
  return `${connection}-${credential}`;
}

export async function draftNames(configDir: string): Promise<string[]> {
  const names = await readdir(path.join(configDir, 'connections', FOLDER)).catch(() => []);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.basename(name, '.yaml'))
    .filter(isConnectionName)
    .sort();
}

/** False where there is a connection or a draft of that name: nothing of anybody's is written over. */
export async function addDraft(configDir: string, name: string, given: NewConnection): Promise<boolean> {
  const file = draftFile(configDir, name);
  if (existsSync(connectionFile(configDir, name)) || existsSync(file)) return false;
  await mkdir(path.dirname(file), { recursive: true });
  const schema = schemaFor(path.join(configDir, 'connections'), 'connection.schema.json');
  await writeWhole(file, connectionText(given, schema), 0o644);
  return true;
}

export type OneConnection = { config: ConnectionConfig; draft: boolean } | { faults: Fault[] };

/**
 * The connection or the draft of that name, as its file says now; null where there is none. Credentials that cannot be
 * read are left out: whoever replaces them needs the rest.
 */
export async function readConnection(
  configDir: string,
  name: string,
  env: Environment = process.env,
): Promise<OneConnection | null> {
  if (!isConnectionName(name)) return null;
  const file = connectionFile(configDir, name);
  const draft = !existsSync(file);
  const from = draft ? draftFile(configDir, name) : file;
  const text = await readFile(from, 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = parseYaml(from, text, connectionSchema);
  if (!parsed.ok) return { faults: parsed.faults };
  const home = homeOf({ ...env, BOOMSYNC_HOME: path.dirname(configDir) });
  // Folders of connectors and messages are named from where it will stand.
  return { config: await connectionOf(file, parsed, env, home, [], true), draft };
}

/** Puts a draft among the connections. False where somebody has put one of that name there meanwhile. */
export async function adoptDraft(configDir: string, name: string): Promise<boolean> {
  const [from, to] = [draftFile(configDir, name), connectionFile(configDir, name)];
  try {
    // A rename would write over what is there.
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await rm(from, { force: true });
  return true;
}

/** Takes a draft away, and the secrets that were kept for it and that no other file names. */
export async function dropDraft(configDir: string, name: string): Promise<void> {
  const file = draftFile(configDir, name);
  const text = await readFile(file, 'utf8').catch(() => '');
  const parsed = parseYaml(file, text, connectionSchema);
  // First: a secret that is still named stays.
  await rm(file, { force: true });
  const references = parsed.ok ? Object.entries(parsed.value.credentials) : [];
  for (const [credential, reference] of references)
    if (isMadeFor(String(reference), secretName(name, credential)))
      await removeSecret(configDir, String(reference));
}
