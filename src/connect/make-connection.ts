/** One connection of what was read and checked. */
import { createHash } from 'node:crypto';
import type { ConnectionConfig } from '../config/config.ts';
import { createHttpClient } from '../http/http.ts';
import { type Ledger, type Limit, limiter } from '../http/limiter.ts';
import { sameValue } from './compare.ts';
import type { Connection, FieldRules } from './connection.ts';
import type { Connector, ConnectorContext, Kind } from './contract.ts';
import type { Expression } from './expressions.ts';
import { meaningsOf } from './field-meaning.ts';
import type { LoadOptions } from './load.ts';
import type { Manifest, ManifestField } from './manifest.ts';
import type { LoadedManifest } from './manifest-files.ts';
import { desiredFields, type MappedField, mappedFields } from './mapping.ts';
import { isSo } from './presence.ts';
import { candidatesAmong, factsOf, lookupsFor } from './rest-candidates.ts';
import { readable } from './scope-shape.ts';
import { unitFinder } from './units.ts';

export interface Prepared {
  config: ConnectionConfig;
  loaded: LoadedManifest;
  server: string | null;
  /** The landlord's own expressions. */
  own: { fields: Map<string, Expression>; takes: Expression | null };
}

type MakeOptions = LoadOptions & { version: string };

export async function makeConnection(prepared: Prepared, options: MakeOptions): Promise<Connection> {
  const { config, loaded, own } = prepared;
  const { manifest, kinds } = loaded.compiled;
  const { capabilities } = manifest;
  const label = config.label ?? manifest.label;
  const off = new Set(Object.keys(config.fields).filter((name) => config.fields[name]?.off === true));
  const maps = new Map<Kind, Map<string, MappedField>>();
  for (const [kind, compiled] of kinds)
    maps.set(kind, mappedFields(compiled, capabilities.local, own.fields, off));
  const harmless = capabilities.local || capabilities.byHand;
  const meanings = meaningsOf(expressionsOf(config, manifest));
  let ledger: Ledger | null = null;

  return {
    name: config.name,
    connectorId: manifest.id,
    label,
    mode: config.mode ?? (harmless ? 'live' : 'preview'),
    revision: revisionOf(config, loaded.text),
    create: config.create,
    createsPerDay: harmless ? Number.POSITIVE_INFINITY : config.createsPerDay,
    decisionDelayMs: capabilities.local ? 0 : config.decisionDelayMinutes * 60_000,
    onEnd: config.onEnd,
    capabilities: { ...capabilities, notes: notesOf(config, capabilities.notes) },
    concurrency: manifest.limits.concurrency,
    // A landlord may name a field and mean "if there is one".
    takes: async (scope) => own.takes === null || isSo(await own.takes.evaluate(readable(scope))),
    desire: async (kind, scope) => desiredFields(maps.get(kind) ?? new Map(), readable(scope)),
    decisionFor: (leasing, kind) => manifest.kinds[kind]?.status[leasing] ?? null,
    rules: (kind) => rulesOf(config, describedAs(manifest, kind).fields),
    meaningOf: (field) => meanings.get(field) ?? null,
    unitIdOf: unitFinder(config.units),
    factsOf: (kind, remote) => factsOf(remote, describedAs(manifest, kind)),
    among(kind, remotes, person) {
      const described = describedAs(manifest, kind);
      const lookups = (described.requests.find ?? []).map((spec) => ({ spec }));
      for (const { spec } of lookupsFor(lookups, person)) {
        const found = candidatesAmong(remotes, person, spec, described, label);
        if (found.length > 0) return found;
      }
      return [];
    },
    countIn: (given) => {
      ledger = given;
    },
    connector: await connectorOf(prepared, options, () => ledger),
  };
}

async function connectorOf(
  { config, loaded: { compiled, factory }, server }: Prepared,
  { dataDir, version, timeoutMs, onlyLook, tune = (http) => http }: MakeOptions,
  ledger: () => Ledger | null,
): Promise<Connector> {
  if (onlyLook) return NONE;
  const { limits } = compiled.manifest;
  const label = config.label ?? compiled.manifest.label;
  let limit: Promise<Limit> | null = null;
  const context: ConnectorContext = {
    connection: config.name,
    label,
    credentials: Object.freeze({ ...config.credentials }),
    server,
    dataDir,
    version,
    http: (http) => {
      const tuned = tune({
        concurrency: limits.concurrency,
        windows: limits.windows,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        fieldNames: fieldNamesOf(compiled.manifest),
        secrets: Object.values(config.credentials),
        ...http,
        headers: { 'user-agent': `boomsync/${version}`, ...http.headers },
      });
      // What the PMS allows, it allows the connection, however many clients its code makes.
      const shared = () => {
        limit ??= limiter(tuned.concurrency ?? 1, tuned.windows ?? [], { ledger });
        return limit;
      };
      return createHttpClient({ ...tuned, limit: tuned.limit ?? shared });
    },
  };
  const { createRestConnector } = await import('./rest-connector.ts');
  const rest = () => createRestConnector(compiled, context);
  return factory === null ? rest() : factory(context, rest);
}

/** As the manifest calls them: to write, and to read. */
function fieldNamesOf({ kinds }: Manifest): Set<string> {
  return new Set(
    Object.values(kinds).flatMap(({ fields, remote }) => [
      ...Object.keys(fields),
      ...Object.keys(remote?.fields ?? {}),
    ]),
  );
}

const never = () => Promise.reject(new Error('This connection was not loaded.'));
const NONE: Connector = { check: never, find: never, read: never, create: never, update: never };

function describedAs({ kinds, label }: Manifest, kind: Kind) {
  const described = kinds[kind];
  if (described === undefined) throw new Error(`${label} keeps nobody as ${kind}.`);
  return described;
}

function rulesOf({ fields }: ConnectionConfig, specs: Record<string, ManifestField>): FieldRules {
  return {
    owner: (field) => fields[field]?.owner ?? specs[field]?.owner ?? 'ask',
    same: (field, a, b) => sameValue(specs[field]?.compare ?? 'text', a, b),
    required: (field) => specs[field]?.required ?? false,
  };
}

/** Each field's, kind by kind: the landlord's own, else the manifest's. */
function expressionsOf({ fields }: ConnectionConfig, { kinds }: Manifest): Map<string, string>[] {
  const own = Object.entries(fields).flatMap(([name, { from }]) =>
    from === undefined ? [] : [[name, from] as const],
  );
  return Object.values(kinds).map(
    (kind) =>
      new Map([...Object.entries(kind.fields).map(([name, { from }]) => [name, from] as const), ...own]),
  );
}

/** Notes of which nothing proves who reads them are written only where the landlord says that staff alone do. */
function notesOf({ notes }: ConnectionConfig, who: Manifest['capabilities']['notes']): 'staff' | 'none' {
  if (who === 'none' || notes === false) return 'none';
  return who === 'staff' || notes === true ? 'staff' : 'none';
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
