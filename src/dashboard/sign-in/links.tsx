/** Links that let somebody in once: for the first user, for whoever was added, and for whoever is locked out. */
import type Router from '@koa/router';
import type { Middleware, ParameterizedContext } from 'koa';
import { hashPassword, PasswordsBusy } from '../../operate/people/password.ts';
import { hashOf } from '../../operate/people/secrets.ts';
import type { User } from '../../store/people.ts';
import { type Words, wordsFor } from '../../words/words.ts';
import type { Tools } from '../contract.ts';
import { BUSY_S, draw, fieldsOf, seeOther } from './answer.ts';
import { chosenNameFault, chosenPasswordFault } from './chosen.ts';
import type { Known } from './known.ts';
import { isSameOrigin } from './own-form.ts';
import { DeadLinkPage, FirstRunPage, LinkPage } from './pages.tsx';
import type { Sessions } from './session.ts';

type LinkTools = Pick<Tools, 'stores' | 'config' | 'now' | 'log'>;

export function linkRoutes(
  router: Router,
  form: Middleware,
  tools: LinkTools,
  { sessions, known }: { sessions: Sessions; known: Known },
): void {
  const { stores, config, now, log } = tools;
  const { people, signInLinks } = stores;
  const hashIn = (ctx: ParameterizedContext) => hashOf(String(ctx.params.token));
  const words = (ctx: ParameterizedContext) => wordsFor(ctx.get('accept-language'));

  function dead(ctx: ParameterizedContext, first: boolean): void {
    ctx.status = 410;
    draw(ctx, <DeadLinkPage words={words(ctx)} first={first} />);
  }

  /** A sentence about what was sent, or null where it will do. */
  function wrong(ctx: ParameterizedContext, find: (all: Words) => string | null): string | null {
    const all = words(ctx);
    const fault = isSameOrigin(ctx, config) ? find(all) : all.signIn.elsewhere;
    if (fault !== null) ctx.status = 400;
    return fault;
  }

  /** Null where too many wait to be looked at; the link works on. */
  async function hashOrBusy(ctx: ParameterizedContext, password: string): Promise<string | null> {
    try {
      return await hashPassword(password, 'proven');
    } catch (error) {
      if (!(error instanceof PasswordsBusy)) throw error;
      ctx.status = 503;
      ctx.set('Retry-After', String(BUSY_S));
      return null;
    }
  }

  router.get('/first-run/:token', async (ctx) => {
    const link = await signInLinks.look(hashIn(ctx), now());
    if (link === null || link.userId !== null) return dead(ctx, !(await people.any()));
    draw(ctx, <FirstRunPage words={words(ctx)} fault={null} name="" />);
  });

  router.post('/first-run/:token', form, async (ctx) => {
    const hash = hashIn(ctx);
    const link = await signInLinks.look(hash, now());
    if (link === null || link.userId !== null) return dead(ctx, !(await people.any()));
    const given = fieldsOf(ctx);
    const [name, password] = [given('name'), given('password')];
    const shown = (said: string) => draw(ctx, <FirstRunPage words={words(ctx)} fault={said} name={name} />);
    const fault = wrong(
      ctx,
      (all) => chosenNameFault(name, all) ?? chosenPasswordFault(password, given('again'), all),
    );
    if (fault !== null) return shown(fault);
    const passwordHash = await hashOrBusy(ctx, password);
    if (passwordHash === null) return shown(words(ctx).signIn.busy);
    const createdAt = now().toISOString();
    const user = await signInLinks.useForFirst(hash, { name, passwordHash, role: 'owner', createdAt }, now());
    if (user === null) return dead(ctx, false);
    await letIn(ctx, user);
  });

  /** Whose link it is; null where it works no more. */
  async function ownerOf(ctx: ParameterizedContext): Promise<User | null> {
    const link = await signInLinks.look(hashIn(ctx), now());
    return link?.userId == null ? null : await people.get(link.userId);
  }

  router.get('/link/:token', async (ctx) => {
    const user = await ownerOf(ctx);
    if (user === null) return dead(ctx, false);
    const hasPassword = user.passwordHash !== null;
    draw(ctx, <LinkPage words={words(ctx)} fault={null} name={user.name} hasPassword={hasPassword} />);
  });

  router.post('/link/:token', form, async (ctx) => {
    const user = await ownerOf(ctx);
    if (user === null) return dead(ctx, false);
    const given = fieldsOf(ctx);
    const [password, again] = [given('password'), given('again')];
    const hasPassword = user.passwordHash !== null;
    const keeps = hasPassword && password === '' && again === '';
    const fault = wrong(ctx, (all) => (keeps ? null : chosenPasswordFault(password, again, all)));
    const shown = (said: string) =>
      draw(ctx, <LinkPage words={words(ctx)} fault={said} name={user.name} hasPassword={hasPassword} />);
    if (fault !== null) return shown(fault);
    const passwordHash = keeps ? null : await hashOrBusy(ctx, password);
    if (passwordHash === null && !keeps) return shown(words(ctx).signIn.busy);
    if (!(await signInLinks.use(hashIn(ctx), now()))) return dead(ctx, false);
    if (passwordHash !== null) await people.setPassword(user.id, passwordHash, null);
    await letIn(ctx, passwordHash === null ? user : { ...user, passwordHash });
  });

  async function letIn(ctx: ParameterizedContext, user: User): Promise<void> {
    await sessions.begin(ctx, user.id);
    known.remember(ctx, user);
    log.info({ userId: user.id }, 'signed in by a link');
    seeOther(ctx, '/');
  }
}
