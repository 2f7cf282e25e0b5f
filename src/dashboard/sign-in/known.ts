/**
 * A browser in which somebody signed in before: it says so with a cookie, and signs in by a lane of that person's own, so
 * that nobody who floods the sign-in keeps it out. The cookie lets nobody in.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ParameterizedContext } from 'koa';
import type { User } from '../../store/people.ts';
import type { Cookies } from './cookie.ts';

export interface Known {
  /** After somebody has signed in. */
  remember(ctx: ParameterizedContext, user: User): void;
  /** Whether this user signed in here, since their password was last changed. */
  isKnown(ctx: ParameterizedContext, user: User): boolean;
}

export function createKnown(cookies: Cookies): Known {
  return {
    remember(ctx, user) {
      const mark = markOf(user);
      if (mark !== null) cookies.set(ctx, mark);
    },
    isKnown(ctx, user) {
      const [given, mark] = [cookies.get(ctx), markOf(user)];
      if (given === null || mark === null) return false;
      const [one, other] = [Buffer.from(given), Buffer.from(mark)];
      return one.length === other.length && timingSafeEqual(one, other);
    },
  };
}

/**
 * Made with what the password is kept as, so that nothing more has to be: in it is a salt of 16 random bytes, without
 * which nobody can try passwords against the cookie. Null: no password yet.
 */
function markOf({ id, passwordHash }: User): string | null {
  if (passwordHash === null) return null;
  return createHmac('sha256', passwordHash).update(`signed in here before: ${id}`).digest('base64url');
}
