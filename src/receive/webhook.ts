/** `POST /webhooks/boom`: takes a delivery from Boom and answers once it is on disk. */
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import bodyParser from 'koa-bodyparser';
import type { Logger } from 'pino';
import { EVENT_NAMES } from '../boom/events.ts';
import type { AccountConfig } from '../config/config.ts';
import type { Appended, Delivery, Inbox } from '../store/inbox.ts';
import { asStoreUnavailable } from '../store/store-unavailable.ts';
import { isObject, toDelivery } from './delivery.ts';
import { GroupCommit } from './group-commit.ts';
import { HttpError } from './http-error.ts';
import { createKeyCheck } from './keys.ts';
import { BrokenOff, readBody } from './read-body.ts';

export interface ReceiverOptions {
  accounts: readonly Pick<AccountConfig, 'name' | 'webhookKeys'>[];
  inbox: Pick<Inbox, 'appendAll' | 'probe'>;
  log: Pick<Logger, 'info'>;
  /** Called after every commit that stored something, to wake whoever projects. */
  onStored?: () => void;
  now?: () => Date;
}

export interface Receiver {
  /** The webhook's routes; `answerErrors` belongs around them. */
  routes: Middleware;
  /** Whether the store took the last delivery. */
  readonly storeWritable: boolean;
  /** Whether the store takes deliveries now: after a failure it is tried, so that readiness comes back by itself. */
  checkStore(): Promise<boolean>;
  /** Whether the store takes deliveries and none was refused since this was last asked. */
  tookAll(): Promise<boolean>;
  /** From now on these keys are accepted. Accounts that were not there at the start are not. */
  acceptKeys(accounts: ReceiverOptions['accounts']): void;
  /** Refuses what comes from now on with 503, and resolves when what was taken has been answered for. */
  stop(): Promise<void>;
}

interface Account {
  name: string;
  isKey(given: string | undefined): boolean;
}

const LARGEST_BODY = 256 * 1024;
const JSON_TYPE = 'application/json; charset=utf-8';
const RETRY_AFTER_SECONDS = '30';

const known = new Set<string>(EVENT_NAMES);

/** Anew each time: the parser changes the object that it is given. */
const parserOptions = () => ({
  enableTypes: ['json'],
  jsonLimit: '256kb',
  // A key named `__proto__` is no reason to refuse; in parsed JSON it is a key like any other.
  onProtoPoisoning: 'ignore',
  onerror: refuseBody,
});

export function createReceiver(options: ReceiverOptions): Receiver {
  const { inbox, log, now = () => new Date(), onStored = () => {} } = options;
  const accounts = new Map<string, Account>(
    options.accounts.map(({ name, webhookKeys }) => [name, { name, isKey: createKeyCheck(webhookKeys) }]),
  );
  const commits = new GroupCommit(inbox, onStored);

  /** First everything that can be refused without reading the body, in the order in which it may be told. */
  const admit: Middleware = async (ctx, next) => {
    ctx.state.account = accountFor(ctx, accounts).name;
    checkContentHeaders(ctx);
    // The body parser passes by what has been read.
    if (ctx.headers['content-length'] !== undefined) await readJson(ctx);
    await next();
  };

  const receive: Middleware = async (ctx) => {
    const account: string = ctx.state.account;
    const { body, rawBody } = ctx.request;
    if (typeof rawBody !== 'string' || rawBody === '' || !isObject(body)) throw notAnObject();
    const delivery = toDelivery(account, rawBody, body, now());
    // What waits for the disk is carried through every collection of garbage, and nobody needs these any more.
    ctx.request.body = undefined;
    ctx.request.rawBody = '';
    const event = eventForLog(delivery.wireEvent);
    ctx.state.event = event;
    const { status, id } = await append(delivery);
    ctx.status = 202;
    ctx.set('Content-Type', JSON_TYPE);
    ctx.body = `{"status":"${status}","id":${id}}`;
    log.info({ account, event, id, status, requestId: ctx.state.requestId }, 'delivery received');
  };

  async function append(delivery: Delivery): Promise<Appended> {
    try {
      return await commits.append(delivery);
    } catch (error) {
      return refuse(error);
    }
  }

  const router = new Router();
  const parse = bodyParser(parserOptions());
  router.post(['/webhooks/boom', '/webhooks/boom/:account'], admit, parse, receive);
  return {
    routes: router.routes() as unknown as Middleware,
    get storeWritable() {
      return commits.writable;
    },
    checkStore: () => commits.check(),
    tookAll: () => commits.tookAll(),
    acceptKeys(given) {
      for (const { name, webhookKeys } of given)
        if (accounts.has(name)) accounts.set(name, { name, isKey: createKeyCheck(webhookKeys) });
    },
    stop: () => commits.close(),
  };
}

