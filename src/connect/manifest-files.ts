/** Finds the manifests of the package, in development and after the build alike: `tsc` copies no YAML. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Fault } from '../config/fault.ts';
import { packageRoot } from '../config/home.ts';
import { parseYaml } from '../config/yaml-faults.ts';
import { type CompiledManifest, compileManifest, complainTo } from './compile-manifest.ts';
import type { ConnectorFactory } from './contract.ts';
import { type Manifest, manifestSchema } from './manifest.ts';

export interface Package {
  /** Where the manifests are. */
  connectorsDir: string;
  /** Where the connectors' own code is, and what it ends in. */
  codeDir: string;
  extension: string;
  version: string;
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

export async function loadManifest(
  id: string,
  from: Package,
  faults: Fault[],
): Promise<LoadedManifest | null> {
  const file = join(from.connectorsDir, id, 'manifest.yaml');
  const text = readFileSync(file, 'utf8');
  const parsed = parseYaml(file, text, manifestSchema);
  if (!parsed.ok) {
    faults.push(...parsed.faults);
    return null;
  }
  const before = faults.length;
  const complain = complainTo(faults, file, parsed.lineOf);
  const manifest = parsed.value;
  if (manifest.id !== id) complain(['id'], `must be the name of its folder, \`${id}\``);
  const factory = await ownCode(id, from);
  if (factory === null) checkRequests(manifest, complain);
  const compiled = await compileManifest(manifest, complain);
  return faults.length === before ? { text, compiled, factory } : null;
}

async function ownCode(id: string, { codeDir, extension }: Package): Promise<ConnectorFactory | null> {
  const file = join(codeDir, id, `connector${extension}`);
  if (!existsSync(file)) return null;
  const module: { default?: unknown } = await import(pathToFileURL(file).href);
  if (typeof module.default === 'function') return module.default as ConnectorFactory;
  throw new Error(`${file} must export a function by default: (context) => Connector.`);
}

/** Without code, each thing the capabilities promise must have its request. */
function checkRequests(manifest: Manifest, complain: ReturnType<typeof complainTo>) {
  const { capabilities } = manifest;
  for (const [id, kind] of Object.entries(manifest.kinds)) {
    const needed: string[] = ['create', 'update'];
    if (capabilities.find !== 'none') needed.push('find');
    if (capabilities.readBack) needed.push('read');
    if (capabilities.notes === 'staff') needed.push('notes', 'addNote');
    const described: Record<string, unknown> = kind.requests;
    for (const name of needed)
      if (described[name] === undefined)
        complain(['kinds', id, 'requests'], `\`${name}\` is missing, which the capabilities promise`);
    if (kind.remote === undefined) complain(['kinds', id], '`remote` is missing: how an answer is read');
  }
}
