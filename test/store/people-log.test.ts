import { expect, it } from 'vitest';
import { openTestStore } from '../support/store.ts';

it('keeps who looked at what, newest first, a page at a time and by tenant', async () => {
  const { peopleLog } = (await openTestStore()).stores;
  const look = (tenantId: string | null, eventId: number | null) => ({
    at: '2026-11-20T12:00:00.000Z',
    who: 'Ana',
    what: 'revealed_body',
    tenantId,
    eventId,
    detail: null,
  });
  for (const [tenant, event] of [
    ['t1', 1],
    ['t2', 2],
    ['t1', 3],
    [null, 4],
  ] as const)
    await peopleLog.write(look(tenant, event));
  const all = await peopleLog.list({ limit: 3 });
  expect(all.map(({ eventId }) => eventId)).toEqual([4, 3, 2]);
  expect(await peopleLog.list({ limit: 3, before: all.at(-1)?.id ?? 0 })).toMatchObject([look('t1', 1)]);
  expect((await peopleLog.list({ limit: 9, tenantId: 't1' })).map(({ eventId }) => eventId)).toEqual([3, 1]);
});
