import { expect, it } from 'vitest';
import { addressFault, hostFault } from '../../src/config/safe-address.ts';

it.each([
  'https://pms.example.com',
  'https://169.255.0.1',
  'https://metadata.example.com',
  // A PMS in a network of one's own.
  'https://10.0.0.5',
  'https://192.168.1.20:8443',
  'https://[fd12::1]',
  'http://localhost:80',
  'http://127.0.0.1:9',
  'http://[::1]:9',
])('%s is right', (address) => {
  expect(addressFault(new URL(address))).toBeNull();
});

it.each([
  'http://pms.example.com',
  'http://10.0.0.5',
  'http://127.0.0.1.example.com',
  'http://localhost.example',
])('%s is refused: anybody on the way could read it', (address) => {
  expect(addressFault(new URL(address))?.message).toContain('unencrypted');
});

it.each([
  'https://169.254.169.254/latest/meta-data',
  'https://169.254.0.1',
  'https://2852039166',
  'https://0xa9.0xfe.1',
  'https://[fe80::1]',
  'https://[febf::1]',
  'https://[::ffff:169.254.169.254]',
  'https://[64:ff9b::169.254.169.254]',
  'https://[fd00:ec2::254]',
  'https://metadata.google.internal',
  'https://METADATA.google.internal.',
])('%s is refused: no server of anybody’s answers there', (address) => {
  expect(addressFault(new URL(address))?.message).toContain('link-local');
});

it.each(['169.254.169.254', '2852039166', 'fe80::1', 'fe80::1%eth0', '[fe80::1]', '::ffff:169.254.1.1'])(
  'neither is the host %s a server',
  (host) => {
    expect(hostFault(host)).not.toBeNull();
  },
);

it.each(['smtp.example.com', 'mail', '10.0.0.5', '::1', 'fd12::1'])('the host %s is right', (host) => {
  expect(hostFault(host)).toBeNull();
});

it('is refused whatever it begins with', () => {
  expect(addressFault(new URL('ftp://pms.example.com'))?.suggestion).toContain('https://');
});
