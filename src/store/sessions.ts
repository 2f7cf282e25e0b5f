/** Who is signed in. A session is named by the hash of what its cookie holds: whoever reads this table gets in nowhere. */
import type { Knex } from 'knex';
import type { Role } from './people.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** Nobody came for so long: it ends. */
const IDLE_MS = 30 * DAY;
/** However often somebody comes. */
const LONGEST_MS = 90 * DAY;
/** Noting it with every page would sync the disk for each. */
const SEEN_EVERY_MS = HOUR;
/** One that begins later than this was made while the clock was wrong, and would outlive its time. */
const AHEAD_MS = DAY;

export interface StoredSession {
  id: string;
  userId: number;
  csrf: string;
  /** Of its user. */
  name: string;
  role: Role;
}

export interface SessionStore {
  /** In the place of `before`, where they were signed in already. Also removes what has ended. */
  begin(
    session: { id: string; userId: number; csrf: string },
    before: string | null,
    at: Date,
  ): Promise<void>;
  /** Null where it has ended, or its user may not sign in any more. */
  find(id: string, at: Date): Promise<StoredSession | null>;
  end(id: string): Promise<void>;
  /** Signs a person out everywhere. Returns from how many places. */
  endAll(userId: number): Promise<number>;
  /** For the next page of this session; of several the last. */
  say(id: string, flash: unknown): Promise<void>;
  /** Once; null where there is nothing. */
  take(id: string): Promise<unknown>;
}

interface Row {
  id: string;
  user_id: number;
  csrf: string;
  created_at: string;
  seen_at: string;
  name: string;
  role: Role;
}

const iso = (at: Date, plus = 0) => new Date(at.getTime() + plus).toISOString();

export function createSessionStore(knex: Knex): SessionStore {
  return {
    async begin({ id, userId, csrf }, before, at) {
      await knex.transaction(async (trx) => {
        await trx('sessions')
          .where({ id: before ?? '' })
          .orWhere('expires_at', '<=', iso(at))
          .orWhere('seen_at', '<=', iso(at, -IDLE_MS))
          .delete();
        await trx('sessions').insert({
          id,
          user_id: userId,
          csrf,
          created_at: iso(at),
          seen_at: iso(at),
          expires_at: iso(at, LONGEST_MS),
        });
      });
    },
    async find(id, at) {
      const row: Row | undefined = await knex('sessions')
        .join('users', 'users.id', 'sessions.user_id')
        .where({ 'sessions.id': id })
        .whereNull('users.disabled_at')
        .where('sessions.expires_at', '>', iso(at))
        .where('sessions.seen_at', '>', iso(at, -IDLE_MS))
        .where('sessions.created_at', '<', iso(at, AHEAD_MS))
        .first('sessions.*', 'users.name', 'users.role');
      if (row === undefined) return null;
      if (row.seen_at < iso(at, -SEEN_EVERY_MS))
        await knex('sessions')
          .where({ id })
          .update({ seen_at: iso(at) });
      return { id, userId: row.user_id, csrf: row.csrf, name: row.name, role: row.role };
    },
    async end(id) {
      await knex('sessions').where({ id }).delete();
    },
    endAll: (userId) => knex('sessions').where({ user_id: userId }).delete(),
    async say(id, flash) {
      await knex('sessions')
        .where({ id })
        .update({ flash: JSON.stringify(flash) });
    },
    async take(id) {
      const row: { flash: string | null } | undefined = await knex('sessions').where({ id }).first('flash');
      if (!row?.flash) return null;
      // Of two pages that load at once, one shows it.
      const taken = await knex('sessions').where({ id, flash: row.flash }).update({ flash: null });
      return taken === 1 ? (JSON.parse(row.flash) as unknown) : null;
    },
  };
}
