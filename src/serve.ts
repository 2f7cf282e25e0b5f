/** The front door: receives from Boom, answers health checks, and keeps everything behind it running. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { type AppOptions, createApp } from './app.ts';
import { faultName } from './fault-name.ts';
import { beat } from './operate/beat.ts';
import { createMetrics, type Metrics } from './operate/metrics.ts';
import { scheduleResync } from './operate/schedule.ts';
import { readStatus } from './operate/status.ts';
import { answerErrors } from './receive/http-error.ts';
import { createHttpServer } from './receive/server.ts';
import { createReceiver } from './receive/webhook.ts';

/** How often the server looks for what other commands ask of it. */
const COMMANDS_MS = 250;

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
  const app = createApp(options);
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
  router.get('/metrics', async (ctx) => {
    const server = { running: true, address: null };
    const status = await readStatus({ stores, connections: app.connections(), config, server, now });
    metrics ??= createMetrics();
    const { type, text } = await (await metrics).render(status);
    ctx.type = type;
    ctx.body = text;
  });

  const koa = new Koa();
  koa.silent = true;
  koa.use(answerErrors(log));
  koa.use(receiver.routes);
  koa.use(router.routes() as unknown as Middleware);

  const http = createHttpServer(koa.callback());
  http.listen(config.port, config.host);
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  app.start();
  const stopSchedule = await scheduleResync(config, log, () => app.commands.resyncByClock());
  const stopBeating = await beat(app.reads, () => receiver.tookAll(), log);

  let asking: Promise<void> = Promise.resolve();
  let busy = false;
  const commands = setInterval(() => {
    if (busy) return;
    busy = true;
    asking = app.commands
      .runOpen()
      .catch((error: unknown) => log.error(faultName(error), 'a command failed'))
      .finally(() => {
        busy = false;
      });
  }, COMMANDS_MS);

  return {
    host: config.host,
    port,
    async stop() {
      clearInterval(commands);
      const resynced = stopSchedule();
      await stopBeating();
      const closed = once(http, 'close');
      http.close();
      await receiver.stop();
      http.closeIdleConnections();
      await app.stop();
      await asking;
      await app.commands.stop();
      await resynced;
      http.closeAllConnections();
      await closed;
    },
  };
}
