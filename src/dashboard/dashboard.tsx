/** The pages and the JSON API, from one list of pages and one of actions. */
import Router from '@koa/router';
import type { Middleware, ParameterizedContext } from 'koa';
import bodyParser from 'koa-bodyparser';
import { render } from 'preact-render-to-string';
import { HttpError } from '../receive/http-error.ts';
import { wordsFor } from '../words/words.ts';
import { ACTIONS } from './actions.ts';
import { apiRoutes } from './api.ts';
import { serveAssets } from './assets.ts';
import type { Action, At, Body, Frame, NavName, Page, Said, Tools, Who } from './contract.ts';
import { pathBack } from './forms.ts';
import { guard } from './headers.ts';
import { createHostCheck } from './host.ts';
import { fieldNames } from './names.ts';
import { PAGES } from './pages.ts';
import { Document } from './parts/layout.tsx';
import { Message } from './parts/message.tsx';
import { runAction } from './run-action.ts';
import { createSignIn } from './sign-in/sign-in.tsx';

/** Larger than any form of ours: a key file may be pasted. */
const LARGEST_FORM = '64kb';
/** Names of fields are names and nothing more, and of one name there may be as many as a long list has rows. */
const FLAT = { allowDots: false, depth: 0, arrayLimit: 2_000, parameterLimit: 4_000 };

/** Answers for every path that is not Boom's or a monitor's. */
export function createDashboard(tools: Tools): Middleware {
  const isOurs = createHostCheck(tools.config);
  const signIn = createSignIn(tools);
  const router = new Router();
  const options = { enableTypes: ['form'], formLimit: LARGEST_FORM, queryString: FLAT, onerror: refuseForm };
  const form = bodyParser(options);

  for (const page of PAGES) router.get(page.path, async (ctx) => await show(ctx, page));
  // What a mail links to: a browser that comes from elsewhere is sent once more to the same path, and loses what is
  // behind `#` (see sign-in/once-more.ts).
  router.get('/needs-you/at/:place', async (ctx) => {
    if ((await signIn.who(ctx)) === null) return await signIn.ask(ctx);
    ctx.status = 303;
    ctx.redirect(`/needs-you#${encodeURIComponent(ctx.params.place ?? '')}`);
  });
  router.post('/do/:name', form, async (ctx) => await act(ctx));
  const api = apiRoutes(tools, signIn);

  async function show(ctx: ParameterizedContext, page: Page): Promise<void> {
    const who = await signIn.who(ctx);
    if (who === null) return await signIn.ask(ctx);
    const at: At = { ...tools, who, words: wordsFor(ctx.get('accept-language')) };
    if (!mayDo(who, page))
      return await tell(ctx, at, 403, at.words.frame.notAllowed, at.words.frame.notAllowedText);
    const query = page.query.safeParse({ ...ctx.query, ...ctx.params });
    const view = query.success ? await page.read(query.data as never, at) : null;
    if (view === null) return await tell(ctx, at, 404, at.words.frame.notFound, at.words.frame.notFoundText);
    const said = await signIn.takeSaid(who);
    const frame = await frameOf(ctx, at, said);
    draw(ctx, frame, page.title(view as never, at.words), page.nav, page.body(view as never, frame));
  }

  /** For a person in a browser; a program gets the error in the one shape of all. */
  async function showNothing(ctx: ParameterizedContext): Promise<void> {
    if (ctx.method !== 'GET' || !ctx.get('accept').includes('text/html')) return;
    const who = await signIn.who(ctx);
    if (who === null) return await signIn.ask(ctx);
    const at: At = { ...tools, who, words: wordsFor(ctx.get('accept-language')) };
    await tell(ctx, at, 404, at.words.frame.notFound, at.words.frame.notFoundText);
  }

  async function act(ctx: ParameterizedContext): Promise<void> {
    const who = await signIn.who(ctx);
    if (who === null) return await signIn.ask(ctx);
    const at: At = { ...tools, who, words: wordsFor(ctx.get('accept-language')) };
    const { frame } = at.words;
    const { csrf, back, ...given } = (ctx.request.body ?? {}) as Record<string, unknown>;
    if (!signIn.isOwnForm(ctx, who, csrf))
      return await tell(ctx, at, 403, frame.wrongForm, frame.wrongFormText);
    const action = ACTIONS.find(({ name }) => name === ctx.params.name);
    if (action === undefined) return await tell(ctx, at, 404, frame.notFound, frame.notFoundText);
    if (!mayDo(who, action)) return await tell(ctx, at, 403, frame.notAllowed, frame.notAllowedText);
    const input = action.input.safeParse(given);
    if (!input.success) return await tell(ctx, at, 400, frame.wrongForm, frame.wrongFormText);
    const said = await runAction(action, input.data, at);
    if (!said.quiet) await signIn.say(who, said);
    ctx.status = 303;
    ctx.redirect(pathBack(said.to ?? back));
  }

  async function frameOf(ctx: ParameterizedContext, at: At, said: Said | null): Promise<Frame> {
    const { words, who, config, now } = at;
    const status = await tools.status();
    return {
      words,
      who,
      status,
      timezone: config.timezone,
      fieldName: fieldNames(at.connections(), words),
      now: now(),
      here: ctx.url,
      said,
    };
  }

  async function tell(
    ctx: ParameterizedContext,
    at: At,
    status: number,
    title: string,
    text: string,
  ): Promise<void> {
    ctx.status = status;
    const frame = await frameOf(ctx, at, null);
    draw(ctx, { ...frame, here: '/' }, title, null, <Message text={text} words={at.words} />);
  }

  return async (ctx, next) => {
    guard(ctx);
    if (!isOurs(ctx.headers.host)) {
      ctx.status = 421;
      ctx.body = 'This name is not one of this server. Set "publicUrl" in config/boomsync.yaml to use it.';
      return;
    }
    await serveAssets(ctx, async () => {
      await api(ctx, async () => {
        await signIn.routes(ctx, async () => {
          await (router.routes() as unknown as Middleware)(ctx, async () => {
            await next();
            if (ctx.status === 404 && ctx.body == null) await showNothing(ctx);
          });
        });
      });
    });
  };
}

function refuseForm(): never {
  throw new HttpError(
    413,
    'too_large',
    'This form could not be read, or is too large.',
    'Send less at once.',
    {
      close: true,
    },
  );
}

function mayDo(who: Who, { role }: Page | Action): boolean {
  return who.role === 'owner' || role === 'helper';
}

function draw(ctx: ParameterizedContext, frame: Frame, title: string, nav: NavName | null, body: Body): void {
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = `<!doctype html>${render(
    <Document title={title} frame={frame} nav={nav}>
      {body}
    </Document>,
  )}`;
}
