import { describe, expect, it } from 'vitest';
import { optional, pathBack, several, ticked } from '../../src/dashboard/forms.ts';

describe('pathBack', () => {
  it.each([
    ['/needs-you?page=2#a', '/needs-you?page=2#a'],
    ['/tenants/t-1', '/tenants/t-1'],
  ])('goes back to %s', (given, path) => expect(pathBack(given)).toBe(path));

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    ['/a', '/b'],
    '/\t/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
  ])('never leaves this server: %s', (given) =>
    expect(new URL(pathBack(given), 'http://here').host).toBe('here'),
  );
});

it('reads what a form sends', () => {
  expect(ticked.parse(undefined)).toBe(false);
  expect(ticked.parse('on')).toBe(true);
  expect(several.parse('one')).toEqual(['one']);
  expect(several.parse(['one', 'two'])).toEqual(['one', 'two']);
  expect(optional.parse('  ')).toBeNull();
  expect(optional.parse(' a ')).toBe('a');
});
