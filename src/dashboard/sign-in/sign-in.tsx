/** Who may look: what the rest of the dashboard asks of it, and the paths that are its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import Router from '@koa/router';
import type { Middleware, ParameterizedContext } from 'koa';
import bodyParser from 'koa-bodyparser';
import { passwordFits } from '../../operate/people/password.ts';
import { nameKey } from '../../store/people.ts';
import type { SignIn, Tools } from '../contract.ts';
import { pathBack } from '../forms.ts';
import { wordsFor } from '../words/words.ts';
import { draw, fieldsOf, seeOther } from './answer.ts';
import { createCookies } from './cookie.ts';
import { createFlash } from './flash.ts';
import { linkRoutes } from './links.tsx';
import { onceMore, withoutMark } from './once-more.ts';
import { isOwnForm, isSameOrigin } from './own-form.ts';
import { OnceMorePage, SignInPage } from './pages.tsx';
import { createSessions } from './session.ts';
import { Throttle } from './throttle.ts';

export type SignInTools = Pick<Tools, 'stores' | 'config' | 'now' | 'log'>;

const BUSY_S = 60;

export function createSignIn(
  tools: SignInTools,
  wait: (ms: number) => Promise<void> = (ms) => sleep(ms),
): SignIn {
  const { stores, config, now, log } = tools;
  const cookies = createCookies(config);
  const sessions = createSessions(tools, cookies);
  const flash = createFlash(stores.sessions);
  const throttle = new Throttle({ now, wait });
  const router = new Router();
  const form = bodyParser({ enableTypes: ['form'], formLimit: '16kb' });

  async function page(ctx: ParameterizedContext, fault: string | null, name = '', back = '/'): Promise<void> {
    const words = wordsFor(ctx.get('accept-language'));
    const anybody = await stores.people.any();
    draw(ctx, <SignInPage words={words} fault={fault} name={name} back={back} anybody={anybody} />);
  }

  router.get('/sign-in', async (ctx) => {
    const back = pathBack(ctx.query.back);
    if ((await sessions.who(ctx)) !== null) return seeOther(ctx, back);
    await page(ctx, null, '', back);
  });

  router.post('/sign-in', form, async (ctx) => {
    const { signIn: words } = wordsFor(ctx.get('accept-language'));
    const given = fieldsOf(ctx);
    const [name, password, back] = [given('name'), given('password'), pathBack(given('back'))];
    if (!isSameOrigin(ctx, config)) {
      ctx.status = 403;
      return await page(ctx, words.elsewhere, '', back);
    }
    let userId = 0;
    const good = await throttle.attempt(
      nameKey(name.slice(0, 200)),
      ctx.req.socket.remoteAddress ?? '',
      async () => {
        const user = await stores.people.named(name);
        const may = user !== null && user.disabledAt === null;
        userId = user?.id ?? 0;
        return (await passwordFits(password, may ? user.passwordHash : null)) && may;
      },
    );
    if (good === true) {
      await sessions.begin(ctx, userId);
      log.info({ userId }, 'signed in');
      return seeOther(ctx, back);
    }
    ctx.status = good === null ? 503 : 401;
    if (good === null) ctx.set('Retry-After', String(BUSY_S));
    else log.info('a sign-in was refused');
    await page(ctx, good === null ? words.busy : words.wrong, name, back);
  });

  router.post('/do/sign_out', form, async (ctx) => {
    const who = await sessions.who(ctx);
    // Whoever is not signed in any more is where they wanted to be.
    if (who !== null && isOwnForm(ctx, who, fieldsOf(ctx)('csrf'), config)) await sessions.end(ctx);
    seeOther(ctx, '/sign-in');
  });

  linkRoutes(router, form, tools, sessions);

  return {
    routes: router.routes() as unknown as Middleware,
    who: (ctx) => sessions.who(ctx),
    async ask(ctx) {
      const again = onceMore(ctx, cookies.get(ctx));
      if (again !== null)
        return draw(ctx, <OnceMorePage words={wordsFor(ctx.get('accept-language'))} to={again} />);
      const looked = ctx.method === 'GET' || ctx.method === 'HEAD';
      const back = pathBack(looked ? withoutMark(ctx.url) : fieldsOf(ctx)('back'));
      seeOther(ctx, back === '/' ? '/sign-in' : `/sign-in?back=${encodeURIComponent(back)}`);
    },
    isOwnForm: (ctx, who, csrf) => isOwnForm(ctx, who, csrf, config),
    say: (who, said) => flash.say(who, said),
    takeSaid: (who) => flash.take(who),
  };
}
