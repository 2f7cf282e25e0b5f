/** What the connectors that come with boomsync say of themselves, and the one of a connection: nothing is compiled. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectorPlace } from '../config/connector-place.ts';
import { parseYaml } from '../config/yaml-faults.ts';
import { type Manifest, manifestSchema } from './manifest.ts';
import { connectorIds, ownPackage, placeOf } from './manifest-files.ts';

let shipped: Manifest[] | null = null;

/** By label. */
export function shippedManifests(): readonly Manifest[] {
  if (shipped !== null) return shipped;
  const own = ownPackage();
  shipped = connectorIds(own)
    .flatMap((id) => readManifest(connectorPlace(id, own.connectorsDir, own.connectorsDir).folder) ?? [])
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
  return shipped;
}

/** Null where there is none, or it has faults. */
export function manifestFor(connector: string, connectionFile: string): Manifest | null {
  const place = placeOf(connector, connectionFile, ownPackage());
  return place === null ? null : readManifest(place.folder);
}

function readManifest(folder: string): Manifest | null {
  const file = join(folder, 'manifest.yaml');
  const parsed = parseYaml(file, readFileSync(file, 'utf8'), manifestSchema);
  return parsed.ok ? parsed.value : null;
}
