import { describe, expect, it } from 'vitest';
import { recordKey } from '../../src/reconcile/record-key.ts';
import { openTestStore } from '../support/store.ts';

describe('the key of a record', () => {
  it('is the same for ever, and no other record, tenant or installation has it', () => {
    const key = recordKey('i1', 't1', 'p1');
    expect(recordKey('i1', 't1', 'p1')).toBe(key);
    const others = [recordKey('i2', 't1', 'p1'), recordKey('i1', 't2', 'p1'), recordKey('i1', 't1', 'p2')];
    expect(new Set([key, ...others]).size).toBe(4);
    expect(key).toMatch(/^bs-[0-9a-f]{16}$/);
  });

  it('rests on what each database was given when it was made', async () => {
    const [one, other] = [await openTestStore(), await openTestStore()];
    const ids = [await one.stores.installation(), await other.stores.installation()];
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[0]).not.toBe(ids[1]);
    expect(await one.stores.installation()).toBe(ids[0]);
  });
});
