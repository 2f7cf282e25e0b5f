/** What goes wrong between us and any PMS, whatever it is: added by `fake-server.ts` to a fake that knows nothing of it. */
import type { ServerResponse } from 'node:http';
import type { FakeAnswer } from './fake.ts';

export type Trouble =
  /** The socket is reset before anything is done, or after it was done. */
  | { what: 'reset_before' }
  | { what: 'reset_after' }
  /** It is done, and no answer ever comes. */
  | { what: 'hang_after' }
  | { what: 'status'; status: number; headers?: Record<string, string> }
  /** Scheduled maintenance, as a page. */
  | { what: 'html' }
  /** A login page, reached directly or by a redirect. */
  | { what: 'login_page' }
  | { what: 'login_redirect' }
  /** It is done, and the answer is nothing, half of itself, too large, or one byte at a time. */
  | { what: 'empty' }
  | { what: 'truncated' }
  | { what: 'large' }
  | { what: 'drip' };

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html; charset=utf-8' };
/** Above what any client of ours reads. */
const LARGE_BYTES = 10 * 1024 * 1024;
const DRIP_MS = 100;

/** Whether the fake is asked at all: what fails before anything is done leaves its state alone. */
export function reachesTheFake({ what }: Trouble): boolean {
  return ['reset_after', 'hang_after', 'empty', 'truncated', 'large', 'drip'].includes(what);
}

/** Answers as the trouble has it; `answer` is the fake's own, null where it was not asked. */
export function misanswer(trouble: Trouble, answer: FakeAnswer | null, response: ServerResponse): void {
  const text = textOf(answer ?? { status: 200 });
  switch (trouble.what) {
    case 'reset_before':
    case 'reset_after':
      response.socket?.destroy();
      return;
    case 'hang_after':
      return;
    case 'status':
      response.writeHead(trouble.status, trouble.headers ?? {}).end();
      return;
    case 'html':
      response.writeHead(503, HTML_TYPE).end('<!doctype html><h1>Scheduled maintenance</h1>');
      return;
    case 'login_page':
      response.writeHead(200, HTML_TYPE).end('<!doctype html><title>Sign in</title>');
      return;
    case 'login_redirect':
      response.writeHead(302, { location: '/login' }).end();
      return;
    case 'empty':
      response.writeHead(answer?.status === 204 ? 204 : 200, JSON_TYPE).end();
      return;
    case 'truncated':
      response.writeHead(200, JSON_TYPE).end(`${text.slice(0, Math.floor(text.length / 2))}{"`);
      return;
    case 'large':
      response.writeHead(200, JSON_TYPE);
      response.end(`"${'x'.repeat(LARGE_BYTES)}"`);
      return;
    case 'drip':
      drip(response);
      return;
    default:
      trouble satisfies never;
  }
}

export function textOf({ text, body }: FakeAnswer): string {
  return text ?? (body === undefined ? '' : JSON.stringify(body));
}

/** Never ends by itself. */
function drip(response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE);
  const timer = setInterval(() => response.write(' '), DRIP_MS);
  response.on('close', () => clearInterval(timer));
}
