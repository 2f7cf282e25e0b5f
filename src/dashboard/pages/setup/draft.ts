/** A connection that is being set up, or one that is there and gets another key: as its file says now. */

import type { ConnectionConfig } from '../../../config/config.ts';
import { readConnection } from '../../../config/drafts.ts';
import type { Fault } from '../../../config/fault.ts';
import { manifestFor } from '../../../connect/catalogue.ts';
import type { Connection } from '../../../connect/connection.ts';
import { loadConnections } from '../../../connect/load.ts';
import type { Manifest } from '../../../connect/manifest.ts';
import type { At } from '../../contract.ts';

export interface Draft {
  config: ConnectionConfig;
  manifest: Manifest;
  /** False for a connection that is there. */
  draft: boolean;
  label: string;
}

/** Null where there is none, or its file or connector has faults. */
export async function readDraft(name: string, { config: { configDir } }: At): Promise<Draft | null> {
  const one = await readConnection(configDir, name);
  if (one === null || 'faults' in one) return null;
  const manifest = manifestFor(one.config.connector, one.config.file);
  if (manifest === null) return null;
  return { ...one, manifest, label: one.config.label ?? manifest.label };
}

/** As it would be with these credentials, speaking to nobody yet; or what is wrong with them. */
export async function connectWith(
  { config }: Draft,
  credentials: Record<string, string>,
  { config: { dataDir } }: At,
): Promise<Connection | Fault[]> {
  const loaded = await loadConnections([{ ...config, credentials }], { dataDir });
  if (!loaded.ok) return loaded.faults;
  return loaded.connections[0] ?? [];
}
