/** Finds and reads manifests, in development and after the build alike: `tsc` copies no YAML. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { type ConnectorPlace, connectorPlace } from '../config/connector-place.ts';
import type { Fault } from '../config/fault.ts';
import { packageRoot } from '../config/home.ts';
import { type ParsedYaml, parseYaml } from '../config/yaml-faults.ts';
import { compiler, complainTo } from './compile.ts';
import { type CompiledManifest, compileManifest } from './compile-manifest.ts';
import type { ConnectorFactory } from './contract.ts';
import { CONTRACT, type Manifest, manifestSchema } from './manifest.ts';
import { checkPromises, checkStatuses } from './manifest-checks.ts';
import type { Trial } from './trial.ts';

export interface Package {
  /** Where the manifests are. */
  connectorsDir: string;
  /** Where the connectors' own code is, and what it ends in. */
  codeDir: string;
  extension: string;
  version: string;
  /** Whether what its expressions come to was tried before it was shipped. */
  tried: boolean;
}

export function ownPackage(): Package {
  const here = fileURLToPath(import.meta.url);
  const root = packageRoot();
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    connectorsDir: join(root, 'connectors'),
    codeDir: fileURLToPath(new URL('../../connectors/', import.meta.url)),
    extension: here.endsWith('.ts') ? '.ts' : '.js',
    version,
    tried: true,
  };
}

export function connectorIds({ connectorsDir }: Package): string[] {
  return readdirSync(connectorsDir).filter((id) => existsSync(join(connectorsDir, id, 'manifest.yaml')));
}

export interface LoadedManifest {
  text: string;
  compiled: CompiledManifest;
  /** The connector's own code; null where the manifest says it all. */
  factory: ConnectorFactory | null;
}

/** The manifest's place for a file of `config/connections/`; null where there is none. */
export function placeOf(connector: string, connectionFile: string, from: Package): ConnectorPlace | null {
  const configDir = dirname(dirname(connectionFile));
  const place = connectorPlace(connector, configDir, from.connectorsDir);
  return existsSync(join(place.folder, 'manifest.yaml')) ? place : null;
}

/** Null where it has faults, which are added to `faults`. What is to be tried before it is used is added to `trials`. */
export async function loadManifest(
  place: ConnectorPlace,
  from: Package,
  faults: Fault[],
  trials: Trial[],
): Promise<LoadedManifest | null> {
  const file = join(place.folder, 'manifest.yaml');
  const text = readFileSync(file, 'utf8');
  const parsed = parsedManifest(file, text, faults);
  if (parsed === null) return null;
  const before = faults.length;
  const complain = complainTo(faults, file, parsed.lineOf);
  const manifest = parsed.value;
  const id = basename(place.folder);
  if (place.from === 'boomsync' && manifest.id !== id)
    complain(['id'], `must be the name of its folder, \`${id}\``);
  const factory = await ownCode(codeOf(place, from), faults);
  if (factory === null) checkPromises(manifest, complain);
  checkStatuses(manifest, complain);
  const tried = place.from === 'boomsync' && from.tried;
  const compiled = await compileManifest(manifest, compiler(complain, tried ? null : trials), complain);
  return faults.length === before ? { text, compiled, factory } : null;
}

/** Another contract has another form: to complain of that would only mislead. */
function parsedManifest(file: string, text: string, faults: Fault[]): ParsedYaml<Manifest> | null {
  const contract = parseYaml(file, text, z.looseObject({ contract: z.unknown() }));
  if (contract.ok && contract.value.contract !== undefined && contract.value.contract !== CONTRACT) {
    complainTo(faults, file, contract.lineOf)(
      ['contract'],
      `this boomsync speaks contract ${CONTRACT}, and the connector was written for another`,
      'Use a version of the connector for this boomsync, or another boomsync',
    );
    return null;
  }
  const parsed = parseYaml(file, text, manifestSchema);
  if (parsed.ok) return parsed;
  faults.push(...parsed.faults);
  return null;
}

function codeOf(place: ConnectorPlace, { codeDir, extension }: Package): string {
  if (place.from === 'boomsync') return join(codeDir, basename(place.folder), `connector${extension}`);
  return join(place.folder, 'connector.mjs');
}

async function ownCode(file: string, faults: Fault[]): Promise<ConnectorFactory | null> {
  if (!existsSync(file)) return null;
  const fault = (message: string, suggestion: string) => {
    faults.push({ file, line: null, path: '', message, suggestion });
    return null;
  };
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it throws';
    return fault(`cannot be loaded: ${why}`, 'Run it with node to see where');
  }
  if (typeof module.default === 'function') return module.default as ConnectorFactory;
  return fault('must export a function by default', 'export default (context, rest) => ({ … })');
}
