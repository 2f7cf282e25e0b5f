/** Begins, finds and ends sessions: what stands between the cookie and the store. */
import { randomBytes } from 'node:crypto';
import type { ParameterizedContext } from 'koa';
import { hashOf, makeSecret } from '../../operate/people/secrets.ts';
import type { Tools, Who } from '../contract.ts';
import type { Cookies } from './cookie.ts';

const BEARER = /^Bearer +(\S+)$/i;

export interface Sessions {
  /** By the cookie, or by `Authorization: Bearer …`, which counts alone where it is sent. */
  who(ctx: ParameterizedContext): Promise<Who | null>;
  /** With a new cookie each time, so that nobody can have laid one there before. */
  begin(ctx: ParameterizedContext, userId: number): Promise<void>;
  /** Ends it here, and takes the cookie away. */
  end(ctx: ParameterizedContext): Promise<void>;
}

export function createSessions({ stores, now }: Pick<Tools, 'stores' | 'now'>, cookies: Cookies): Sessions {
  const { sessions, apiTokens } = stores;
  const idOf = (ctx: ParameterizedContext) => {
    const secret = cookies.get(ctx);
    return secret === null ? null : hashOf(secret);
  };

  return {
    async who(ctx) {
      const given = ctx.get('authorization');
      if (given !== '') {
        const key = BEARER.exec(given)?.[1];
        const token = key === undefined ? null : await apiTokens.use(hashOf(key), now());
        return token && { name: token.name, role: token.role, key: token.id, session: null };
      }
      const id = idOf(ctx);
      const found = id === null ? null : await sessions.find(id, now());
      if (found === null) return null;
      const { userId, csrf, name, role } = found;
      return { name, role, key: null, session: { id: found.id, userId, csrf } };
    },
    async begin(ctx, userId) {
      const { secret, hash } = makeSecret();
      const csrf = randomBytes(32).toString('base64url');
      await sessions.begin({ id: hash, userId, csrf }, idOf(ctx), now());
      cookies.set(ctx, secret);
    },
    async end(ctx) {
      const id = idOf(ctx);
      if (id !== null) await sessions.end(id);
      cookies.set(ctx, null);
    },
  };
}
