/** Keys for scripts. Only their hashes are kept. */
import type { Knex } from 'knex';
import type { Role } from './people.ts';

/** How often it is noted that one was used. */
const NOTED_EVERY_MS = 10 * 60_000;

export interface ApiToken {
  id: number;
  /** What it is for, as whoever made it says. */
  name: string;
  role: Role;
  /** UTC ISO 8601. */
  createdAt: string;
  /** Give or take ten minutes; null: never. */
  lastUsedAt: string | null;
  /** Null: it works. */
  revokedAt: string | null;
}

export interface ApiTokenStore {
  /** Those that work, newest first. */
  list(): Promise<ApiToken[]>;
  add(token: { name: string; role: Role; hash: string }, at: Date): Promise<ApiToken>;
  /** Null where there is none, or it was revoked. */
  use(hash: string, at: Date): Promise<ApiToken | null>;
  /** False where there is none that works. */
  revoke(id: number, at: Date): Promise<boolean>;
}

interface Row {
  id: number;
  name: string;
  role: Role;
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}

const fromRow = (row: Row): ApiToken => ({
  id: row.id,
  name: row.name,
  role: row.role,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
});

export function createApiTokenStore(knex: Knex): ApiTokenStore {
  return {
    async list() {
      const rows: Row[] = await knex('api_tokens').whereNull('revoked_at').orderBy('id', 'desc').select();
      return rows.map(fromRow);
    },
    async add({ name, role, hash }, at) {
      const [row] = await knex('api_tokens')
        .insert({ name, role, hash, created_at: at.toISOString() })
        .returning('*');
      return fromRow(row);
    },
    async use(hash, at) {
      const row: Row | undefined = await knex('api_tokens').where({ hash }).whereNull('revoked_at').first();
      if (row === undefined) return null;
      const noted = new Date(at.getTime() - NOTED_EVERY_MS).toISOString();
      if (row.last_used_at === null || row.last_used_at < noted)
        await knex('api_tokens').where({ id: row.id }).update({ last_used_at: at.toISOString() });
      return fromRow(row);
    },
    async revoke(id, at) {
      const revoked = await knex('api_tokens')
        .where({ id })
        .whereNull('revoked_at')
        .update({ revoked_at: at.toISOString() });
      return revoked === 1;
    },
  };
}
