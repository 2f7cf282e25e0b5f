/** The keys for a token: the only request to Boom that is no GET. */
import type { BoomApiConfig } from '../../config/config.ts';
import { PushError } from '../../http/push-error.ts';
import type { Send } from './sender.ts';
import { boomWords } from './words.ts';

const PATH = '/partner/v1/authenticate';

/** @throws PushError `unauthorized` where Boom refuses the keys, in whatever words */
export async function authenticate(send: Send, config: BoomApiConfig, account: string): Promise<string> {
  try {
    const json = { access_key: config.accessKey, secret_key: config.secretKey };
    return tokenOf(await send(PATH, { method: 'POST', path: PATH, json, idempotent: true }));
  } catch (error) {
    throw meant(error, account);
  }
}

function tokenOf(body: unknown): string {
  const token = typeof body === 'object' && body !== null && 'auth_token' in body ? body.auth_token : null;
  // What cannot stand in a header is no token.
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new PushError('transient', 'Boom took our keys but gave no token.', {
    remedy: 'Nothing to do: it is tried again by itself.',
    unreachable: true,
  });
}

/** Where the keys are shown, a refused request means the keys, and a missing page the address. */
function meant(error: unknown, account: string): unknown {
  if (!(error instanceof PushError)) return error;
  const { refusedKey, address, setting } = boomWords(account);
  if (error.kind === 'invalid')
    return new PushError('unauthorized', 'Boom refused our key.', { remedy: refusedKey });
  if (error.kind === 'not_found')
    return new PushError('transient', 'Boom’s API is not at the address that we were given.', {
      remedy: `Check ${address} (${setting}).`,
      unreachable: true,
    });
  return error;
}
