/** The connectors of the package, and what each needs to be loaded. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/config/home.ts';
import { parseYaml } from '../../src/config/yaml-faults.ts';
import { type Manifest, manifestSchema } from '../../src/connect/manifest.ts';

const FOLDER = path.join(packageRoot(), 'connectors');

export const SHIPPED = readdirSync(FOLDER).filter((id) => existsSync(path.join(FOLDER, id, 'manifest.yaml')));

export function shippedManifest(id: string): Manifest {
  const file = path.join(FOLDER, id, 'manifest.yaml');
  const parsed = parseYaml(file, readFileSync(file, 'utf8'), manifestSchema);
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => `${fault.line} ${fault.message}`).join('\n'));
  return parsed.value;
}
