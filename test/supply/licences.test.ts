/** What boomsync takes along may be given on: the list is made of what is installed. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { installedPackages } from '../../src/operate/doctor/installed.ts';
import { expectPart, markdownTable, ROOT } from '../docs/generated.ts';

const FREE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
]);

const installed = installedPackages(ROOT);

/** Of an expression with OR one is enough; with AND each is needed. */
function isFree(licence: string | null): boolean {
  const plain = (licence ?? '').replace(/[()]/g, '');
  return plain.split(' OR ').some((one) => one.split(' AND ').every((part) => FREE.has(part.trim())));
}

it('every library that is at work may be given on', () => {
  expect(
    installed.filter(({ licence }) => !isFree(licence)).map(({ name, licence }) => `${name}: ${licence}`),
  ).toEqual([]);
  expect(isFree('GPL-3.0 AND MIT')).toBe(false);
  expect(isFree(null)).toBe(false);
});

it('docs/licences.md lists each with its licence', () => {
  const rows = [...new Set(installed.map(({ name, licence }) => `${name}\n${licence}`))].map((row) =>
    row.split('\n'),
  );
  expectPart(
    'docs/licences.md',
    'licences',
    markdownTable(['library', 'licence'], rows),
    'test/supply/licences.test.ts',
  );
});

it('the lockfile knows no other that is installed', () => {
  const { packages } = JSON.parse(readFileSync(resolve(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  for (const { name, version, folder } of installed) {
    const path = folder.slice(folder.indexOf('node_modules'));
    expect(packages[path]?.version, name).toBe(version);
  }
});
