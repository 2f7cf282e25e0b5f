import { expect, it } from 'vitest';
import { readRange } from '../../src/config/address-range.ts';

it.each([
  ['192.0.2.7', { address: '192.0.2.7', prefix: 32, family: 'ipv4' }],
  ['10.0.0.0/8', { address: '10.0.0.0', prefix: 8, family: 'ipv4' }],
  ['::1', { address: '::1', prefix: 128, family: 'ipv6' }],
  ['fd00::/8', { address: 'fd00::', prefix: 8, family: 'ipv6' }],
])('reads %s', (text, range) => expect(readRange(text)).toEqual(range));

it.each([
  '',
  'localhost',
  '10.0.0',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  '0.0.0.0/0',
  '::/0',
  'fd00::/129',
  'fe80::1%eth0',
  '[::1]',
  '10.0.0.0/-1',
])('takes %j for no range', (text) => expect(readRange(text)).toBeNull());
