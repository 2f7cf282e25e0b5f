/** A small Boom of one test, that answers as told and remembers what it was asked; and a client of it. */
import type { IncomingMessage } from 'node:http';
import { type BoomApi, createBoomApi } from '../../../src/boom/api/client.ts';
import type { Page } from '../../../src/boom/api/pages.ts';
import type { ReaderOptions } from '../../../src/boom/api/reader.ts';
import { serve } from '../../http/http-servers.ts';

export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Boom {
  url: string;
  asked: Asked[];
  /** The paths of everything asked but for tokens, with their queries. */
  reads(): string[];
  tokensGiven(): number;
}

/** `answer`: for everything but a token; the tokens are `token-1`, `token-2`, … unless `token` makes them. */
export async function startBoom(
  answer: (asked: Asked) => Answer | Promise<Answer>,
  token: (count: number) => Answer | Promise<Answer> = (count) => ({
    body: { auth_token: `token-${count}` },
  }),
): Promise<Boom> {
  const asked: Asked[] = [];
  let tokens = 0;
  const url = await serve(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://boom');
    const one: Asked = {
      method: request.method ?? '',
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: request.headers,
      body: Buffer.concat(parts).toString(),
    };
    asked.push(one);
    const isToken = pathname === '/partner/v1/authenticate';
    if (isToken) tokens += 1;
    const { status = 200, headers = {}, body = {} } = await (isToken ? token(tokens) : answer(one));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return {
    url,
    asked,
    reads: () =>
      asked
        .filter(({ path }) => path !== '/partner/v1/authenticate')
        .map(({ path, query }) => `${path.replace('/partner/v1', '')}?${new URLSearchParams(query)}`),
    tokensGiven: () => tokens,
  };
}

export const ACCESS_KEY = 'an-access-key-nobody-may-see';
export const SECRET_KEY = 'a-secret-key-nobody-may-see';

export interface Client {
  api: BoomApi;
  /** Every line of the log. */
  lines: Record<string, unknown>[];
  /** The pauses, which take no time here, in milliseconds. */
  pauses: number[];
}

export function clientOf(
  url: string,
  own: Partial<ReaderOptions> & { sendAccessKey?: boolean } = {},
): Client {
  const lines: Record<string, unknown>[] = [];
  const pauses: number[] = [];
  const write = (line: object, text: string) => lines.push({ ...line, text });
  const { sendAccessKey = false, ...options } = own;
  const api = createBoomApi({
    config: { baseUrl: url, accessKey: ACCESS_KEY, secretKey: SECRET_KEY, sendAccessKey },
    account: 'main',
    log: { debug: write, info: write, warn: write } as unknown as ReaderOptions['log'],
    wait: async (ms) => {
      pauses.push(ms);
    },
    timeoutMs: 5000,
    ...options,
  });
  return { api, lines, pauses };
}

/** All items of all pages. */
export async function gathered<T>(list: AsyncIterable<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for await (const { items } of list) all.push(...items);
  return all;
}