/**
 * By the name in the address; without one the account whose key it is, so that the address that Boom has for the first
 * account goes on working when a second one is added.
 */
function accountFor(ctx: Context, accounts: ReadonlyMap<string, Account>): Account {
  const name: string | undefined = ctx.params.account;
  const key = keyIn(ctx);
  if (name !== undefined) {
    const account = accounts.get(name);
    if (account === undefined)
      throw unknownAccount('Use the address that boomsync printed for the account in its configuration.');
    if (!account.isKey(key)) throw wrongKey();
    return account;
  }
  const [account, another] = [...accounts.values()].filter((one) => one.isKey(key));
  if (account === undefined) throw wrongKey();
  if (another !== undefined)
    throw unknownAccount(
      'Several accounts have this key: add the name of one, as in /webhooks/boom/:account.',
    );
  return account;
}

function unknownAccount(remedy: string): HttpError {
  return new HttpError(404, 'unknown_account', 'No such account.', remedy, { close: true });
}

function keyIn({ headers }: Context): string | undefined {
  const given = headers['x-api-key'];
  return typeof given === 'string' ? given : undefined;
}

function wrongKey(): HttpError {
  return new HttpError(
    401,
    'wrong_key',
    'The webhook key is missing or wrong.',
    'Send the key from the configuration in the header X-API-Key.',
    { close: true },
  );
}

function checkContentHeaders({ headers }: Context): void {
  const encoding = headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (encoding !== 'identity') {
    throw unsupported('A compressed body is not accepted.', 'Send it without Content-Encoding.');
  }
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw unsupported('Only JSON is accepted.', 'Send it with Content-Type: application/json.');
  }
  if (Number(headers['content-length']) > LARGEST_BODY) throw tooLarge();
}

async function readJson(ctx: Context): Promise<void> {
  const text = await readBody(ctx.req).catch(refuseBody);
  ctx.request.rawBody = text;
  try {
    ctx.request.body = JSON.parse(text);
  } catch {
    throw notAnObject();
  }
}

function refuse(error: unknown): never {
  const unavailable = asStoreUnavailable(error);
  if (unavailable === null) throw error;
  throw new HttpError(503, 'store_unavailable', unavailable.message, unavailable.remedy, {
    headers: { 'Retry-After': RETRY_AFTER_SECONDS },
    cause: error,
  });
}

/** What the body parser throws, in our words. Its own error carries the whole body. */
function refuseBody(error: Error): never {
  const { type } = error as { type?: string };
  if (type === 'entity.too.large') throw tooLarge();
  if (error instanceof BrokenOff || type?.startsWith('request.')) {
    throw new HttpError(400, 'incomplete', 'The body did not arrive whole.', 'Send it again.', {
      close: true,
    });
  }
  throw notAnObject();
}

function unsupported(message: string, remedy: string): HttpError {
  return new HttpError(415, 'unsupported_type', message, remedy, { close: true });
}

function tooLarge(): HttpError {
  const remedy = 'Boom sends a few kilobytes. Check what is sending this.';
  return new HttpError(413, 'too_large', 'The body is larger than 256 KB.', remedy, { close: true });
}

function notAnObject(): HttpError {
  return new HttpError(400, 'not_an_object', 'The body is not a JSON object.', 'Send one JSON object.');
}

/** Only names that we know: anything else could hold what does not belong in a log. */
function eventForLog(wireEvent: string | null): string {
  if (wireEvent !== null && known.has(wireEvent)) return wireEvent;
  const name = wireEvent?.toLowerCase().replace(/[-_. ]+/g, '_') ?? '';
  return known.has(name) ? name : 'unknown';
}
