/**
 * A browser sends no `SameSite=Strict` cookie with a click on a link in a mail or on another site, so that a signed-in
 * person would be asked to sign in. A page of our own that goes to the same path once more makes that second request
 * ours, and the cookie comes with it. A redirect would not do: a browser counts it as part of the other site's click.
 */
import type { ParameterizedContext } from 'koa';
import { pathBack } from '../forms.ts';

/** Tells the second request from the first where the browser does not: over plain HTTP from another computer. */
const MARK = 'once_more';

/** Where to go once more, or null where the person is not signed in for all that we can know. */
export function onceMore(ctx: ParameterizedContext, cookie: string | null): string | null {
  if (cookie !== null || ctx.method !== 'GET' || !ctx.get('accept').includes('text/html')) return null;
  const to = pathBack(ctx.url);
  const site = ctx.get('sec-fetch-site');
  if (site === 'cross-site' || site === 'same-site') return to;
  if (site !== '' || ctx.query[MARK] !== undefined) return null;
  return `${to}${to.includes('?') ? '&' : '?'}${MARK}`;
}

/** The path to come back to after signing in. */
export function withoutMark(path: string): string {
  return path.replace(new RegExp(`[?&]${MARK}$`), '');
}
