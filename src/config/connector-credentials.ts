/** What a connector's manifest says about credentials: the loader must know which may stand in a file. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { connectorPlace } from './connector-place.ts';
import { parseYaml } from './yaml-faults.ts';

/** Only what is asked here: the manifest as a whole is checked where connectors are loaded. */
const part = z.looseObject({
  credentials: z.record(z.string(), z.looseObject({ secret: z.boolean().default(true) })).default({}),
});

/** Those that are no secret; none where the manifest cannot be read, so that in doubt all are. */
export async function publicCredentials(connector: string, configDir: string): Promise<ReadonlySet<string>> {
  const file = path.join(connectorPlace(connector, configDir).folder, 'manifest.yaml');
  const parsed = parseYaml(file, await readFile(file, 'utf8').catch(() => ''), part);
  if (!parsed.ok) return new Set();
  const entries = Object.entries(parsed.value.credentials);
  return new Set(entries.filter(([, { secret }]) => !secret).map(([name]) => name));
}
