/** Where the connector that a connection's file names is: one of ours, a folder, or a package beside `config/`. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from './home.ts';

export interface ConnectorPlace {
  /** Where its `manifest.yaml` stands, or should stand. */
  folder: string;
  from: 'boomsync' | 'folder' | 'package';
}

/** `ours`: another folder than the package's own. */
export function connectorPlace(
  connector: string,
  configDir: string,
  ours = path.join(packageRoot(), 'connectors'),
): ConnectorPlace {
  if (/^\.{1,2}([\\/]|$)/.test(connector) || path.isAbsolute(connector))
    return { folder: path.resolve(configDir, connector), from: 'folder' };
  const own = path.join(ours, connector);
  if (/^[a-z][a-z0-9-]*$/.test(connector) && existsSync(path.join(own, 'manifest.yaml')))
    return { folder: own, from: 'boomsync' };
  return { folder: path.join(configDir, '..', 'node_modules', connector), from: 'package' };
}
