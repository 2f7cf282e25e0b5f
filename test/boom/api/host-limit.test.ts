import { expect, it } from 'vitest';
import { hostLimit } from '../../../src/boom/api/host-limit.ts';

it('is one for all accounts of a host, and another for another host', async () => {
  const production = await hostLimit('https://api.production.example.com');
  expect(await hostLimit('https://api.production.example.com/')).toBe(production);
  expect(await hostLimit('https://api.sandbox.example.com')).not.toBe(production);
});
