/** `config/connections/*.yaml`: one connection a file, its secrets resolved. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectionConfig } from './config.ts';
import { publicCredentials } from './connector-credentials.ts';
import { type Fault, pathText } from './fault.ts';
import type { Environment, Home } from './home.ts';
import { type ConnectionFile, connectionSchema } from './schema.ts';
import { isReference, resolveSecret } from './secrets.ts';
import { type ParsedYaml, parseYaml } from './yaml-faults.ts';

/** What a connection may be called: its file's name without `.yaml`. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

export async function loadConnections(
  env: Environment,
  home: Home,
  faults: Fault[],
  needSecrets: boolean,
): Promise<ConnectionConfig[]> {
  const connections: ConnectionConfig[] = [];
  for (const name of await connectionFiles(home)) {
    const file = path.join(home.connectionsDir, name);
    const fault = fileFault(name);
    if (fault !== null) {
      faults.push({ file, line: null, path: '', ...fault });
      continue;
    }
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) {
      faults.push({ file, line: null, path: '', message: 'cannot be read', suggestion: null });
      continue;
    }
    const parsed = parseYaml(file, text, connectionSchema);
    if (parsed.ok) connections.push(await connectionOf(file, parsed, env, home, faults, needSecrets));
    else faults.push(...parsed.faults);
  }
  return connections;
}

/** Every file that means to be a connection, in order; the examples are none. */
export async function connectionFiles(home: Home): Promise<string[]> {
  const names = await readdir(home.connectionsDir).catch(() => []);
  return names
    .filter((name) => /\.ya?ml$/i.test(name) && !/\.example\.ya?ml$/i.test(name) && !name.startsWith('.'))
    .sort();
}

function fileFault(name: string): Pick<Fault, 'message' | 'suggestion'> | null {
  if (!name.endsWith('.yaml'))
    return {
      message: 'expected a name that ends in `.yaml`',
      suggestion: `Rename it to ${name.replace(/\.ya?ml$/i, '')}.yaml`,
    };
  if (!NAME.test(name.slice(0, -'.yaml'.length)))
    return {
      message: 'a connection is named by its file: expected letters, digits, `-` and `_` before `.yaml`',
      suggestion: 'Rename it, for example to oak-street.yaml',
    };
  return null;
}

export async function connectionOf(
  file: string,
  parsed: ParsedYaml<ConnectionFile>,
  env: Environment,
  home: Home,
  faults: Fault[],
  needSecrets: boolean,
): Promise<ConnectionConfig> {
  const { value } = parsed;
  return {
    name: path.basename(file, '.yaml'),
    file,
    connector: value.connector,
    label: value.label ?? null,
    mode: value.mode ?? null,
    server: value.server ?? null,
    credentials: needSecrets ? await credentialsFrom(file, parsed, env, home, faults) : {},
    takes: value.takes ?? null,
    create: value.create,
    notes: value.notes ?? null,
    createsPerDay: value.createsPerDay,
    decisionDelayMinutes: value.decisionDelayMinutes,
    onEnd: value.onEnd,
    units: asWritten(parsed, 'units'),
    fields: Object.fromEntries(
      Object.entries(value.fields).map(([field, { owner, from, off }]) => [
        field,
        {
          ...(owner === undefined ? {} : { owner }),
          ...(from === undefined ? {} : { from }),
          ...(off === undefined ? {} : { off }),
        },
      ]),
    ),
  };
}

/** Ids are text: one of digits alone keeps its leading zeros and every digit. */
function asWritten(
  parsed: ParsedYaml<ConnectionFile>,
  part: 'units' | 'credentials',
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parsed.value[part]).map(([key, value]) => [
      key,
      typeof value === 'number' ? (parsed.textOf([part, key]) ?? String(value)) : value,
    ]),
  );
}

async function credentialsFrom(
  file: string,
  parsed: ParsedYaml<ConnectionFile>,
  env: Environment,
  home: Home,
  faults: Fault[],
): Promise<Record<string, string>> {
  const mayStandHere = await publicCredentials(parsed.value.connector, home.configDir);
  const fault = (where: string[], message: string, suggestion: string) => {
    faults.push({ file, line: parsed.lineOf(where), path: pathText(where), message, suggestion });
  };
  const credentials: Record<string, string> = {};
  for (const [name, text] of Object.entries(asWritten(parsed, 'credentials'))) {
    const where = ['credentials', name];
    if (isReference(text)) {
      const resolved = await resolveSecret(text, env, home.configDir);
      if ('value' in resolved) credentials[name] = resolved.value;
      else fault(where, resolved.message, resolved.suggestion);
    } else if (mayStandHere.has(name)) {
      credentials[name] = text;
    } else {
      const secretFile = `secrets/${path.basename(file, '.yaml')}-${name}`;
      fault(
        where,
        'a secret does not stand in this file: expected `env:NAME` or `file:PATH`',
        `Put it into config/${secretFile} with mode 600, and write file:${secretFile} here`,
      );
    }
  }
  return credentials;
}
