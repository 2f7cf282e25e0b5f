/** Where keys and people's data may be sent: over TLS, but for this machine itself, and never to a cloud's own services. */
import { isIPv6 } from 'node:net';
import { isNeverAddress } from '../never-address.ts';

const NEVER_NAMED = new Set(['metadata.google.internal']);

/** What is wrong with an address, in words for a fault; null where nothing is. */
export interface AddressFault {
  message: string;
  suggestion: string;
}

export function addressFault(url: URL): AddressFault | null {
  if (!/^https?:$/.test(url.protocol))
    return {
      message: 'is no address that begins with https://',
      suggestion: 'Write an address that begins with https://',
    };
  if (url.protocol === 'http:' && !isThisMachine(url.hostname))
    return {
      message: 'would send keys and people’s data unencrypted',
      suggestion: 'Write https:// instead of http://',
    };
  return hostFault(url.hostname);
}

/** `host`: a name or an address; one of IPv6 with or without its brackets. */
export function hostFault(host: string): AddressFault | null {
  const name = plainHost(host);
  if (!NEVER_NAMED.has(name) && !isNeverAddress(name)) return null;
  return {
    message: 'leads to no server: link-local addresses are those of a computer or a cloud itself',
    suggestion: 'Write the name of the server, or its address in your network',
  };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** As a browser would understand it: `2852039166` and `0xa9.254.1` are addresses too. */
function plainHost(host: string): string {
  const bare = host.replace(/%.*$/, '');
  const address = `http://${isIPv6(bare) ? `[${bare}]` : bare}`;
  const name = URL.canParse(address) ? new URL(address).hostname : bare.toLowerCase();
  return name.replace(/^\[|\]$|\.$/g, '');
}
