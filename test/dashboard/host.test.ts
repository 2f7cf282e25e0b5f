import { describe, expect, it } from 'vitest';
import { createHostCheck } from '../../src/dashboard/host.ts';

describe('createHostCheck', () => {
  const local = createHostCheck({ host: '127.0.0.1', publicUrl: 'https://sync.example.com/boom' });

  it.each([
    'localhost',
    'localhost:8787',
    '127.0.0.1:8787',
    '[::1]:8787',
    'sync.example.com',
    'SYNC.example.com:443',
  ])('answers under %s', (host) => expect(local(host)).toBe(true));

  it.each([
    undefined,
    '',
    'evil.example',
    'sync.example.com.evil.example',
    'localhost@evil.example',
    '10.0.0.7',
    'a b',
  ])('does not answer under %s', (host) => expect(local(host)).toBe(false));

  it('answers under any address where it listens on all of them, and under no other name', () => {
    const everywhere = createHostCheck({ host: '0.0.0.0', publicUrl: null });
    expect(everywhere('192.168.1.20:8787')).toBe(true);
    expect(everywhere('[fe80::1]:8787')).toBe(true);
    expect(everywhere('evil.example')).toBe(false);
  });
});
