/** An IP address, or a range of them as RFC 4632 and RFC 4291 write it: `192.0.2.7`, `10.0.0.0/8`, `fd00::/8`. */
import { isIP } from 'node:net';

export interface AddressRange {
  address: string;
  /** How many of its first bits count: all of them for one address. */
  prefix: number;
  family: 'ipv4' | 'ipv6';
}

/** Null for anything else, and for `/0`: that is everybody. */
export function readRange(text: string): AddressRange | null {
  const [, address = '', length] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return null;
  const bits = version === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix < 1 || prefix > bits) return null;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}
