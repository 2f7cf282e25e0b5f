/** Signing in on a real port over a real store, with one page behind it that says who looks. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Config } from '../../../src/config/config.ts';
import { guard } from '../../../src/dashboard/headers.ts';
import { createSignIn } from '../../../src/dashboard/sign-in/sign-in.tsx';
import { hashPassword } from '../../../src/operate/people/password.ts';
import type { Role, User } from '../../../src/store/people.ts';
import { openTestStore } from '../../support/store.ts';

export const PASSWORD = 'four small red boats';
const kept = await hashPassword(PASSWORD, 'change');

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as a form. */
  form?: Record<string, string>;
}

export async function startSignIn({
  publicUrl = null,
  trustedProxies = [],
  wait = async () => {},
}: {
  publicUrl?: string | null;
  trustedProxies?: Config['trustedProxies'];
  wait?: (ms: number) => Promise<void>;
} = {}) {
  const { stores, knex } = await openTestStore();
  const clock = { now: new Date('2026-11-20T12:00:00.000Z') };
  const waits: number[] = [];
  const logged: string[] = [];
  const log = pino(
    new Writable({
      write(line: Buffer, _, done) {
        logged.push(line.toString());
        done();
      },
    }),
  );
  const config = { publicUrl, trustedProxies } as Config;
  const signIn = createSignIn({ stores, config, log, now: () => clock.now }, async (ms) => {
    waits.push(ms);
    await wait(ms);
  });
  const koa = new Koa();
  koa.silent = true;
  koa.use(async (ctx, next) => {
    guard(ctx);
    await signIn.routes(ctx, next);
  });
  koa.use(bodyParser({ enableTypes: ['form'] }));
  koa.use(async (ctx) => {
    const who = await signIn.who(ctx);
    if (who === null) return await signIn.ask(ctx);
    const { csrf } = (ctx.request.body ?? {}) as { csrf?: string };
    const own = signIn.isOwnForm(ctx, who, csrf);
    if (ctx.method === 'POST' && own) await signIn.say(who, { ok: true, text: 'Done', secret: 'shown once' });
    ctx.body = { who, own, said: ctx.method === 'POST' ? null : await signIn.takeSaid(who) };
  });
  const server = createServer(koa.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let cookie = '';

  /** Keeps the session's cookie as a browser would. */
  async function ask(path: string, { form, headers = {}, method }: Asked = {}): Promise<Response> {
    const answer = await fetch(url + path, {
      method: method ?? (form ? 'POST' : 'GET'),
      redirect: 'manual',
      headers: { ...(cookie ? { cookie } : {}), ...headers },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) cookie = set.split(';', 1)[0] ?? '';
    return answer;
  }

  return {
    url,
    stores,
    knex,
    clock,
    waits,
    logged,
    ask,
    cookie: (text?: string) => {
      if (text !== undefined) cookie = text;
      return cookie;
    },
    signIn: (name: string, password = PASSWORD, more: Asked & { back?: string } = {}) =>
      ask('/sign-in', { ...more, form: { name, password, back: more.back ?? '/' } }),
    async add(name: string, role: Role = 'owner', passwordHash: string | null = kept): Promise<User> {
      const user = await stores.people.add({ name, role, passwordHash, createdAt: clock.now.toISOString() });
      if (user === null) throw new Error('not added');
      return user;
    },
    /** What the page behind it answers. */
    see: async (path = '/', asked: Asked = {}) => (await ask(path, asked)).json() as Promise<Seen>,
  };
}

interface Seen {
  who: {
    name: string;
    role: Role;
    key: number | null;
    session: { id: string; userId: number; csrf: string } | null;
  };
  own: boolean;
  said: unknown;
}
