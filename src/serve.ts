/** The front door: receives from Boom, answers health checks, and keeps everything behind it running. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { type App, type AppOptions, createApp } from './app.ts';
import type { AccountConfig } from './config/config.ts';
import { runByTheClock } from './operate/by-the-clock.ts';
import type { ForgottenAgain } from './operate/forget/again.ts';
import type { Log } from './operate/log.ts';
import { createMetrics, type Metrics } from './operate/metrics.ts';
import { readStatus } from './operate/status.ts';
import { cached } from './operate/status-cache.ts';
import { answerErrors } from './receive/http-error.ts';
import { createHttpServer } from './receive/server.ts';
import { createReceiver } from './receive/webhook.ts';

export interface Server {
  host: string;
  port: number;
  /** Answers what was taken, finishes what is under way. */
  stop(): Promise<void>;
}

export interface ServeOptions extends AppOptions {
  /** Whether the migrations are those of this version. */
  schemaCurrent: () => Promise<boolean>;
}

export async function serve(options: ServeOptions): Promise<Server> {
  const { config, stores, log, now = () => new Date(), schemaCurrent } = options;
  const { reload } = options;
  let { accounts, alerts } = config;
  const app = createApp({
    ...options,
    ...(reload === undefined
      ? {}
      : {
          reload: async () => {
            const loaded = await reload();
            if ('accounts' in loaded) {
              accounts = withKeysOf(config.accounts, loaded.accounts);
              receiver.acceptKeys(accounts);
              alerts = loaded.alerts;
              await byTheClock.alertsChanged();
            }
            return loaded;
          },
        }),
  });
  const receiver = createReceiver({
    accounts: config.accounts,
    inbox: stores.inbox,
    log,
    now,
    onStored: () => app.wake(),
  });

  let metrics: Promise<Metrics> | null = null;
  const router = new Router();
  router.get('/healthz', (ctx) => {
    ctx.body = { status: 'alive' };
  });
  router.get('/readyz', async (ctx) => {
    const writable = await receiver.checkStore();
    const ready = writable && (await schemaCurrent().catch(() => false));
    ctx.status = ready ? 200 : 503;
    ctx.body = { status: ready ? 'ready' : 'not_ready', store: writable };
  });
  const status = cached(() => {
    const server = { running: true, address: null };
    return readStatus({ stores, connections: app.connections(), config, server, now });
  });
  router.get('/metrics', async (ctx) => {
    metrics ??= createMetrics({ databaseFile: config.databaseFile, stores, now });
    const { type, text } = await (await metrics).render(await status.status());
    ctx.type = type;
    ctx.body = text;
  });

  const koa = new Koa();
  koa.silent = true;
  koa.use(answerErrors(log));
  koa.use(receiver.routes);
  koa.use(router.routes() as unknown as Middleware);
  let pages: Promise<Middleware> | null = null;
  // The pages load with the first that is asked for: a receiver that nobody looks at does without.
  koa.use(async (ctx, next) => {
    pages ??= import('./dashboard/dashboard.tsx').then(({ createDashboard }) =>
      createDashboard({
        stores,
        config,
        connections: app.connections,
        accounts: () => accounts,
        commands: app.commands,
        alerts: () => alerts,
        status: status.status,
        changed: status.forget,
        now,
        log,
      }),
    );
    await (await pages)(ctx, next);
  });

  const http = createHttpServer(koa.callback());
  http.listen(config.port, config.host);
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  await forgetReturned(app, log);
  app.start();
  const byTheClock = await runByTheClock({
    config,
    stores,
    log,
    now,
    commands: app.commands,
    reads: app.reads,
    receiver,
    status: status.status,
    alerts: () => alerts,
    base: config.publicUrl ?? hereAs(config.host, port),
  });

  return {
    host: config.host,
    port,
    async stop() {
      const stopped = byTheClock.stop();
      const closed = once(http, 'close');
      http.close();
      await receiver.stop();
      http.closeIdleConnections();
      await app.stop();
      await stopped;
      await app.commands.stop();
      http.closeAllConnections();
      await closed;
    },
  };
}

/** Before anybody is worked on: a backup from before may hold somebody who was forgotten since. */
async function forgetReturned({ commands }: App, log: Log): Promise<void> {
  const { tenants, unreadable } = (await commands.run('forget_again', {})) as ForgottenAgain;
  if (tenants > 0) log.info({ tenants }, 'forgot again whom a restored backup had brought back');
  if (unreadable > 0)
    log.warn(
      { unreadable },
      'data/forgotten/key is not the one of before: late messages may bring people back',
    );
}

/** As somebody at this computer reaches it. */
function hereAs(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** What else stands of an account counts from the next start. */
function withKeysOf(accounts: readonly AccountConfig[], now: readonly AccountConfig[]): AccountConfig[] {
  return accounts.map((account) => ({
    ...account,
    webhookKeys: now.find(({ name }) => name === account.name)?.webhookKeys ?? account.webhookKeys,
  }));
}
