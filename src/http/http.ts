/**
 * JSON over HTTP for connectors and Boom's API. Every phase has a limit, redirects are never followed (they would carry our
 * keys to another host), and whatever goes wrong is a `PushError` that holds nothing of the request.
 */
import type { BeforeRequestHook, Got, OptionsOfTextResponseBody, Response } from 'got';
import { guardedLookup, type Lookup } from './guarded-lookup.ts';
import { faultOfAnswer, faultOfTransport, unreadable, usedUp, type Words } from './http-faults.ts';
import { type Limit, limiter, UsedUp, type Window } from './limiter.ts';
import { PushError } from './push-error.ts';
import { namesToShow } from './refused-names.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpOptions {
  /** What a landlord calls the other side, for messages. */
  label: string;
  /** What the remedies of its faults speak of; default a connection's. */
  words?: Words;
  baseUrl: string;
  headers?: Record<string, string>;
  /** Requests at once, and in a time. */
  concurrency?: number;
  windows?: Window[];
  /** A limit that several clients share, in place of the two before. */
  limit?: () => Promise<Limit>;
  /** Names the refused fields in the body of a refusal. What is no name, or quotes what was sent, is left out. */
  refusedFields?: (body: unknown) => Promise<string[]>;
  /** The names of fields that may always be shown, and the credentials, of which no name may hold any. */
  fieldNames?: ReadonlySet<string>;
  secrets?: readonly string[];
  /** The faults of answers that say no in a way of their own; asked first, about good ones too. */
  faultOf?: (answer: JudgedAnswer) => Promise<PushError | null>;
  /** For a whole request, in milliseconds. */
  timeoutMs?: number;
  /** Further tries of a GET that failed for a moment. */
  retries?: number;
  maxBytes?: number;
  /** Finds the addresses of names; default this computer's way. Some are never connected to. */
  lookup?: Lookup;
}

/** An answer before anything was made of it. */
export interface JudgedAnswer {
  status: number;
  /** Parsed JSON; undefined for what is none. */
  body: unknown;
  idempotent: boolean;
  /** The names of refused fields. */
  fields: () => Promise<string[]>;
  retryAfter: string | undefined;
}

export interface HttpRequest {
  method: Method;
  /** Appended to the base URL, already escaped; empty for the base URL itself. */
  path: string;
  query?: Record<string, string | number | boolean>;
  headers?: Record<string, string>;
  /** A value to send as JSON; `text` instead where every byte counts (a signature). */
  json?: unknown;
  text?: string;
  /** Twice equals once. Default: all but POST. Decides whether a lost answer is an unknown outcome. */
  idempotent?: boolean;
  /** The statuses that mean done; default any 2xx. */
  expect?: number[];
  /** `optional`: JSON or nothing, but no web page. `ignored`: the status is all we need to know. */
  answer?: 'json' | 'optional' | 'ignored';
  /** Told the status of every answer, a refused one's too. */
  answered?: (status: number) => void;
}

export interface HttpAnswer {
  status: number;
  /** Parsed JSON; null for an answer that is ignored or rightly empty. */
  body: unknown;
}

export interface HttpClient {
  send(request: HttpRequest): Promise<HttpAnswer>;
}

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 5 * 1024 * 1024;
const RETRIES = 2;
/** What took this long to fail is not asked again in process: other tenants wait behind it. */
const RETRY_FOR_MS = 10_000;

export function createHttpClient(options: HttpOptions): HttpClient {
  let limit: Promise<Limit> | null = null;
  let caller: Promise<Got> | null = null;

  async function once(request: HttpRequest): Promise<HttpAnswer> {
    limit ??= options.limit?.() ?? limiter(options.concurrency ?? 1, options.windows ?? []);
    caller ??= callerOf(options);
    const [within, call] = await Promise.all([limit, caller]);
    const answer = within(async () => {
      const response = await exchange(options, request, call);
      request.answered?.(response.statusCode);
      return readAnswer(options, request, response);
    });
    return answer.catch((error: unknown) => {
      throw error instanceof UsedUp ? usedUp(options.label, error.waitMs) : error;
    });
  }

  return {
    async send(request) {
      const began = performance.now();
      try {
        return await once(request);
      } catch (error) {
        const left = RETRY_FOR_MS - (performance.now() - began);
        if (request.method !== 'GET' || left <= 0 || !isTransient(error)) throw error;
        const { default: pRetry } = await import('p-retry');
        // Outside of it the first try costs a fifth less.
        const again = async (attempt: number) => {
          if (attempt === 1) throw error;
          return await once(request);
        };
        return await pRetry(again, {
          retries: options.retries ?? RETRIES,
          minTimeout: 250,
          randomize: true,
          maxRetryTime: left,
          shouldRetry: (tried) => isTransient(tried.error),
        });
      }
    },
  };
}

function isTransient(error: unknown): boolean {
  return error instanceof PushError && error.kind === 'transient';
}

