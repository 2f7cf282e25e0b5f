/**
 * Where a request came from that a proxy passed on. Anybody can write these headers, so only what the landlord's own
 * proxies wrote is believed: from the right, which was written last, to the first address that is none of theirs.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { AddressRange } from '../config/address-range.ts';

export interface CameFrom {
  /** Of who asked; of the proxy where it does not say for whom, or not in a way that can be read. Empty: unknown. */
  address: string;
  /** A proxy of ours said that it was asked over https. */
  https: boolean;
}

/** `proxies`: whose headers are believed. Without any, the address is that of whoever connected. */
export function createForwarded(
  proxies: readonly AddressRange[],
): (request: Pick<IncomingMessage, 'socket' | 'headers'>) => CameFrom {
  const ours = new BlockList();
  for (const { address, prefix, family } of proxies) ours.addSubnet(address, prefix, family);
  // Finds IPv4 within IPv6 as well, in either of its spellings.
  const isOurs = (address: string) =>
    isIP(address) !== 0 && ours.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

  return ({ socket, headers }) => {
    let address = withoutZone(socket.remoteAddress ?? '');
    const path = entriesOf(headers['x-forwarded-for']);
    let passed = 0;
    while (isOurs(address)) {
      passed += 1;
      const before = addressIn(path.at(-passed) ?? '');
      if (before === null) break;
      address = before;
    }
    return { address, https: passed > 0 && schemeAt(passed, headers['x-forwarded-proto']) === 'https' };
  };
}

/** Of what the outermost of our proxies wrote; one that another has passed on unchanged is the only one there is. */
function schemeAt(passed: number, header: string | string[] | undefined): string {
  const schemes = entriesOf(header);
  return schemes.at(-Math.min(passed, schemes.length))?.toLowerCase() ?? '';
}

function entriesOf(header: string | string[] | undefined): string[] {
  return [header ?? []].flat().flatMap((line) => line.split(',').map((entry) => entry.trim()));
}

/** Some proxies add the port, and write IPv6 in brackets then. Null: no address, as `unknown`. */
function addressIn(entry: string): string | null {
  const [, bracketed, dotted] = /^(?:\[([^\]]*)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/.exec(entry) ?? [];
  const address = withoutZone(bracketed ?? dotted ?? entry);
  return isIP(address) === 0 ? null : address;
}

/** The interface of this computer that a link-local address belongs to. */
const withoutZone = (address: string) => address.replace(/%.*$/, '');
