/**
 * Whom a PMS without a lookup has, by hashes of what people are looked up by. Who lives in a PMS besides Boom's people
 * is not ours to keep: nothing of a person can be read from it.
 */
import type { Knex } from 'knex';
import type { Kind, RemoteId } from '../connect/contract.ts';
import { eachChunk, inChunks } from './chunks.ts';

export interface IndexedRecord {
  remoteId: RemoteId;
  /** Hashes. */
  keys: string[];
}

export interface RemoteIndexStore {
  /** Up to when what changed there is in it (ISO 8601); null: it was never read. */
  readUpTo(connection: string, kind: Kind): Promise<string | null>;
  /** These records are known by these keys, and by no others any more. */
  put(connection: string, kind: Kind, records: IndexedRecord[]): Promise<void>;
  /** Called once all that changed before `at` was put. */
  saveReadUpTo(connection: string, kind: Kind, at: string): Promise<void>;
  /** Records that have one of these keys. */
  find(connection: string, kind: Kind, keys: string[]): Promise<RemoteId[]>;
}

export function createRemoteIndexStore(knex: Knex): RemoteIndexStore {
  return {
    async readUpTo(connection, kind) {
      const row = await knex('remote_index_read').where({ connection, kind }).first('upto');
      return (row?.upto as string | undefined) ?? null;
    },

    async put(connection, kind, records) {
      await knex.transaction(async (trx) => {
        await eachChunk(
          records.map(({ remoteId }) => remoteId),
          (some) => trx('remote_index').where({ connection, kind }).whereIn('remote_id', some).delete(),
        );
        const rows = records.flatMap(({ remoteId, keys }) =>
          [...new Set(keys)].map((key) => ({ connection, kind, key, remote_id: remoteId })),
        );
        await eachChunk(rows, (some) => trx('remote_index').insert(some));
      });
    },

    async saveReadUpTo(connection, kind, at) {
      await knex('remote_index_read')
        .insert({ connection, kind, upto: at })
        .onConflict(['connection', 'kind'])
        .merge();
    },

    async find(connection, kind, keys) {
      const rows = await inChunks<string, { remote_id: string }>(keys, (some) =>
        knex('remote_index').where({ connection, kind }).whereIn('key', some).distinct('remote_id'),
      );
      return [...new Set(rows.map((row) => row.remote_id))];
    },
  };
}
