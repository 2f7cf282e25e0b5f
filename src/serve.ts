/** The front door: receives from Boom, answers health checks, and keeps everything behind it running. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { type AppOptions, createApp } from './app.ts';
import type { AccountConfig } from './config/config.ts';
import { faultName } from './fault-name.ts';
import { createAlerts } from './operate/alerts/alerts.ts';
import { startHeartbeat } from './operate/alerts/heartbeat.ts';
import { beat } from './operate/beat.ts';
import { keepDays } from './operate/days.ts';
import { fillSearch } from './operate/fill-search.ts';
import { createMetrics, type Metrics } from './operate/metrics.ts';
import { scheduleResync } from './operate/schedule.ts';
import { readStatus } from './operate/status.ts';
import { scheduleUpkeep } from './operate/upkeep.ts';
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
  const { reload } = options;
  let accounts = config.accounts;
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
  const readOwnStatus = () => {
    const server = { running: true, address: null };
    return readStatus({ stores, connections: app.connections(), config, server, now });
  };
  router.get('/metrics', async (ctx) => {
    metrics ??= createMetrics();
    const { type, text } = await (await metrics).render(await readOwnStatus());
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
        status: readOwnStatus,
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
  app.start();
  const stopFilling = fillSearch(stores, log);
  const days = keepDays({ days: stores.days, status: readOwnStatus, timezone: config.timezone, now, log });
  const stopSchedule = await scheduleResync(config, log, async () => {
    const reports = await app.commands.resyncByClock();
    await days.look(true);
    return reports;
  });
  const upkeep = { timezone: config.timezone, stores, now, log };
  const stopUpkeep = await Promise.all([
    scheduleUpkeep({
      ...upkeep,
      what: 'backup',
      schedule: config.backup.schedule,
      run: () => app.commands.run('backup', { to: null }),
    }),
    scheduleUpkeep({
      ...upkeep,
      what: 'retention',
      schedule: config.retention.schedule,
      run: () => app.commands.run('retention', { dryRun: false }),
    }),
  ]);
  const stopBeating = await beat(app.reads, () => receiver.tookAll(), log);
  const base = config.publicUrl ?? hereAs(config.host, port);
  const alerts = createAlerts({ config, stores, status: readOwnStatus, base, now, log });
  alerts.start();
  const stopHeartbeat = startHeartbeat(config.alerts.heartbeat, () => receiver.checkStore(), log);

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
      const upkept = stopUpkeep.map((stopIt) => stopIt());
      const told = Promise.all([alerts.stop(), stopHeartbeat()]);
      await stopBeating();
      await stopFilling();
      await days.stop();
      const closed = once(http, 'close');
      http.close();
      await receiver.stop();
      http.closeIdleConnections();
      await app.stop();
      await asking;
      await app.commands.stop();
      await resynced;
      await told;
      await Promise.all(upkept);
      http.closeAllConnections();
      await closed;
    },
  };
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
