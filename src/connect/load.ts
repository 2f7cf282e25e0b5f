/** From the files in `config/connections/` to connections, or every fault in any of them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ConnectionConfig } from '../config/config.ts';
import type { Fault } from '../config/fault.ts';
import { parseYaml } from '../config/yaml-faults.ts';
import { createHttpClient } from '../http/http.ts';
import type { Leasing } from '../project/tenant.ts';
import { sameValue } from './compare.ts';
import { type Complain, compiler, complainTo, OVER_SCOPE } from './compile-manifest.ts';
import type { Connection } from './connection.ts';
import type { Connector, ConnectorContext, Kind } from './contract.ts';
import type { Expression } from './expressions.ts';
import {
  checkCreate,
  checkCredentials,
  checkFields,
  checkUnits,
  didYouMean,
  serverOf,
} from './load-checks.ts';
import type { Manifest, ManifestField } from './manifest.ts';
import {
  connectorIds,
  type LoadedManifest,
  loadManifest,
  ownPackage,
  type Package,
} from './manifest-files.ts';
import { desiredFields, type MappedField, mappedFields } from './mapping.ts';
import { isSo } from './presence.ts';
import { unitFinder } from './units.ts';

export interface LoadOptions {
  /** For commands that never speak to a PMS: no credentials are needed, and no connector is made. */
  onlyLook?: boolean;
  /** Where local connectors may write. */
  dataDir: string;
  /** Another folder of connectors than the package's own: `<id>/manifest.yaml`, and code beside it. */
  connectorsDir?: string;
  /** For a whole request to a PMS, in milliseconds. */
  timeoutMs?: number;
}

export type Loaded = { ok: true; connections: Connection[] } | { ok: false; faults: Fault[] };

export async function loadConnections(configs: ConnectionConfig[], options: LoadOptions): Promise<Loaded> {
  const from = packageOf(options);
  const known = connectorIds(from);
  const faults: Fault[] = [];
  const manifests = new Map<string, LoadedManifest | null>();
  const connections: Connection[] = [];
  for (const config of configs) {
    const { connector: id } = config;
    if (!known.includes(id)) {
      complainAbout(config, faults)(
        ['connector'],
        'there is no such connector',
        didYouMean(id, known) ?? `There are: ${known.join(', ')}`,
      );
      continue;
    }
    const manifest = manifests.has(id) ? manifests.get(id) : await loadManifest(id, from, faults);
    manifests.set(id, manifest ?? null);
    if (manifest)
      connections.push(await connect(config, manifest, { ...options, version: from.version }, faults));
  }
  return faults.length === 0 ? { ok: true, connections } : { ok: false, faults };
}

function packageOf({ connectorsDir }: LoadOptions): Package {
  const own = ownPackage();
  return connectorsDir === undefined ? own : { ...own, connectorsDir, codeDir: connectorsDir };
}

async function connect(
  config: ConnectionConfig,
  loaded: LoadedManifest,
  options: LoadOptions & { version: string },
  faults: Fault[],
): Promise<Connection> {
  const { manifest } = loaded.compiled;
  const { capabilities } = manifest;
  const complain = complainAbout(config, faults);
  if (!options.onlyLook) checkCredentials(config, manifest, complain);
  checkFields(config, manifest, complain);
  checkUnits(config, manifest, complain);
  checkCreate(config, manifest, complain);
  const server = serverOf(config, manifest, complain);
  const own = await ownExpressions(config, complain);
  const specs: Record<string, ManifestField> = Object.assign(
    {},
    ...Object.values(manifest.kinds).map(({ fields }) => fields),
  );
  const off = new Set(Object.keys(config.fields).filter((name) => config.fields[name]?.off === true));
  const maps = new Map<Kind, Map<string, MappedField>>();
  for (const [kind, compiled] of loaded.compiled.kinds)
    maps.set(kind, mappedFields(compiled, capabilities.local, own.fields, off));

  return {
    name: config.name,
    connectorId: manifest.id,
    label: manifest.label,
    mode: config.mode ?? (capabilities.local ? 'live' : 'preview'),
    revision: revisionOf(config, loaded.text),
    create: config.create,
    createsPerDay: capabilities.local ? Number.POSITIVE_INFINITY : config.createsPerDay,
    decisionDelayMs: capabilities.local ? 0 : config.decisionDelayMinutes * 60_000,
    onEnd: config.onEnd,
    capabilities,
    concurrency: manifest.limits.concurrency,
    // A landlord may name a field and mean "if there is one".
    takes: async (scope) => own.takes === null || isSo(await own.takes.evaluate(scope)),
    desire: async (kind, scope) => desiredFields(maps.get(kind) ?? new Map(), scope),
    decisionFor: (leasing) => wordFor(manifest, leasing),
    owner: (field) => config.fields[field]?.owner ?? specs[field]?.owner ?? 'ask',
    same: (field, a, b) => sameValue(specs[field]?.compare ?? 'text', a, b),
    unitIdOf: unitFinder(config.units),
    connector: await connectorOf(config, loaded, server, options, faults),
  };
}

async function connectorOf(
  config: ConnectionConfig,
  { compiled, factory }: LoadedManifest,
  server: string | null,
  { dataDir, version, timeoutMs, onlyLook }: LoadOptions & { version: string },
  faults: Fault[],
): Promise<Connector> {
  if (onlyLook) return NONE;
  const agent = `boomsync/${version}`;
  const context: ConnectorContext = {
    connection: config.name,
    label: compiled.manifest.label,
    credentials: Object.freeze({ ...config.credentials }),
    server,
    dataDir,
    version,
    http: (http) =>
      createHttpClient({
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...http,
        headers: { 'user-agent': agent, ...http.headers },
      }),
  };
  // A connector's own code may trust what it is given: it is not begun on a faulty file.
  if (faults.length > 0) return NONE;
  if (factory !== null) return factory(context);
  const { createRestConnector } = await import('./rest-connector.ts');
  return createRestConnector(compiled, context);
}

const never = () => Promise.reject(new Error('This connection was not loaded.'));
const NONE: Connector = { check: never, find: never, read: never, create: never, update: never };

async function ownExpressions(config: ConnectionConfig, complain: Complain) {
  const compile = compiler(complain);
  const fields = new Map<string, Expression>();
  for (const [name, { from }] of Object.entries(config.fields))
    if (from !== undefined) fields.set(name, await compile(['fields', name, 'from'], from, OVER_SCOPE));
  if (config.takes === null) return { fields, takes: null };
  return { fields, takes: await compile(['takes'], config.takes, OVER_SCOPE) };
}

function wordFor({ kinds }: Manifest, leasing: Leasing): string | null {
  for (const { status } of Object.values(kinds)) if (status[leasing] !== undefined) return status[leasing];
  return null;
}

/** Without secrets: rotating a key is no reason to go over every tenant. */
function revisionOf(config: ConnectionConfig, manifest: string): string {
  const { credentials: _secrets, file: _place, ...rest } = config;
  return createHash('sha256')
    .update(manifest)
    .update('\0')
    .update(JSON.stringify(sorted(rest)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

function complainAbout(config: ConnectionConfig, faults: Fault[]): Complain {
  return complainTo(faults, config.file, linesOf(config.file));
}

/** The checked configuration has no lines: they are read again, only when there is something to say. */
function linesOf(file: string): (path: PropertyKey[]) => number | null {
  return (path) => {
    try {
      const parsed = parseYaml(file, readFileSync(file, 'utf8'), z.unknown());
      return parsed.ok ? parsed.lineOf(path) : null;
    } catch {
      return null;
    }
  };
}
