/** Cookies that hold what lets somebody in: no script reads them and no other site's page can have sent them. */
import type { ParameterizedContext } from 'koa';
import type { Config } from '../../config/config.ts';
import { createForwarded } from '../../receive/forwarded.ts';

const DAY_S = 24 * 60 * 60;

interface Kind {
  name: string;
  maxAgeS: number;
}

/** As long as a session lasts at most. */
const SESSION: Kind = { name: 'boomsync', maxAgeS: 90 * DAY_S };
/** As long as browsers keep any: see known.ts. */
export const KNOWN: Kind = { name: 'boomsync-known', maxAgeS: 400 * DAY_S };

export interface Cookies {
  get(ctx: ParameterizedContext): string | null;
  /** Null takes it away. */
  set(ctx: ParameterizedContext, secret: string | null): void;
}

/**
 * `Secure` where the landlord's public address is https and was the one that was asked, or where a proxy of theirs says
 * so. No proxy can take it away: one within another's https may see plain HTTP and say that.
 */
export function createCookies(
  { publicUrl, trustedProxies }: Pick<Config, 'publicUrl' | 'trustedProxies'>,
  { name, maxAgeS }: Kind = SESSION,
): Cookies {
  const site = publicUrl === null ? null : new URL(publicUrl);
  const secureHost = site?.protocol === 'https:' ? site.host : null;
  const cameFrom = createForwarded(trustedProxies);
  const isSecure = (ctx: ParameterizedContext) =>
    ctx.get('host').toLowerCase() === secureHost || cameFrom(ctx.req).https;
  // With this prefix a browser takes it from exactly this host, over https only.
  const nameOf = (ctx: ParameterizedContext) => (isSecure(ctx) ? `__Host-${name}` : name);
  return {
    get: (ctx) => ctx.cookies.get(nameOf(ctx)) ?? null,
    set(ctx, secret) {
      // By hand: Koa, which sees plain HTTP behind a proxy, refuses to set one that is `Secure`.
      const parts = [
        `${nameOf(ctx)}=${secret ?? ''}`,
        'Path=/',
        'HttpOnly',
        'SameSite=Strict',
        `Max-Age=${secret === null ? 0 : maxAgeS}`,
        ...(isSecure(ctx) ? ['Secure'] : []),
      ];
      ctx.append('Set-Cookie', parts.join('; '));
    },
  };
}
