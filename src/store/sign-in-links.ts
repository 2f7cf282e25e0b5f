/** Links that let somebody in once. Only their hashes are kept. */
import type { Knex } from 'knex';
import { insertUser, type NewUser, type User } from './people.ts';

const DAY = 24 * 60 * 60_000;

export interface SignInLink {
  hash: string;
  /** Null: for whoever becomes the first user. */
  userId: number | null;
}

export interface SignInLinkStore {
  /** Those for the first user replace each other, so that only the newest that was printed works. */
  add(link: SignInLink, forMs: number, at: Date): Promise<void>;
  /** Null where it was used, is too old, was replaced, or is for a first user and there is one. Does not use it up. */
  look(hash: string, at: Date): Promise<SignInLink | null>;
  /** False where `look` would find none: of two who use it at once one gets in. */
  use(hash: string, at: Date): Promise<boolean>;
  /** Makes the first user of it, all of it or nothing; null where `look` would find none. */
  useForFirst(hash: string, user: NewUser, at: Date): Promise<User | null>;
}

export function createSignInLinkStore(knex: Knex): SignInLinkStore {
  const open = (query: Knex, hash: string, at: Date) =>
    query('sign_in_links')
      .where({ hash })
      .whereNull('used_at')
      .where('expires_at', '>', at.toISOString())
      .where((link) => link.whereNotNull('user_id').orWhereNotExists(query('users').select('id')));

  return {
    async add({ hash, userId }, forMs, at) {
      const expires = new Date(at.getTime() + forMs).toISOString();
      await knex.transaction(async (trx) => {
        if (userId === null) await trx('sign_in_links').whereNull('user_id').delete();
        await trx('sign_in_links')
          .where('expires_at', '<', new Date(at.getTime() - DAY).toISOString())
          .delete();
        await trx('sign_in_links').insert({ hash, user_id: userId, expires_at: expires });
      });
    },
    async look(hash, at) {
      const row: { user_id: number | null } | undefined = await open(knex, hash, at).first('user_id');
      return row ? { hash, userId: row.user_id } : null;
    },
    async use(hash, at) {
      return (await open(knex, hash, at).update({ used_at: at.toISOString() })) === 1;
    },
    useForFirst: (hash, user, at) =>
      knex.transaction(async (trx) => {
        const used = await open(trx, hash, at).whereNull('user_id').update({ used_at: at.toISOString() });
        return used === 1 ? await insertUser(trx, user) : null;
      }),
  };
}
