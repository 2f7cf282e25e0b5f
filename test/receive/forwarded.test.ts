import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readRange } from '../../src/config/address-range.ts';
import { createForwarded } from '../../src/receive/forwarded.ts';

type Headers = Record<string, string | string[]>;

/** `peer` connected and sent `headers`; `trusted` are our own proxies. */
function cameFrom(
  peer: string | undefined,
  headers: Headers,
  trusted: string[] = ['10.0.0.0/8', 'fd00::/8'],
) {
  const request = { socket: { remoteAddress: peer }, headers } as unknown as IncomingMessage;
  return createForwarded(trusted.flatMap((text) => readRange(text) ?? []))(request);
}
const addressOf = (peer: string | undefined, path: string, trusted?: string[]) =>
  cameFrom(peer, { 'x-forwarded-for': path }, trusted).address;

describe('the address that a request came from', () => {
  it('is whoever connected where that is no proxy of ours, whatever they write', () => {
    expect(addressOf('203.0.113.9', '198.51.100.7')).toBe('203.0.113.9');
    expect(addressOf('203.0.113.9', '10.0.0.1')).toBe('203.0.113.9');
    expect(addressOf('127.0.0.1', '198.51.100.7', [])).toBe('127.0.0.1');
  });

  it('is what our proxy wrote, and not what stood there before', () => {
    expect(addressOf('10.0.0.1', '198.51.100.7')).toBe('198.51.100.7');
    expect(addressOf('10.0.0.1', '192.0.2.1, 127.0.0.1, 198.51.100.7')).toBe('198.51.100.7');
    // Somebody writes an address of our proxies before their own, which the proxy then appends.
    expect(addressOf('10.0.0.1', '192.0.2.1, 10.0.0.2, 198.51.100.7')).toBe('198.51.100.7');
  });

  it('is found behind two proxies of ours, and behind no more than are ours', () => {
    expect(addressOf('10.0.0.1', '192.0.2.1, 198.51.100.7, 10.0.0.2')).toBe('198.51.100.7');
    expect(addressOf('10.0.0.1', '192.0.2.1, 198.51.100.7, 203.0.113.5')).toBe('203.0.113.5');
  });

  it('is one of ours where somebody within asks', () => {
    expect(addressOf('10.0.0.1', '10.0.0.44')).toBe('10.0.0.44');
    expect(addressOf('10.0.0.1', '10.0.0.44, 10.0.0.2')).toBe('10.0.0.44');
  });

  it('knows IPv4 within IPv6, with a port, in brackets and with an interface', () => {
    expect(addressOf('::ffff:10.0.0.1', '198.51.100.7')).toBe('198.51.100.7');
    expect(addressOf('10.0.0.1', '198.51.100.7, ::ffff:a00:2')).toBe('198.51.100.7');
    expect(addressOf('10.0.0.1', '198.51.100.7, 10.0.0.2', ['::ffff:10.0.0.0/104'])).toBe('198.51.100.7');
    expect(addressOf('fd00::1', '198.51.100.7:51820')).toBe('198.51.100.7');
    expect(addressOf('fd00::1', '[2001:db8::7]:51820')).toBe('2001:db8::7');
    expect(addressOf('fe80::1%eth0', '2001:db8::7', ['fe80::/64'])).toBe('2001:db8::7');
  });

  it.each([
    'unknown',
    '_hidden',
    '',
    ' ',
    '198.51.100',
    '198.51.100.7.example.com',
    '[198.51.100.7',
    '999.1.1.1',
    '1.1.1.1:x',
  ])('ends at %j, which nobody can read, and is the proxy that passed it on', (garbage) => {
    expect(addressOf('10.0.0.1', `192.0.2.1, ${garbage}`)).toBe('10.0.0.1');
    expect(addressOf('10.0.0.1', `192.0.2.1, ${garbage}, 10.0.0.2`)).toBe('10.0.0.2');
  });

  it('is the proxy where it says nothing, and empty where nobody can know', () => {
    expect(cameFrom('10.0.0.1', {}).address).toBe('10.0.0.1');
    expect(addressOf(undefined, '198.51.100.7')).toBe('');
  });

  it('joins a header that was sent twice', () => {
    const headers = { 'x-forwarded-for': ['192.0.2.1', '198.51.100.7'] };
    expect(cameFrom('10.0.0.1', headers).address).toBe('198.51.100.7');
  });
});

describe('https', () => {
  const https = (peer: string, scheme: string, path = '198.51.100.7') =>
    cameFrom(peer, { 'x-forwarded-for': path, 'x-forwarded-proto': scheme }).https;

  it('is believed of a proxy of ours alone', () => {
    expect(https('10.0.0.1', 'https')).toBe(true);
    expect(https('10.0.0.1', 'HTTPS')).toBe(true);
    expect(https('10.0.0.1', 'http')).toBe(false);
    expect(https('203.0.113.9', 'https')).toBe(false);
    expect(cameFrom('10.0.0.1', {}).https).toBe(false);
  });

  it('is what the outermost of ours wrote, and not what was sent to it', () => {
    expect(https('10.0.0.1', 'https, http')).toBe(false);
    expect(https('10.0.0.1', 'http, https, http', '198.51.100.7, 10.0.0.2')).toBe(true);
    // The inner one passed on what the outer one wrote.
    expect(https('10.0.0.1', 'https', '198.51.100.7, 10.0.0.2')).toBe(true);
  });
});
