/** From the files in `config/connections/` to connections, or every fault in any of them. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ConnectionConfig } from '../config/config.ts';
import type { Fault } from '../config/fault.ts';
import { parseYaml } from '../config/yaml-faults.ts';
import type { HttpOptions } from '../http/http.ts';
import { type Complain, compiler, complainTo, OVER_SCOPE } from './compile.ts';
import type { Connection } from './connection.ts';
import type { Expression } from './expressions.ts';
import {
  checkCreate,
  checkCredentials,
  checkFields,
  checkUnits,
  didYouMean,
  serverOf,
} from './load-checks.ts';
import { makeConnection, type Prepared } from './make-connection.ts';
import {
  connectorIds,
  type LoadedManifest,
  loadManifest,
  ownPackage,
  type Package,
  placeOf,
} from './manifest-files.ts';
import { type Trial, tryOut } from './trial.ts';

export interface LoadOptions {
  /** For commands that never speak to a PMS: no credentials are needed, and no connector is made. */
  onlyLook?: boolean;
  /** Where local connectors may write. */
  dataDir: string;
  /** Another folder of connectors than the package's own: `<id>/manifest.yaml`, and code beside it. */
  connectorsDir?: string;
  /** For a whole request to a PMS, in milliseconds. */
  timeoutMs?: number;
  /** Has the last word on how a connector speaks to its PMS: for the conformance suite, which waits for nobody. */
  tune?: (http: HttpOptions) => HttpOptions;
  /** Manifests that were loaded before, by their folder; those that are loaded now are added. */
  manifests?: Map<string, LoadedManifest | null>;
}

export type Loaded = { ok: true; connections: Connection[] } | { ok: false; faults: Fault[] };

export async function loadConnections(configs: ConnectionConfig[], options: LoadOptions): Promise<Loaded> {
  const from = packageOf(options);
  const faults: Fault[] = [];
  const trials: Trial[] = [];
  const manifests = options.manifests ?? new Map<string, LoadedManifest | null>();
  const prepared: Prepared[] = [];
  for (const config of configs) {
    const place = placeOf(config.connector, config.file, from);
    if (place === null) {
      noSuchConnector(config, connectorIds(from), complainAbout(config, faults));
      continue;
    }
    const manifest = manifests.has(place.folder)
      ? manifests.get(place.folder)
      : await loadManifest(place, from, faults, trials);
    manifests.set(place.folder, manifest ?? null);
    if (manifest) prepared.push(await prepare(config, manifest, options, faults, trials));
  }
  if (!options.onlyLook) await tryOut(trials);
  // A connector's own code may trust what it is given: none is begun on a faulty file.
  if (faults.length > 0) return { ok: false, faults };
  const connections: Connection[] = [];
  for (const one of prepared)
    connections.push(await makeConnection(one, { ...options, version: from.version }));
  return { ok: true, connections };
}

function packageOf({ connectorsDir }: LoadOptions): Package {
  const own = ownPackage();
  return connectorsDir === undefined ? own : { ...own, connectorsDir, codeDir: connectorsDir, tried: false };
}

function noSuchConnector({ connector }: ConnectionConfig, known: string[], complain: Complain) {
  const elsewhere = /[\\/.]/.test(connector);
  complain(
    ['connector'],
    elsewhere ? 'there is no manifest.yaml in what this names' : 'there is no such connector',
    elsewhere
      ? 'A folder is written from config/ on (./my-pms), a package as it is called in node_modules/'
      : (didYouMean(connector, known) ?? `There are: ${known.join(', ')}; or ./folder, or a package`),
  );
}

/** Everything that can be said of one file before any connection is made. */
async function prepare(
  config: ConnectionConfig,
  loaded: LoadedManifest,
  { onlyLook }: LoadOptions,
  faults: Fault[],
  trials: Trial[],
): Promise<Prepared> {
  const { manifest } = loaded.compiled;
  const complain = complainAbout(config, faults);
  if (!onlyLook) checkCredentials(config, manifest, complain);
  checkFields(config, manifest, complain);
  checkUnits(config, manifest, complain);
  checkCreate(config, manifest, complain);
  const server = serverOf(config, manifest, complain);
  return { config, loaded, server, own: await ownExpressions(config, complain, trials) };
}

async function ownExpressions(config: ConnectionConfig, complain: Complain, trials: Trial[]) {
  const compile = compiler(complain, trials);
  const fields = new Map<string, Expression>();
  for (const [name, { from }] of Object.entries(config.fields))
    if (from !== undefined) fields.set(name, await compile(['fields', name, 'from'], from, OVER_SCOPE));
  if (config.takes === null) return { fields, takes: null };
  return { fields, takes: await compile(['takes'], config.takes, OVER_SCOPE) };
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
