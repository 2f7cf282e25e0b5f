/** The secret that Boom sends in `X-API-Key`. */
import { hash, timingSafeEqual } from 'node:crypto';

/**
 * A check against every live key of an account. Digests are compared, all of them, every time: how long it
 * takes tells neither which key came close nor how long a key is.
 */
export function createKeyCheck(keys: readonly string[]): (given: string | undefined) => boolean {
  if (keys.includes('')) throw new Error('An empty webhook key would let everybody in');
  const live = keys.map(digest);
  return (given) => {
    const candidate = digest(given ?? '');
    let matches = 0;
    for (const key of live) matches |= Number(timingSafeEqual(candidate, key));
    return matches === 1;
  };
}

function digest(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