/** What is the same for every request of a client: got takes longer to read its options than to send them. */
async function callerOf(options: HttpOptions): Promise<Got> {
  const [{ default: got }, http, https] = await Promise.all([
    import('got'),
    import('node:http'),
    import('node:https'),
  ]);
  const budget = options.timeoutMs ?? TIMEOUT_MS;
  const silence = Math.min(budget, 20_000);
  // The same for a socket at rest: else each request sets its timer twice.
  const agents = { keepAlive: true, maxSockets: 32, timeout: silence };
  return got.extend({
    // Nothing compressed comes back, so that the cap on bytes cannot be talked past.
    headers: { accept: 'application/json', 'accept-encoding': 'identity' },
    agent: { http: new http.Agent(agents), https: new https.Agent(agents) },
    dnsLookup: guardedLookup(options.lookup) as unknown as NonNullable<
      OptionsOfTextResponseBody['dnsLookup']
    >,
    decompress: false,
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: {
      lookup: Math.min(budget, 5_000),
      connect: Math.min(budget, 10_000),
      secureConnect: Math.min(budget, 10_000),
      socket: silence,
      send: Math.min(budget, 20_000),
      response: Math.min(budget, 25_000),
      request: budget,
    },
  });
}

async function exchange(options: HttpOptions, request: HttpRequest, caller: Got): Promise<Response<string>> {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const body = request.text ?? (request.json === undefined ? undefined : JSON.stringify(request.json));
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...options.headers,
    ...request.headers,
  };
  const cased = Object.keys(headers).filter((name) => name !== name.toLowerCase());
  const settings: OptionsOfTextResponseBody = {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(cased.length === 0 ? {} : { hooks: { beforeRequest: [keepCase(cased)] } }),
  };
  let tooLarge = false;
  const pending = caller(urlOf(options.baseUrl, request), settings);
  pending.on('downloadProgress', ({ transferred, total }) => {
    if (Math.max(transferred, total ?? 0) <= maxBytes) return;
    tooLarge = true;
    pending.cancel();
  });
  try {
    return await pending;
  } catch (error) {
    if (tooLarge)
      throw unreadable(options.label, isIdempotent(request), 'is larger than we read', options.words);
    throw faultOfTransport(error, options.label, isIdempotent(request), options.words);
  }
}

/** got makes every name small, and there are servers that take a header by its exact case only. */
function keepCase(names: readonly string[]): BeforeRequestHook {
  return ({ headers }) => {
    for (const name of names) {
      const small = name.toLowerCase();
      if (headers[small] === undefined) continue;
      headers[name] = headers[small];
      delete headers[small];
    }
  };
}

function urlOf(baseUrl: string, request: HttpRequest): URL {
  const url = new URL(request.path === '' ? baseUrl : baseUrl.replace(/\/$/, '') + request.path);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, String(value));
  return url;
}

function isIdempotent(request: HttpRequest): boolean {
  return request.idempotent ?? request.method !== 'POST';
}

async function readAnswer(
  options: HttpOptions,
  request: HttpRequest,
  response: Response<string>,
): Promise<HttpAnswer> {
  const { statusCode: status, headers } = response;
  const text = textOf(response.body);
  const body = parsed(text);
  const idempotent = isIdempotent(request);
  const retryAfter = headers['retry-after'];
  const fields = async () => {
    if (body === undefined || options.refusedFields === undefined) return [];
    const secrets = [options.secrets, options.headers];
    return namesToShow(
      await options.refusedFields(body).catch(noneIfTooDeep),
      options.fieldNames ?? new Set(),
      request,
      secrets,
    );
  };
  const fault = await options.faultOf?.({ status, body, idempotent, fields, retryAfter });
  if (fault) throw fault;
  const done = request.expect ? request.expect.includes(status) : status >= 200 && status < 300;
  if (!done)
    throw faultOfAnswer({
      status,
      fields: await fields(),
      label: options.label,
      words: options.words,
      idempotent,
      retryAfter,
      saysMaintenance: /maintenance/i.test(text.slice(0, 10_000)),
    });
  if (request.answer === 'ignored' || status === 204) return { status, body: null };
  if (body !== undefined) return { status, body };
  const empty = text.trim() === '';
  if (empty && request.answer === 'optional') return { status, body: null };
  const page = /html/i.test(headers['content-type'] ?? '') || /^\s*</.test(text);
  const what = empty ? 'is empty' : page ? 'is a web page' : 'is no JSON';
  throw unreadable(options.label, idempotent, what, options.words);
}

/** An answer nested deeper than the stack names nothing, and stays the refusal that it is. */
function noneIfTooDeep(error: unknown): string[] {
  if (error instanceof RangeError) return [];
  throw error;
}

/** What was packed although we asked for it plain stays bytes. */
function textOf(body: unknown): string {
  return typeof body === 'string' ? body : '(packed)';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
