/** Boom's partner API over the simulated life: tokens that end, a limit of requests, and only reads. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { routeOf } from './api-routes.ts';
import { createRandom } from './random.ts';
import { createTokens } from './tokens.ts';
import type { World } from './world.ts';

export interface ApiOptions {
  /** 0, the default: any that is free. */
  port?: number;
  accessKey?: string;
  secretKey?: string;
  /** How many requests are answered in a window; Boom's are 650 a minute. */
  limit?: { requests: number; windowMs: number };
  /** How a 429 says when to come back; Boom may leave it out. */
  retryAfter?: 'seconds' | 'date' | 'none';
  /** Half an hour, as Boom's. */
  tokenSeconds?: number;
  /** Percent of the reads that are answered with status 500. */
  errors?: number;
  /** Boom's enhanced security: the access key is asked for with every request. */
  enhancedSecurity?: boolean;
}

export interface BoomApiServer {
  url: string;
  accessKey: string;
  secretKey: string;
  /** How often, by method and path: `GET /applications/{id}`. What this API has not is there as `other`. */
  requests: ReadonlyMap<string, number>;
  /** How often, by status. */
  answers: ReadonlyMap<number, number>;
  expireTokens(): void;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

export async function startBoomApi(world: World, options: ApiOptions): Promise<BoomApiServer> {
  const { port = 0, accessKey = 'simulated', secretKey = 'simulated-secret', errors = 0 } = options;
  const tokens = createTokens(secretKey, options.tokenSeconds ?? 1_800);
  const limiter = createLimiter(options.limit ?? { requests: 650, windowMs: 60_000 });
  const random = createRandom(`errors ${world.run}`);
  const requests = new Map<string, number>();
  const answers = new Map<number, number>();

  function isKnown({ headers }: IncomingMessage): boolean {
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined || !tokens.accepts(token)) return false;
    return options.enhancedSecurity !== true || headers['x-access-token'] === accessKey;
  }

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const body = await textOf(request);
    const authenticate = pathname === '/partner/v1/authenticate';
    const route = authenticate ? null : routeOf(pathname);
    const known = authenticate || (route !== null && request.method === 'GET');
    count(requests, known ? `${request.method} ${route?.template ?? '/authenticate'}` : 'other');
    const wait = limiter(Date.now());
    if (wait > 0) return tooMany(wait, options.retryAfter ?? 'seconds');
    if (authenticate && request.method === 'POST') {
      const keys = keysIn(body);
      if (keys === null) return fault(400, 'access_key and secret_key are required', 'validation_error');
      if (keys.access_key !== accessKey || keys.secret_key !== secretKey) return UNAUTHENTICATED;
      return { status: 200, body: { object: 'auth_token', auth_token: tokens.issue() } };
    }
    if (!isKnown(request)) return UNAUTHENTICATED;
    if (authenticate) return { status: 200, body: {} };
    if (!known) return fault(404, 'Not Found', 'not_found');
    if (random.chance(errors / 100)) return fault(500, 'An internal error occurred', 'api_error');
    const found = route?.answer(world.records, searchParams) ?? null;
    return found === null ? fault(404, 'Not Found', 'not_found') : { status: 200, body: found };
  }

  const server = createServer((request, response) => {
    answerTo(request)
      .catch(() => fault(500, 'An internal error occurred', 'api_error'))
      .then((answer) => {
        count(answers, answer.status);
        write(request, response, answer);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accessKey,
    secretKey,
    requests,
    answers,
    expireTokens: () => tokens.expireAll(),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Milliseconds to wait; 0: go on. Counted in windows that follow each other. */
function createLimiter({ requests, windowMs }: { requests: number; windowMs: number }) {
  let [began, used] = [0, 0];
  return (now: number): number => {
    if (now >= began + windowMs) [began, used] = [now, 0];
    used += 1;
    return used > requests ? began + windowMs - now : 0;
  };
}

function tooMany(waitMs: number, form: NonNullable<ApiOptions['retryAfter']>): Answer {
  const seconds = Math.ceil(waitMs / 1_000);
  const until = new Date(Date.now() + seconds * 1_000);
  const headers = {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(seconds),
    ...(form === 'none' ? {} : { 'retry-after': form === 'date' ? until.toUTCString() : String(seconds) }),
  };
  return { status: 429, body: { error: 'Too many requests. Please try again later.' }, headers };
}

function fault(status: number, message: string, code: string): Answer {
  const errors = status === 400 ? { errors: [message] } : {};
  return { status, body: { error: { status, message, code, ...errors } } };
}

const UNAUTHENTICATED = fault(401, 'Unauthenticated', 'unauthenticated');

function write(request: IncomingMessage, response: ServerResponse, { status, body, headers }: Answer): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'x-request-id': request.headers['x-request-id'] ?? randomUUID(),
      ...headers,
    })
    .end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function keysIn(body: string): { access_key: unknown; secret_key: unknown } | null {
  try {
    const { access_key, secret_key } = JSON.parse(body) as Record<string, unknown>;
    return access_key === undefined || secret_key === undefined ? null : { access_key, secret_key };
  } catch {
    return null;
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
