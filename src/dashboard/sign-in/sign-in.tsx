/** Who may look: what the rest of the dashboard asks of it, and the paths that are its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import Router from '@koa/router';
import type { Middleware, ParameterizedContext } from 'koa';
import bodyParser from 'koa-bodyparser';
import { PasswordsBusy, passwordFits } from '../../operate/people/password.ts';
import { createForwarded } from '../../receive/forwarded.ts';
import { nameKey, type User } from '../../store/people.ts';
import { wordsFor } from '../../words/words.ts';
import type { SignIn, Tools } from '../contract.ts';
import { pathBack } from '../forms.ts';
import { networkOf } from './address.ts';
import { BUSY_S, draw, fieldsOf, seeOther } from './answer.ts';
import { createCookies, KNOWN } from './cookie.ts';
import { createFlash } from './flash.ts';
import { createKnown } from './known.ts';
import { linkRoutes } from './links.tsx';
import { onceMore, withoutMark } from './once-more.ts';
import { isOwnForm, isSameOrigin } from './own-form.ts';
import { OnceMorePage, SignInPage } from './pages.tsx';
import { createSessions } from './session.ts';
import { Throttle } from './throttle.ts';

export type SignInTools = Pick<Tools, 'stores' | 'config' | 'now' | 'log'>;

/** Of a name, for counting; a longer one is nobody's. */
const LONGEST_KEY = 200;

export function createSignIn(
  tools: SignInTools,
  wait: (ms: number) => Promise<void> = (ms) => sleep(ms),
): SignIn {
  const { stores, config, now, log } = tools;
  const cookies = createCookies(config);
  const sessions = createSessions(tools, cookies);
  const known = createKnown(createCookies(config, KNOWN));
  const flash = createFlash(stores.sessions);
  const throttle = new Throttle({ now, wait });
  const cameFrom = createForwarded(config.trustedProxies);
  const router = new Router();
  const form = bodyParser({ enableTypes: ['form'], formLimit: '16kb' });

  async function page(ctx: ParameterizedContext, fault: string | null, name = '', back = '/'): Promise<void> {
    const words = wordsFor(ctx.get('accept-language'));
    const anybody = await stores.people.any();
    draw(ctx, <SignInPage words={words} fault={fault} name={name} back={back} anybody={anybody} />);
  }

  /** Who has this name and password; null: nobody; `busy`: it was not looked at. */
  async function whoFits(
    ctx: ParameterizedContext,
    name: string,
    password: string,
  ): Promise<User | null | 'busy'> {
    const { people } = stores;
    const before = await people.named(name);
    const proven = before !== null && known.isKnown(ctx, before);
    const address = networkOf(cameFrom(ctx.req).address);
    const asker = proven ? { userId: before.id } : { name: nameKey(name).slice(0, LONGEST_KEY), address };
    let user: User | null = null;
    const tries = async () => {
      // Once more: whoever waited may have been kept out, or have another password, since.
      user = await people.named(name);
      const kept = user?.disabledAt === null ? user.passwordHash : null;
      return await passwordFits(password, kept, proven ? 'proven' : 'sign_in');
    };
    try {
      const good = await throttle.attempt(asker, tries);
      if (good === null) return 'busy';
      return good ? user : null;
    } catch (error) {
      if (error instanceof PasswordsBusy) return 'busy';
      throw error;
    }
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
    const user = await whoFits(ctx, name, password);
    if (user === 'busy') {
      ctx.status = 503;
      ctx.set('Retry-After', String(BUSY_S));
      return await page(ctx, words.busy, name, back);
    }
    if (user === null) {
      ctx.status = 401;
      log.info('a sign-in was refused');
      return await page(ctx, words.wrong, name, back);
    }
    await sessions.begin(ctx, user.id);
    known.remember(ctx, user);
    log.info({ userId: user.id }, 'signed in');
    seeOther(ctx, back);
  });

  router.post('/do/sign_out', form, async (ctx) => {
    const who = await sessions.who(ctx);
    // Whoever is not signed in any more is where they wanted to be.
    if (who !== null && isOwnForm(ctx, who, fieldsOf(ctx)('csrf'), config)) await sessions.end(ctx);
    seeOther(ctx, '/sign-in');
  });

  linkRoutes(router, form, tools, { sessions, known });

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
