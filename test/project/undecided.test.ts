import { describe, expect, it } from 'vitest';
import type { BoomEvent } from '../../src/boom/event.ts';
import { fold } from '../../src/project/fold.ts';
import { RETRY_WINDOW_MS } from '../../src/project/ordering.ts';
import { at } from './events.ts';
import { UNDECIDED } from './undecided.ts';

function ordersOf<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, index) =>
    ordersOf(list.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}

/** In this order, evenly spread over so many milliseconds. */
function tenantOf(arrived: readonly BoomEvent[], within: number) {
  const gap = within / Math.max(arrived.length - 1, 1);
  const events = arrived.map((item, index) => ({
    id: index + 1,
    arrival: new Date(Date.parse(at(2)) + index * gap).toISOString(),
    event: item,
    positions: [0],
  }));
  return fold({ id: 't1', account: 'main' }, events);
}

describe('what nothing can decide, within one retry window', () => {
  it.each(UNDECIDED)('$history: $rule', ({ events, found, expected }) => {
    for (const arrived of ordersOf(events)) {
      for (const within of [0, 1000, RETRY_WINDOW_MS]) {
        const wanted = typeof expected === 'function' ? expected(arrived) : expected;
        expect(found(tenantOf(arrived, within))).toEqual(wanted);
      }
    }
  });
});
