/** Whether what boomsync runs on has holes that are known. */
import { doctor as words } from '../../words/en/doctor.ts';
import { broken, type Finding, good, look } from './finding.ts';
import { compareVersions, type InstalledPackage, installedPackages } from './installed.ts';

/** The first versions without the holes that public advisories name (November 2026). */
export const FLOORS: Readonly<Record<string, string>> = {
  got: '12.1.0',
  jsonata: '2.2.1',
  knex: '2.4.0',
  koa: '3.1.2',
  'path-to-regexp': '8.4.0',
  qs: '6.14.2',
  yaml: '2.8.3',
};

export const SQLITE_FLOOR = '3.51.3';

/** Older ones are past their end of life. */
const OLDEST_MAINTAINED = 22;

export function checkNode(version: string): Finding {
  return Number(version.split('.')[0]) < OLDEST_MAINTAINED
    ? look('node', words.node.old(version), words.node.oldRemedy)
    : good('node', words.node.good(version));
}

export function checkPackages(root: string): Finding {
  const installed = installedPackages(root);
  const holes = belowFloor(installed);
  return holes.length === 0
    ? good('packages', words.packages.good(installed.length))
    : broken(
        'packages',
        words.packages.holes(
          holes.map(({ name, version }) => `${name} ${version} (mended in ${FLOORS[name]})`).join(', '),
        ),
        words.packages.remedy,
      );
}

export function belowFloor<Known extends Pick<InstalledPackage, 'name' | 'version'>>(
  packages: readonly Known[],
): Known[] {
  return packages.filter(({ name, version }) => {
    const floor = Object.hasOwn(FLOORS, name) ? FLOORS[name] : undefined;
    return floor !== undefined && compareVersions(version, floor) < 0;
  });
}

export function checkSqlite(version: string): Finding {
  return compareVersions(version, SQLITE_FLOOR) < 0
    ? broken('sqlite', words.sqlite.old(version, SQLITE_FLOOR), words.sqlite.remedy)
    : good('sqlite', words.sqlite.good(version));
}
