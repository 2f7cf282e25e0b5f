/** Whether a form was sent by one of our own pages, and not by somebody else's that a signed-in person looks at. */
import { hash, timingSafeEqual } from 'node:crypto';
import type { ParameterizedContext } from 'koa';
import type { Config } from '../../config/config.ts';
import type { Who } from '../contract.ts';

/**
 * By what the browser says of itself, which no page can change. A browser that says nothing may pass: it sends no cookie
 * that matters without being SameSite=Strict, and a session's forms have their own proof.
 */
export function isSameOrigin(ctx: ParameterizedContext, { publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  const site = ctx.get('sec-fetch-site');
  if (site !== '' && site !== 'same-origin') return false;
  const origin = ctx.get('origin');
  if (origin === '') return true;
  // What a page sends that is to tell nobody where it came from; then only the other header can vouch for it.
  if (origin === 'null') return site === 'same-origin';
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === ctx.get('host').toLowerCase();
}

/** A script sends its key by itself; what a browser sends by itself is proven by what only our pages know. */
export function isOwnForm(
  ctx: ParameterizedContext,
  { session }: Who,
  csrf: unknown,
  config: Pick<Config, 'publicUrl'>,
): boolean {
  if (session === null) return true;
  if (typeof csrf !== 'string' || !isSameOrigin(ctx, config)) return false;
  return timingSafeEqual(hash('sha256', csrf, 'buffer'), hash('sha256', session.csrf, 'buffer'));
}
