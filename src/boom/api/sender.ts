/** One request to Boom: under an id of its own, within what the host allows, and told to the log without its query. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { BoomApiConfig } from '../../config/config.ts';
import { createHttpClient, type HttpRequest } from '../../http/http.ts';
import { limiter, type Window } from '../../http/limiter.ts';
import { PushError } from '../../http/push-error.ts';
import { AT_ONCE, hostLimit } from './host-limit.ts';
import { boomWords } from './words.ts';

export interface SenderOptions {
  config: BoomApiConfig;
  /** The account's name, for the log and for what a landlord is told. */
  account: string;
  log: Pick<Logger, 'debug' | 'info' | 'warn'>;
  /** In place of the limit that all accounts of one host share. */
  windows?: Window[];
  /** For a whole request, in milliseconds. */
  timeoutMs?: number;
}

/** The body of the answer. `template`: the path as the log shows it, with `{id}` for an id. */
export type Send = (template: string, request: HttpRequest) => Promise<unknown>;

/** A hundred applications with all that their applicants showed are far larger than what we take of them. */
const MAX_BYTES = 16 * 1024 * 1024;

export function createSender({ config, account, log, windows, timeoutMs }: SenderOptions): Send {
  const http = createHttpClient({
    label: 'Boom',
    words: boomWords(account),
    baseUrl: config.baseUrl,
    headers: {
      'user-agent': 'boomsync',
      ...(config.sendAccessKey ? { 'x-access-token': config.accessKey } : {}),
    },
    limit: () => (windows === undefined ? hostLimit(config.baseUrl) : limiter(AT_ONCE, windows)),
    // Made again in patience.ts, under another id.
    retries: 0,
    maxBytes: MAX_BYTES,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });

  return async function send(template, request) {
    const requestId = randomUUID();
    let status: number | null = null;
    const facts = () => ({ account, method: request.method, path: template, status, requestId });
    const traced: HttpRequest = {
      ...request,
      headers: { ...request.headers, 'x-request-id': requestId },
      answered: (answered) => {
        status = answered;
      },
    };
    try {
      const { body } = await http.send(traced);
      log.debug(facts(), 'asked Boom');
      return body;
    } catch (error) {
      const missing = error instanceof PushError && error.kind === 'not_found';
      if (missing) log.debug(facts(), 'asked Boom');
      else log.warn(facts(), 'asked Boom in vain');
      throw error;
    }
  };
}
