/**
 * The server that is measured, in a process of its own: `durable` is the receiver on a real file, `bare` the
 * same Koa, router and body parser answering 202 without storing.
 */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import bodyParser from 'koa-bodyparser';
import { createLog } from '../src/operate/log.ts';
import { answerErrors } from '../src/receive/http-error.ts';
import { createHttpServer } from '../src/receive/server.ts';
import { createReceiver } from '../src/receive/webhook.ts';
import { migrate, openDatabase } from '../src/store/database.ts';
import { Inbox } from '../src/store/inbox.ts';
import { WEBHOOK_KEY } from './load.ts';

const [mode, folder] = process.argv.slice(2);
if ((mode !== 'durable' && mode !== 'bare') || folder === undefined)
  throw new Error('usage: server durable|bare folder');

const app = new Koa();
let settle = async (): Promise<void> => {};
if (mode === 'durable') {
  const knex = await openDatabase(join(folder, 'boomsync.sqlite'));
  await migrate(knex);
  const log = createLog('info');
  const accounts = [{ name: 'main', webhookKeys: [WEBHOOK_KEY] }];
  app.use(answerErrors(log));
  const inbox = new Inbox(knex);
  app.use(createReceiver({ accounts, inbox, log }).routes);
  settle = () => markAll(inbox);
} else {
  app.use(bare());
}

const server = createHttpServer(app.callback());
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
/** To whoever asks: the time of all threads of the process. */
process.on('message', async (question: { settle: boolean }) => {
  if (question.settle) await settle();
  const { user, system } = process.cpuUsage();
  process.send?.({ microseconds: user + system });
});
process.on('disconnect', () => process.exit());

/** What the projection does to the inbox between two bursts: without it more would wait than ever does. */
async function markAll(inbox: Inbox): Promise<void> {
  for (let due = await inbox.pending(1_000); due.length > 0; due = await inbox.pending(1_000)) {
    const projectedAt = new Date().toISOString();
    await inbox.markProjected(
      due.map(({ id }) => ({
        id,
        status: 'projected',
        detail: null,
        tenantId: null,
        normalised: null,
        projectedAt,
      })),
    );
  }
}

function bare(): Middleware {
  const router = new Router();
  const parse = bodyParser({ enableTypes: ['json'], jsonLimit: '256kb' });
  router.post(['/webhooks/boom', '/webhooks/boom/:account'], parse, (ctx) => {
    ctx.status = 202;
    ctx.body = { status: 'stored', id: 1 };
  });
  return router.routes() as unknown as Middleware;
}
