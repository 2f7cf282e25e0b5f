import { afterEach, expect, it, vi } from 'vitest';
import { closeServers } from '../../http/http-servers.ts';
import { clientOf, startBoom } from './server.ts';

const loaded = vi.hoisted(() => new Set<string>());
vi.mock('got', async (original) => {
  loaded.add('got');
  return await original();
});
vi.mock('p-queue', async (original) => {
  loaded.add('p-queue');
  return await original();
});

afterEach(closeServers);

it('loads what makes requests with the first one, not before', async () => {
  const boom = await startBoom(() => ({ body: { id: 'c1' } }));
  const { api } = clientOf(boom.url);
  expect([...loaded]).toEqual([]);
  await api.customer('c1');
  expect([...loaded].sort()).toEqual(['got', 'p-queue']);
});
