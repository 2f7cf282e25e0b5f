/**
 * What answers there is no server of anybody's but the cloud that this machine runs in, and hands out its keys:
 * RFC 3927, RFC 4291 (2.5.6), and the addresses that AWS and Google document. IPv4 in IPv6 is found as well.
 */
import { BlockList, isIPv6 } from 'node:net';

const NEVER = new BlockList();
NEVER.addSubnet('169.254.0.0', 16, 'ipv4');
NEVER.addSubnet('fe80::', 10, 'ipv6');
NEVER.addAddress('fd00:ec2::254', 'ipv6');
/** As NAT64 spells the first of them (RFC 6052). */
NEVER.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');

/** `address`: of IPv4 or IPv6, without brackets; a name is none of them. */
export function isNeverAddress(address: string): boolean {
  return NEVER.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
