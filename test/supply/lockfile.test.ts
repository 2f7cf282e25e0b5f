/** What is installed is what the lockfile names: from a registry, of that content, and nothing runs unasked. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { belowFloor, FLOORS } from '../../src/operate/doctor/versions.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string) => JSON.parse(readFileSync(resolve(ROOT, file), 'utf8')) as never;

interface Locked {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const manifest = read('package.json') as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
  scripts: Record<string, string>;
};
const locked = Object.entries(packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ path, name: path.replace(/^.*node_modules\//, ''), ...entry }));

it('asks for versions of a registry alone: none from git, an address or a folder', () => {
  const asked = { ...manifest.dependencies, ...manifest.devDependencies };
  expect(Object.keys(asked).length).toBeGreaterThan(20);
  for (const [name, range] of Object.entries(asked)) expect(range, name).toMatch(/^[\^~]?\d+(\.\d+)*$/);
});

it('holds the content of every package to a SHA-512', () => {
  expect(locked.length).toBeGreaterThan(100);
  for (const { path, integrity, link, resolved, version } of locked) {
    expect(link, path).toBeUndefined();
    expect(integrity, path).toMatch(/^sha512-[\w+/]{86}==$/);
    expect(version, path).toMatch(/^\d+\.\d+\.\d+/);
    if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\//);
  }
});

it('lets the scripts of packages run by name alone', () => {
  const withScripts = locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  expect(withScripts).toContain('better-sqlite3');
  expect(withScripts.filter((name) => manifest.allowScripts[name] !== true)).toEqual([]);
});

it('starts with what the lockfile names and nothing newer', () => {
  expect(readFileSync(resolve(ROOT, 'src/start.mjs'), 'utf8')).toMatch(/'npm', \['ci'/);
  for (const [name, command] of Object.entries(manifest.scripts))
    expect(command, name).not.toMatch(/npm (install|i|update)\b|npx (?!--no)/);
});

it('names no library of a version with a hole that is known', () => {
  const ours = locked.flatMap(({ name, version, dev }) => (dev || !version ? [] : [{ name, version }]));
  expect(belowFloor(ours)).toEqual([]);
  // The table is of what is at work: a name that is gone has no business there.
  expect(Object.keys(FLOORS).filter((name) => !ours.some((one) => one.name === name))).toEqual([]);
  expect(belowFloor([{ name: 'qs', version: '6.14.1' }])).toHaveLength(1);
});
