import { expect, it, vi } from 'vitest';

const loaded = vi.hoisted(() => new Set<string>());
vi.mock('libphonenumber-js/min', async (original) => {
  loaded.add('libphonenumber-js');
  return await original();
});
vi.mock('zod/mini', async (original) => {
  loaded.add('zod');
  return await original();
});

it('loads numbering plans and schemas with the first normaliser, not before', async () => {
  const { createNormaliser } = await import('../../src/boom/normalise.ts');
  await import('../../src/boom/denied.ts');
  await import('../../src/boom/samples.ts');
  expect([...loaded]).toEqual([]);
  const normalise = await createNormaliser();
  expect([...loaded].sort()).toEqual(['libphonenumber-js', 'zod']);
  const account = { bareRent: 'dollars', currency: 'USD', country: 'US' } as const;
  expect(normalise({ event: 'customer_registered', customer_id: 1 }, account).ok).toBe(true);
});
