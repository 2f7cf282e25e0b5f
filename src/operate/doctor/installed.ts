/** The libraries that are installed and at work: those of development are not gone through. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface InstalledPackage {
  name: string;
  version: string;
  /** As its package.json says: an SPDX expression; null where it says none. */
  licence: string | null;
  folder: string;
}

interface PackageFile {
  name?: string;
  version?: string;
  license?: string | { type?: string };
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** `root`: the folder of boomsync. Each folder once, by name; what is not installed is left out. */
export function installedPackages(root: string): InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const waiting = [root];
  for (const from of waiting) {
    const { dependencies = {}, optionalDependencies = {} } = packageFile(from);
    for (const wanted of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const folder = folderOf(wanted, from);
      if (folder === null || found.has(folder)) continue;
      const { name = wanted, version = '', license } = packageFile(folder);
      const licence = (typeof license === 'object' ? license.type : license) ?? null;
      found.set(folder, { name, version, licence, folder });
      waiting.push(folder);
    }
  }
  return [...found.values()].sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || compareVersions(a.version, b.version),
  );
}

/** Below 0 where `a` is the older one. What follows a hyphen does not count. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => (version.split('-')[0] ?? '').split('.').map(Number));
  for (let at = 0; at < 3; at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** As Node itself looks for it: in the nearest `node_modules` upwards. */
function folderOf(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

const packageFile = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile;
