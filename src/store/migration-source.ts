/**
 * The package's own migrations. Their names in the database have no extension, so that a database made by
 * the TypeScript run and one made by the build are the same.
 */
import { readdirSync } from 'node:fs';
import type { Knex } from 'knex';

/** A migration's name: its file without the extension. */
export type Migration = string;

const FOLDER = new URL('../../migrations/', import.meta.url);
const FILE = /^(?<name>\d{4}_[a-z0-9_]+)\.(?:ts|js)$/;

export function migrationNames(folder = FOLDER): Migration[] {
  return [...files(folder).keys()].sort();
}

export function migrationSource(folder = FOLDER): Knex.MigrationSource<Migration> {
  const found = files(folder);
  return {
    getMigrations: async () => [...found.keys()].sort(),
    getMigrationName: (name) => name,
    getMigration: async (name) => await import(new URL(found.get(name) ?? name, folder).href),
  };
}

function files(folder: URL): Map<Migration, string> {
  const found = new Map<Migration, string>();
  for (const file of readdirSync(folder)) {
    const name = FILE.exec(file)?.groups?.name;
    if (name !== undefined) found.set(name, file);
  }
  return found;
}
