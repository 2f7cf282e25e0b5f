/** How the fake Buildium misbehaves, when told to. */
import type { ServerResponse } from 'node:http';
import { fault } from './buildium-rules.ts';

export interface FakeRequest {
  method: string;
  /** With `{id}` in place of numbers. */
  route: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

/** A number counts down: so many requests meet it. */
export interface FakeSwitches {
  expiredKey: boolean;
  forbidden: boolean;
  rateLimited: number;
  /** Seconds or a date; null sends none. */
  retryAfter: string | null;
  /** The write lands, then the socket is reset. */
  resetAfterWrite: number;
  /** The write lands, then nothing comes. */
  hangAfterWrite: number;
  /** 200, and nothing is written. */
  silentNoOp: boolean;
  emptyServerError: number;
  /** 500 after the write landed. */
  serverErrorAfterWrite: number;
  maintenance: number;
  loginPage: number;
  truncated: number;
  emptyAnswer: number;
  redirect: number;
  /** Milliseconds between bytes; 0 sends at once. */
  drip: number;
  tooLarge: number;
  /** 422 naming these fields, with their values in the text as Buildium does. */
  refuse: string[];
}

export const QUIET: FakeSwitches = {
  expiredKey: false,
  forbidden: false,
  rateLimited: 0,
  retryAfter: '1',
  resetAfterWrite: 0,
  hangAfterWrite: 0,
  silentNoOp: false,
  emptyServerError: 0,
  serverErrorAfterWrite: 0,
  maintenance: 0,
  loginPage: 0,
  truncated: 0,
  emptyAnswer: 0,
  redirect: 0,
  drip: 0,
  tooLarge: 0,
  refuse: [],
};

export type NumberSwitch = {
  [K in keyof FakeSwitches]: FakeSwitches[K] extends number ? K : never;
}[keyof FakeSwitches];

export function take(switches: FakeSwitches, name: NumberSwitch): boolean {
  if (switches[name] <= 0) return false;
  switches[name] -= 1;
  return true;
}

/** What goes wrong before anything is done. */
export function misbehaves(request: FakeRequest, switches: FakeSwitches, response: ServerResponse): boolean {
  const answer = (status: number, headers: Record<string, string>, text: string) => {
    response.writeHead(status, headers).end(text);
    return true;
  };
  const json = { 'content-type': 'application/json' };
  const html = { 'content-type': 'text/html' };
  if (switches.expiredKey || request.headers['x-buildium-client-secret'] === undefined)
    return answer(401, json, JSON.stringify(fault(401, 'Key').body));
  if (switches.forbidden) return answer(403, json, JSON.stringify(fault(403, 'Role').body));
  if (take(switches, 'rateLimited'))
    return answer(
      429,
      switches.retryAfter === null ? json : { ...json, 'retry-after': switches.retryAfter },
      '{}',
    );
  if (take(switches, 'emptyServerError')) return answer(500, {}, '');
  if (take(switches, 'maintenance')) return answer(503, html, '<h1>Scheduled maintenance</h1>');
  if (take(switches, 'loginPage')) return answer(200, html, '<!doctype html><title>Sign in</title>');
  if (take(switches, 'redirect')) return answer(302, { location: 'http://127.0.0.1:9/elsewhere' }, '');
  if (take(switches, 'tooLarge')) return answer(200, json, `"${'x'.repeat(6 * 1024 * 1024)}"`);
  if (request.method !== 'GET' && switches.refuse.length > 0) {
    const { status, body } = fault(422, JSON.stringify(request.body), switches.refuse);
    return answer(status, json, JSON.stringify(body));
  }
  return false;
}
