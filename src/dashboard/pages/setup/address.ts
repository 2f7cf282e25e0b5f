/** Where Boom is to send, and whether it can. Pure. */
import type { Config } from '../../../config/config.ts';

export interface BoomAddress {
  account: string;
  address: string;
}

/** One for each account; the only account needs no name in it. */
export function addressesOf({
  publicUrl,
  host,
  port,
  accounts,
}: Pick<Config, 'publicUrl' | 'host' | 'port' | 'accounts'>): BoomAddress[] {
  const base = publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return accounts.map(({ name }) => ({
    account: name,
    address: accounts.length === 1 ? `${base}/webhooks/boom` : `${base}/webhooks/boom/${name}`,
  }));
}

/** `private`: nobody outside of this network can reach it · `plain`: Boom sends to https alone. */
export function faultOf(address: string): 'private' | 'plain' | null {
  const { hostname, protocol } = new URL(address);
  if (isPrivate(hostname)) return 'private';
  return protocol === 'https:' ? null : 'plain';
}

const PRIVATE_V4 = [
  /^0\./,
  /^10\./,
  /^127\./,
  /^169\.254\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  // Shared by the customers of a provider.
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
];

function isPrivate(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name.startsWith('[')) return /^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/.test(name);
  if (/^\d+(\.\d+){3}$/.test(name)) return PRIVATE_V4.some((range) => range.test(name));
  return !name.includes('.') || /\.(local|lan|home|internal|localhost|home\.arpa)$/.test(name);
}
