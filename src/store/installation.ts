/** Which installation this is: made with the database, so that no two give one record's key to two people. */
import type { Knex } from 'knex';

export function createInstallation(knex: Knex): () => Promise<string> {
  let id: string | null = null;
  return async () => {
    id ??= String((await knex('installation').first('id'))?.id ?? '');
    return id;
  };
}
