import { describe, expect, test, vi } from 'vitest';
import { createNormaliser } from '../../src/boom/normalise.ts';
import { Projecting } from '../../src/operate/projecting.ts';
import type { Read } from '../../src/project/understand.ts';
import { openTestStore, type TestStore } from '../support/store.ts';

const ACCOUNT = { bareRent: 'dollars', currency: 'USD', country: 'US' } as const;

function setUp({ stores }: TestStore) {
  const read = vi.fn(async (): Promise<Read> => {
    const normalise = await createNormaliser();
    return (body, _, source) => normalise(body, ACCOUNT, source);
  });
  const projecting = new Projecting({
    store: stores.projection,
    read,
    now: () => new Date('2026-11-20T12:00:00.000Z'),
    onChanged: () => {},
    onFault: (error) => {
      throw error;
    },
  });
  return { projecting, read };
}

describe('projecting', () => {
  test('loads what reads an event with the first that waits, and not before', async () => {
    const store = await openTestStore();
    const { projecting, read } = setUp(store);
    await projecting.drain();
    await projecting.drain();
    expect(read).not.toHaveBeenCalled();

    await store.deliver({
      event: 'application_submitted',
      id: 'a1',
      first_name: 'Dana',
      last_name: 'Sample',
    });
    await projecting.drain();
    expect(read).toHaveBeenCalled();
    expect(await store.tenants()).toHaveLength(1);
  });

  test('takes up at its start what waited from before', async () => {
    const store = await openTestStore();
    await store.deliver({
      event: 'application_submitted',
      id: 'a1',
      first_name: 'Dana',
      last_name: 'Sample',
    });
    const { projecting } = setUp(store);
    await projecting.drain();
    expect(await store.tenants()).toHaveLength(1);
    expect(await store.stores.inbox.pending(1)).toEqual([]);
  });
});
