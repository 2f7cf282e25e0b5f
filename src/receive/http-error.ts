/** The one shape of an error over HTTP: `{"error":{"code","message","remedy"}}`. */
import { randomBytes } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Logger } from 'pino';

export interface HttpErrorOptions extends ErrorOptions {
  /** Answered without reading the rest of the body: the connection cannot be used again. */
  close?: boolean;
  headers?: Record<string, string>;
}

export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  /** What to do about it, for whoever reads the answer. */
  readonly remedy: string;
  readonly close: boolean;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    remedy: string,
    { close = false, headers = {}, ...options }: HttpErrorOptions = {},
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.remedy = remedy;
    this.close = close;
    this.headers = headers;
  }
}

/** What a middleware may add to the lines of a request, in `ctx.state`: nothing that names a person. */
export interface RequestState {
  requestId: string;
  account?: string;
  event?: string;
}

/**
 * Outermost: gives every request an id of ours, answers for whatever is thrown further in, and logs each
 * refusal once.
 */
export function answerErrors(log: Pick<Logger, 'info' | 'warn' | 'error'>): Middleware<RequestState> {
  const ofThisRun = randomBytes(6).toString('hex');
  let count = 0;
  const guesses = new FewLines();
  return async (ctx, next) => {
    count++;
    ctx.state.requestId = `${ofThisRun}-${count}`;
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null) throw notFound();
    } catch (thrown) {
      const { requestId, account, event } = ctx.state;
      const error = thrown instanceof HttpError ? thrown : unexpected(requestId);
      const line = { requestId, account, event, status: error.status, reason: error.code };
      if (error !== thrown) log.error({ ...line, ...nameOf(thrown) }, 'request failed');
      else if (error.status >= 500) log.warn(line, 'request refused');
      else if (error.code !== 'wrong_key') log.info(line, 'request refused');
      else if (guesses.admit()) log.info({ ...line, ...guesses.leftOut() }, 'request refused');
      ctx.status = error.status;
      ctx.set(error.headers);
      ctx.set('X-Request-Id', requestId);
      if (error.close) ctx.set('Connection', 'close');
      ctx.body = { error: { code: error.code, message: error.message, remedy: error.remedy } };
    }
  };
}

const LINES_A_MINUTE = 20;

/** Whoever has no key must not be able to fill a disk with lines about it. */
class FewLines {
  #minute = 0;
  #count = 0;
  #leftOut = 0;

  /** Whether this one is told; those that are not are counted. */
  admit(): boolean {
    const minute = Math.floor(Date.now() / 60_000);
    if (minute !== this.#minute) this.#count = 0;
    this.#minute = minute;
    this.#count += 1;
    if (this.#count <= LINES_A_MINUTE) return true;
    this.#leftOut += 1;
    return false;
  }

  /** How many were not told since the last line; nothing where all were. */
  leftOut(): { leftOut?: number } {
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    return leftOut === 0 ? {} : { leftOut };
  }
}

function notFound(): HttpError {
  return new HttpError(404, 'not_found', 'There is nothing here.', 'Check the address.', { close: true });
}

function unexpected(requestId: string): HttpError {
  const remedy = `Look for request ${requestId} in the log of boomsync.`;
  return new HttpError(500, 'internal', 'Something went wrong inside boomsync.', remedy);
}

/** What a log may show of an error of unknown origin: its message could quote what somebody sent. */
function nameOf(thrown: unknown): { error: string; code?: string; at?: string } {
  if (!(thrown instanceof Error)) return { error: typeof thrown };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {};
  const at = /^\s+at (.+)$/m.exec(thrown.stack ?? '')?.[1];
  return { error: thrown.name, ...code, ...(at === undefined ? {} : { at }) };
}
