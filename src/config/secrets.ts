/** Secrets stand in the environment or in a file of their own; the configuration only names them. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { type Environment, setting } from './home.ts';
import { SECRET_REFERENCE } from './schema.ts';

export type Resolved = { value: string } | { message: string; suggestion: string };

const LARGEST = 64 * 1024;

export function isReference(text: string): boolean {
  return SECRET_REFERENCE.test(text);
}

/** `reference` is `env:NAME` or `file:PATH`; a path is relative to `configDir`. Nothing of the value is in the messages. */
export async function resolveSecret(
  reference: string,
  env: Environment,
  configDir: string,
): Promise<Resolved> {
  const at = reference.indexOf(':');
  const name = reference.slice(at + 1);
  return reference.startsWith('env:') ? fromEnvironment(name, env) : fromFile(name, configDir);
}

function fromEnvironment(name: string, env: Environment): Resolved {
  const value = setting(env, name);
  if (value !== null) return { value };
  return {
    message: `the variable ${name} is not set`,
    suggestion: `Set ${name} in the environment that boomsync starts in`,
  };
}

async function fromFile(name: string, configDir: string): Promise<Resolved> {
  const file = path.resolve(configDir, name);
  const shown = path.isAbsolute(name) ? name : path.join('config', name);
  try {
    const handle = await open(file, 'r');
    try {
      const stat = await handle.stat();
      if (!stat.isFile())
        return { message: `${shown} is no file`, suggestion: 'Name the file that holds the secret' };
      if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
        return {
          message: `others on this computer can read ${shown}`,
          suggestion: `Run: chmod 600 ${quoted(file)}`,
        };
      if (stat.size > LARGEST)
        return {
          message: `${shown} is too large for a secret`,
          suggestion: 'Put nothing but the secret into it',
        };
      const value = (await handle.readFile('utf8')).replace(/^\uFEFF/, '').trim();
      return value === ''
        ? { message: `${shown} is empty`, suggestion: 'Put the secret into it, and nothing else' }
        : { value };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return {
        message: `there is no file ${shown}`,
        suggestion: `Put the secret into ${quoted(file)} and run: chmod 600 ${quoted(file)}`,
      };
    return {
      message: `${shown} cannot be read (${code ?? 'unknown cause'})`,
      suggestion: 'Let the user that runs boomsync own it, with mode 600',
    };
  }
}

function quoted(file: string): string {
  return /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}
