/** Where everything lies: `config/` and `data/` of one landlord. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Home {
  home: string;
  configDir: string;
  connectionsDir: string;
  dataDir: string;
  mainFile: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function homeOf(env: Environment = process.env): Home {
  const home = path.resolve(setting(env, 'BOOMSYNC_HOME') ?? defaultHome(packageRoot()));
  const configDir = path.join(home, 'config');
  return {
    home,
    configDir,
    connectionsDir: path.join(configDir, 'connections'),
    dataDir: path.join(home, 'data'),
    mainFile: path.join(configDir, 'boomsync.yaml'),
  };
}

/**
 * The clone. npm replaces what it installed, and `npx` keeps it where nobody looks: from there it is the folder in which
 * the program is started.
 */
export function defaultHome(root: string): string {
  return root.split(path.sep).includes('node_modules') ? process.cwd() : root;
}

/** A variable that is set to nothing counts as not set: shells and compose files leave such behind. */
export function setting(env: Environment, name: string): string | null {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? null : value;
}

/** The folder of this package, from the sources and from the build alike. */
export function packageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file)) {
      const { name } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown };
      if (name === 'boomsync') return folder;
    }
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('boomsync does not find its own package.json');
    folder = parent;
  }
}
