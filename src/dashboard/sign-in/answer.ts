/** How the pages of signing in read a form and answer. */
import type { ParameterizedContext } from 'koa';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';

/** After how many seconds to come back where too many passwords wait to be looked at. */
export const BUSY_S = 60;

/** The fields of a form; one that is missing, or given twice, is empty. */
export function fieldsOf(ctx: ParameterizedContext): (name: string) => string {
  const body = (ctx.request as { body?: unknown }).body as Record<string, unknown> | undefined;
  return (name) => {
    const value = body?.[name];
    return typeof value === 'string' ? value : '';
  };
}

export function draw(ctx: ParameterizedContext, page: VNode): void {
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = `<!doctype html>${render(page)}`;
}

export function seeOther(ctx: ParameterizedContext, to: string): void {
  ctx.status = 303;
  ctx.redirect(to);
}
