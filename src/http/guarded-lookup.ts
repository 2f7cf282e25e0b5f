/**
 * Names to addresses, for a connection that is about to be made. A name may lead elsewhere than when it was written into
 * the configuration: to this computer's own network, or where a cloud hands out its keys. That is never connected to.
 */
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isNeverAddress } from '../never-address.ts';

type Done = (error: NodeJS.ErrnoException | null, address?: unknown, family?: number) => void;
/** As `dns.lookup`. */
export type Lookup = (name: string, options: LookupOptions, done: Done) => void;

/** A lookup that finds nothing where any of the addresses is one that nobody may be sent to. */
export function guardedLookup(by: Lookup = lookup as unknown as Lookup): Lookup {
  return (name, options, done) =>
    by(name, options, (error, found, family) => {
      if (error !== null) return done(error);
      const all = Array.isArray(found)
        ? (found as LookupAddress[]).map((one) => one.address)
        : [String(found)];
      if (all.some(isNeverAddress)) return done(notFound());
      done(null, found, family);
    });
}

/** Without the name: a connection's address may tell whose it is. */
function notFound(): NodeJS.ErrnoException {
  return Object.assign(new Error('A name leads to an address that is never connected to'), {
    code: 'ENOTFOUND',
  });
}
