/** A POST for a channel, with the limits of every request of ours: no redirect is followed, and each phase ends in time. */
import { createHttpClient, type HttpClient } from '../../http/http.ts';
import type { Words } from '../../http/http-faults.ts';
import { asPushError } from '../../http/push-error.ts';
import { SEND_MS, SendFailure } from './send.ts';

const WORDS: Words = {
  address: 'the address of this channel',
  setting: '`url` under "alerts" in config/boomsync.yaml',
  refusedKey: 'Check the key of this channel.',
  noRight: 'Check the key of this channel, and whether it may post there.',
  refusedRequest: 'Check the address of this channel.',
  refusedFields: 'Check the address of this channel.',
};

export function postClient(label: string, url: string): HttpClient {
  return createHttpClient({ label, baseUrl: url, words: WORDS, timeoutMs: SEND_MS });
}

/** Resolves with the status that was answered. */
export async function post(http: HttpClient, text: string, headers: Record<string, string>): Promise<string> {
  try {
    const { status } = await http.send({
      method: 'POST',
      path: '',
      text,
      headers,
      // Sent twice it says the same twice: better than not at all.
      idempotent: true,
      answer: 'ignored',
    });
    return `HTTP ${status}`;
  } catch (error) {
    const { kind, message, remedy } = asPushError(error);
    throw new SendFailure(kind, message, remedy);
  }
}
