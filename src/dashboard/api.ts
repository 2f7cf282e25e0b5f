/** `/api/v1`: the pages' own reads and the buttons' own actions, as JSON, for scripts and for our own script. */
import Router from '@koa/router';
import type { Middleware, ParameterizedContext } from 'koa';
import bodyParser from 'koa-bodyparser';
import { HttpError } from '../receive/http-error.ts';
import { wordsFor } from '../words/words.ts';
import { ACTIONS } from './actions.ts';
import type { At, SignIn, Tools, Who } from './contract.ts';
import { openApi } from './openapi.ts';
import { PAGES } from './pages.ts';
import { runAction } from './run-action.ts';

export function apiRoutes(tools: Tools, signIn: SignIn): Middleware {
  const router = new Router({ prefix: '/api/v1' });
  const json = bodyParser({ enableTypes: ['json'], jsonLimit: '64kb', onerror: refuseBody });

  router.get('/openapi.json', (ctx) => {
    ctx.body = openApi(PAGES, ACTIONS);
  });
  router.get('/status', async (ctx) => {
    await admit(ctx, 'helper');
    ctx.body = await tools.status();
  });
  for (const page of PAGES) {
    router.get(`/${page.name}`, async (ctx) => {
      const at = await admit(ctx, page.role);
      const query = page.query.safeParse(ctx.query);
      if (!query.success) throw wrongInput(query.error.issues.map(({ path }) => path.join('.')));
      const view = await page.read(query.data as never, at);
      if (view === null) throw notThere();
      ctx.body = view;
    });
  }
  for (const action of ACTIONS) {
    router.post(`/do/${action.name}`, json, async (ctx) => {
      const at = await admit(ctx, action.role);
      // A script's key is no cookie: nobody else's page can make a browser send it.
      const own = at.who.session === null || signIn.isOwnForm(ctx, at.who, ctx.get('x-csrf'));
      if (!own)
        throw new HttpError(403, 'not_own', 'This did not come from a page of ours.', 'Load the page again.');
      const input = action.input.safeParse(ctx.request.body ?? {});
      if (!input.success) throw wrongInput(input.error.issues.map(({ path }) => path.join('.')));
      const said = await runAction(action, input.data, at);
      ctx.status = said.ok ? 200 : 409;
      ctx.body = said;
    });
  }

  async function admit(ctx: ParameterizedContext, role: Who['role']): Promise<At> {
    const who = await signIn.who(ctx);
    if (who === null)
      throw new HttpError(
        401,
        'not_signed_in',
        'This needs a key for scripts.',
        'Make one in Settings, and send it as "Authorization: Bearer KEY".',
      );
    if (role === 'owner' && who.role !== 'owner')
      throw new HttpError(403, 'not_allowed', 'Only an owner may do this.', 'Use a key of an owner.');
    return { ...tools, who, words: wordsFor(ctx.get('accept-language')) };
  }

  return router.routes() as unknown as Middleware;
}

function refuseBody(): never {
  throw new HttpError(
    400,
    'not_json',
    'The body is not JSON, or too large.',
    'Send one JSON object of at most 64 KB.',
  );
}

function wrongInput(fields: string[]): HttpError {
  const names = [...new Set(fields)].filter(Boolean).join(', ');
  return new HttpError(
    400,
    'wrong_input',
    `This was asked for wrongly${names ? `: ${names}` : ''}.`,
    'See /api/v1/openapi.json.',
  );
}

function notThere(): HttpError {
  return new HttpError(404, 'not_found', 'There is no such thing.', 'Check the id.');
}
