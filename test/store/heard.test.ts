import { expect, it } from 'vitest';
import { openTestStore } from '../support/store.ts';

const day = (date: string, time = '12:00:00') => new Date(`${date}T${time}.000Z`);

it('tells the last message of each day, newest first, and follows what comes', async () => {
  const { stores, deliver } = await openTestStore();
  const send = (n: number, arrival: Date) =>
    deliver({ event: 'customer_registered', customer_id: `c${n}` }, arrival);
  expect(await stores.heard.days()).toEqual([]);
  await send(1, day('2026-11-01', '08:00:00'));
  await send(2, day('2026-11-01', '23:59:59'));
  await send(3, day('2026-11-04'));
  const first = ['2026-11-04T12:00:00.000Z', '2026-11-01T23:59:59.000Z'];
  expect(await stores.heard.days()).toEqual(first);
  await send(4, day('2026-11-04', '18:00:00'));
  expect(await stores.heard.days()).toEqual(['2026-11-04T18:00:00.000Z', first[1]]);
  await send(5, day('2026-11-09'));
  expect(await stores.heard.days()).toEqual([
    '2026-11-09T12:00:00.000Z',
    '2026-11-04T18:00:00.000Z',
    first[1],
  ]);
});

it('looks at the last forty days with a message only', async () => {
  const { stores, deliver } = await openTestStore();
  for (let n = 0; n < 45; n += 1)
    await deliver({ event: 'customer_registered', customer_id: `c${n}` }, new Date(Date.UTC(2026, 0, n + 1)));
  const days = await stores.heard.days();
  expect(days).toHaveLength(40);
  expect(days[0]).toBe('2026-02-14T00:00:00.000Z');
});

it('leaves out what is not from Boom', async () => {
  const { stores } = await openTestStore();
  await stores.inbox.appendAll([
    {
      account: 'main',
      source: 'correction',
      requestId: 'r1',
      wireEvent: 'link',
      bodyHash: 'x',
      body: '{}',
      receivedAt: '2026-11-01T00:00:00.000Z',
    },
  ]);
  expect(await stores.heard.days()).toEqual([]);
});

it('finds the days however many messages each has', async () => {
  const { stores } = await openTestStore();
  const many = [1, 2, 3, 8, 40, 1, 33].flatMap((count, index) =>
    Array.from({ length: count }, (_, n) => ({
      account: 'main',
      source: n % 3 === 1 ? ('correction' as const) : ('webhook' as const),
      requestId: `r${index}-${n}`,
      wireEvent: 'customer_registered',
      bodyHash: 'x',
      body: '{}',
      receivedAt: day(`2026-11-0${index + 1}`, `12:00:${String(n).padStart(2, '0')}`).toISOString(),
    })),
  );
  for (let start = 0; start < many.length; start += 5)
    await stores.inbox.appendAll(many.slice(start, start + 5));
  const expected = new Map<string, string>();
  for (const { source, receivedAt } of many)
    if (source === 'webhook') expected.set(receivedAt.slice(0, 10), receivedAt);
  expect(await stores.heard.days()).toEqual([...expected.values()].reverse());
});
