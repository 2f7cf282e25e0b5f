/** What lets somebody in and is shown once: 32 random bytes, of which only the hash is kept. */
import { hash, randomBytes } from 'node:crypto';

export interface Secret {
  secret: string;
  hash: string;
}

/** For a cookie or a link. */
export function makeSecret(prefix = ''): Secret {
  const secret = prefix + randomBytes(32).toString('base64url');
  return { secret, hash: hashOf(secret) };
}

/** Begins with `bs_`, so that whoever finds one knows what it is. */
export const makeKey = (): Secret => makeSecret('bs_');

/** Guessing 32 random bytes takes for ever: a fast hash will do. */
export const hashOf = (secret: string): string => hash('sha256', secret, 'hex');
