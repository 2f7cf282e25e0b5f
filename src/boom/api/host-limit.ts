/** Boom counts the requests of an address on the internet, so all accounts at one host share what it allows. */
import { type Limit, limiter, type Window } from '../../http/limiter.ts';

const WINDOWS: Window[] = [{ requests: 650, seconds: 60 }];
export const AT_ONCE = 4;

const limits = new Map<string, Promise<Limit>>();

export function hostLimit(baseUrl: string): Promise<Limit> {
  const { host } = new URL(baseUrl);
  const limit = limits.get(host) ?? limiter(AT_ONCE, WINDOWS);
  limits.set(host, limit);
  return limit;
}
