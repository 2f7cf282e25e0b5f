/** Who may sign in. Nobody is ever removed, so that the log of who looked at what keeps its names. */
import type { Knex } from 'knex';

/** `helper`: no secrets, no reveals, no erasing, no settings. */
export const ROLES = ['owner', 'helper'] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  id: number;
  /** As they wrote it. */
  name: string;
  /** See src/operate/people/password.ts; null: signs in by a link only, until they choose a password. */
  passwordHash: string | null;
  role: Role;
  /** UTC ISO 8601. */
  createdAt: string;
  /** When they were kept from signing in; null: they may. */
  disabledAt: string | null;
}

export type NewUser = Pick<User, 'name' | 'passwordHash' | 'role' | 'createdAt'>;

export interface PeopleStore {
  /** By name. */
  users(): Promise<User[]>;
  any(): Promise<boolean>;
  get(id: number): Promise<User | null>;
  /** Capital letters and spaces around it do not count. */
  named(name: string): Promise<User | null>;
  /** Null where the name is taken. */
  add(user: NewUser): Promise<User | null>;
  /** Ends every session of theirs but this one, and every link. */
  setPassword(id: number, passwordHash: string, keptSession: string | null): Promise<void>;
  /** Ends every session and link of theirs. With null they may sign in again. */
  disable(id: number, at: string | null): Promise<void>;
}

interface Row {
  id: number;
  name: string;
  password_hash: string | null;
  role: Role;
  created_at: string;
  disabled_at: string | null;
}

const fromRow = (row: Row): User => ({
  id: row.id,
  name: row.name,
  passwordHash: row.password_hash,
  role: row.role,
  createdAt: row.created_at,
  disabledAt: row.disabled_at,
});

/** Two names with the same key are one name. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** To be run in a transaction where more belongs to it. Null where the name is taken. */
export async function insertUser(knex: Knex, user: NewUser): Promise<User | null> {
  const rows: Row[] = await knex('users')
    .insert({
      name: user.name.trim(),
      name_key: nameKey(user.name),
      password_hash: user.passwordHash,
      role: user.role,
      created_at: user.createdAt,
    })
    .onConflict('name_key')
    .ignore()
    .returning('*');
  return rows[0] ? fromRow(rows[0]) : null;
}

export function createPeopleStore(knex: Knex): PeopleStore {
  return {
    async users() {
      const rows: Row[] = await knex('users').orderBy('name_key').select();
      return rows.map(fromRow);
    },
    async any() {
      return (await knex('users').first('id')) !== undefined;
    },
    async get(id) {
      const row: Row | undefined = await knex('users').where({ id }).first();
      return row ? fromRow(row) : null;
    },
    async named(name) {
      const row: Row | undefined = await knex('users')
        .where({ name_key: nameKey(name) })
        .first();
      return row ? fromRow(row) : null;
    },
    add: (user) => insertUser(knex, user),
    async setPassword(id, passwordHash, keptSession) {
      await knex.transaction(async (trx) => {
        await trx('users').where({ id }).update({ password_hash: passwordHash });
        await trx('sessions')
          .where({ user_id: id })
          .whereNot({ id: keptSession ?? '' })
          .delete();
        await trx('sign_in_links').where({ user_id: id }).delete();
      });
    },
    async disable(id, at) {
      await knex.transaction(async (trx) => {
        await trx('users').where({ id }).update({ disabled_at: at });
        await trx('sessions').where({ user_id: id }).delete();
        await trx('sign_in_links').where({ user_id: id }).delete();
      });
    },
  };
}
